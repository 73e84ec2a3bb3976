// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Lays the members of a chain over a template's, of which either may lack some: of all ways the one
 * with the fewest differences.
 */
final class ChainOverlay {
  private static final int MOST_ATTEMPTS = 400;
  private static final int PRICE_OF_ABSENCE = 3;

  private final ExpressionOverlay expressions;
  private final Set<Integer> absent;
  private int attempts;
  private int lowest = Integer.MAX_VALUE;
  private Optional<Found> best = Optional.empty();

  /**
   * Over chains that themselves are absent in some instances.
   *
   * @param absent those instances
   */
  ChainOverlay(ExpressionOverlay expressions, Set<Integer> absent) {
    this.expressions = expressions;
    this.absent = absent;
  }

  /** The members that are right for both. */
  List<PyExpr> over(List<PyExpr> template, List<PyExpr> here) {
    ExpressionOverlay.State start = expressions.state().copy();
    search(template, here, List.of(), 0);
    expressions.restore(start);
    Found found = best.orElseThrow(MismatchException::new);
    expressions.restore(found.state);
    return found.members;
  }

  private void search(List<PyExpr> template, List<PyExpr> here, List<PyExpr> done, int absences) {
    int price = expressions.state().columns().count() + PRICE_OF_ABSENCE * absences;
    if (price >= lowest || attempts++ > MOST_ATTEMPTS) {
      return;
    }
    if (template.isEmpty() && here.isEmpty()) {
      lowest = price;
      best = Optional.of(new Found(done, expressions.state().copy()));
      return;
    }
    if (!template.isEmpty() && !here.isEmpty()) {
      attempt(() -> match(template, here, done, absences));
    }
    if (!template.isEmpty()) {
      PyExpr missing = absentHere(template.get(0));
      attempt(() -> search(rest(template), here, with(done, missing), absences + 1));
    }
    if (!here.isEmpty()) {
      attempt(() -> search(template, rest(here), with(done, added(here.get(0))), absences + 1));
    }
  }

  private void attempt(Runnable way) {
    ExpressionOverlay.State before = expressions.state().copy();
    try {
      way.run();
    } catch (MismatchException e) {
      // This way leads nowhere; the others remain.
    }
    expressions.restore(before);
  }

  private void match(List<PyExpr> template, List<PyExpr> here, List<PyExpr> done, int absences) {
    PyExpr first = template.get(0);
    PyExpr both;
    if (first instanceof Sometimes s) {
      Set<Integer> without = union(absent, s.absentIn());
      both = new Sometimes(overMember(s.inner(), here.get(0), without), s.absentIn());
    } else {
      both = overMember(first, here.get(0), absent);
    }
    search(rest(template), rest(here), with(done, both), absences);
  }

  // One member is a run of one.
  private PyExpr overMember(PyExpr template, PyExpr here, Set<Integer> without) {
    if (Run.of(template).isPresent() && Run.of(here).isEmpty()) {
      return expressions.over(template, new Run(here, Py.num(1)).unpacked(), without);
    }
    if (Run.of(template).isEmpty() && Run.of(here).isPresent()) {
      return expressions.over(new Run(template, Py.num(1)).unpacked(), here, without);
    }
    return expressions.over(template, here, without);
  }

  private PyExpr absentHere(PyExpr member) {
    return member instanceof Sometimes s
        ? new Sometimes(s.inner(), expressions.andThis(s.absentIn()))
        : new Sometimes(member, expressions.andThis(Set.of()));
  }

  private PyExpr added(PyExpr member) {
    return new Sometimes(expressions.translated(member), expressions.earlier());
  }

  private static Set<Integer> union(Set<Integer> a, Set<Integer> b) {
    Set<Integer> both = new HashSet<>(a);
    both.addAll(b);
    return both;
  }

  private static List<PyExpr> rest(List<PyExpr> list) {
    return list.subList(1, list.size());
  }

  private static List<PyExpr> with(List<PyExpr> list, PyExpr last) {
    List<PyExpr> more = new ArrayList<>(list);
    more.add(last);
    return more;
  }

  private record Found(List<PyExpr> members, ExpressionOverlay.State state) {}
}
