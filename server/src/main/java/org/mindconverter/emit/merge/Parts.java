// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The parts of expressions, those of this package's own ones included. */
final class Parts {
  private Parts() {}

  /** The same expression around changed parts. */
  static PyExpr changed(PyExpr e, UnaryOperator<PyExpr> change) {
    if (e instanceof Sometimes s) {
      return new Sometimes(change.apply(s.inner()), s.absentIn());
    }
    if (e instanceof Loop l) {
      return new Loop(
          change.apply(l.list()),
          change.apply(l.first()),
          l.others().stream().map(change).toList());
    }
    if (e instanceof Growth g) {
      return new Growth(change.apply(g.list()), g.first().stream().map(change).toList());
    }
    return e.withParts(change);
  }

  /** Hands over every direct part. */
  static void forEach(PyExpr e, Consumer<PyExpr> consumer) {
    changed(
        e,
        part -> {
          consumer.accept(part);
          return part;
        });
  }

  /** Hands over the expression and all that it consists of, from the outside in. */
  static void walk(PyExpr e, Consumer<PyExpr> consumer) {
    consumer.accept(e);
    forEach(e, part -> walk(part, consumer));
  }

  /** The values that the expression reads, in order, each as often as it does. */
  static List<Integer> variables(PyExpr e) {
    List<Integer> found = new ArrayList<>();
    walk(
        e,
        part -> {
          if (part instanceof Variable v) {
            found.add(v.id());
          }
        });
    return found;
  }

  /** The attribute that {@code self.attribute} reads. */
  static Optional<String> ownAttribute(PyExpr e) {
    return e instanceof PyExpr.Member m && m.target().equals(Py.name("self"))
        ? Optional.of(m.name())
        : Optional.empty();
  }

  /** The attribute whose cell {@code self.attribute(…)} calls. */
  static Optional<String> calledAttribute(PyExpr e) {
    return unmarked(e) instanceof PyExpr.Call call ? ownAttribute(call.callee()) : Optional.empty();
  }

  /** The expression without the marks around it. */
  static PyExpr unmarked(PyExpr e) {
    return e instanceof PyExpr.Marked m ? unmarked(m.inner()) : e;
  }

  /** The expression without any marks in it. */
  static PyExpr plain(PyExpr e) {
    return e instanceof PyExpr.Marked m ? plain(m.inner()) : changed(e, Parts::plain);
  }
}
