// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Equal members in a row: {@code *[member for _ in range(count)]}.
 *
 * @param count a whole number, or what will be one
 */
record Run(PyExpr member, PyExpr count) {
  private static final String VARIABLE = "_";
  private static final PyExpr RANGE = Py.name("range");
  // Two members are read faster than a comprehension.
  private static final int SHORTEST_WRITTEN = 3;

  /** The run that an expression is. */
  static Optional<Run> of(PyExpr e) {
    return e instanceof PyExpr.Unary u
            && u.prefix() == PyExpr.Prefix.UNPACK
            && u.operand() instanceof PyExpr.Sequence s
            && s.elements().size() == 1
            && s.elements().get(0) instanceof PyExpr.Comprehension c
            && c.iterable() instanceof PyExpr.Call range
            && range.callee().equals(RANGE)
        ? Optional.of(new Run(c.element(), range.arguments().get(0).value()))
        : Optional.empty();
  }

  PyExpr.Comprehension comprehension() {
    return new PyExpr.Comprehension(member, VARIABLE, Py.call(RANGE, count));
  }

  /** As some of the members of a chain or list. */
  PyExpr unpacked() {
    return new PyExpr.Unary(PyExpr.Prefix.UNPACK, Py.list(List.of(comprehension())));
  }

  /**
   * The same expression with all equal members in a row as runs.
   *
   * @param marks told of each mark that falls away, with the one that stands for it
   */
  static PyExpr found(PyExpr e, BiConsumer<Integer, Integer> marks) {
    Optional<List<PyExpr>> chain = Containers.chainMembers(e);
    if (chain.isPresent()) {
      return Containers.chain(inRuns(chain.get(), marks));
    }
    Optional<List<PyExpr>> list = Containers.listMembers(e);
    if (list.isPresent()) {
      return Containers.list(inRuns(list.get(), marks));
    }
    return Parts.changed(e, part -> found(part, marks));
  }

  private static List<PyExpr> inRuns(List<PyExpr> members, BiConsumer<Integer, Integer> marks) {
    List<PyExpr> runs = new ArrayList<>();
    int start = 0;
    for (int end = 1; end <= members.size(); end++) {
      PyExpr first = members.get(start);
      if (end < members.size() && Parts.plain(members.get(end)).equals(Parts.plain(first))) {
        sameMarks(members.get(end), first, marks);
        continue;
      }
      PyExpr member = found(first, marks);
      runs.add(end - start == 1 ? member : new Run(member, Py.num(end - start)).unpacked());
      start = end;
    }
    return runs;
  }

  private static void sameMarks(PyExpr e, PyExpr first, BiConsumer<Integer, Integer> marks) {
    List<Integer> own = marks(e);
    List<Integer> others = marks(first);
    for (int i = 0; i < own.size(); i++) {
      marks.accept(own.get(i), others.get(i));
    }
  }

  private static List<Integer> marks(PyExpr e) {
    List<Integer> marks = new ArrayList<>();
    Parts.walk(
        e,
        part -> {
          if (part instanceof PyExpr.Marked m) {
            marks.add(m.mark());
          }
        });
    return marks;
  }

  /** The same expression as it is read best: short runs member by member. */
  static PyExpr written(PyExpr e) {
    PyExpr inner = Parts.changed(e, Run::written);
    if (inner instanceof PyExpr.Call c) {
      List<PyExpr.Argument> arguments = new ArrayList<>();
      for (PyExpr.Argument a : c.arguments()) {
        unrolled(a.value()).forEach(v -> arguments.add(new PyExpr.Argument(a.name(), v)));
      }
      return new PyExpr.Call(c.callee(), arguments);
    }
    if (inner instanceof PyExpr.Sequence s) {
      List<PyExpr> members = s.elements().stream().flatMap(m -> unrolled(m).stream()).toList();
      Optional<Run> whole = members.size() == 1 ? of(members.get(0)) : Optional.empty();
      return Py.list(whole.map(r -> List.<PyExpr>of(r.comprehension())).orElse(members));
    }
    return inner;
  }

  private static List<PyExpr> unrolled(PyExpr e) {
    return of(e)
        .filter(r -> r.count() instanceof PyExpr.Int n && n.value() < SHORTEST_WRITTEN)
        .map(r -> Collections.nCopies((int) ((PyExpr.Int) r.count()).value(), r.member()))
        .orElse(List.of(e));
  }
}
