// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.List;
import java.util.function.UnaryOperator;

/** Rebuilds an expression from changed parts. */
final class Rewriting {
  private final UnaryOperator<PyExpr> change;

  private Rewriting(UnaryOperator<PyExpr> change) {
    this.change = change;
  }

  /** The same expression around changed parts; one without parts is returned as it is. */
  static PyExpr ofParts(PyExpr e, UnaryOperator<PyExpr> change) {
    return new Rewriting(change).apply(e);
  }

  private PyExpr apply(PyExpr e) {
    if (e instanceof PyExpr.Call c) {
      return new PyExpr.Call(
          change.apply(c.callee()),
          c.arguments().stream()
              .map(a -> new PyExpr.Argument(a.name(), change.apply(a.value())))
              .toList());
    }
    if (e instanceof PyExpr.Member m) {
      return new PyExpr.Member(change.apply(m.target()), m.name());
    }
    if (e instanceof PyExpr.Binary b) {
      return new PyExpr.Binary(b.operator(), change.apply(b.left()), change.apply(b.right()));
    }
    if (e instanceof PyExpr.Unary u) {
      return new PyExpr.Unary(u.prefix(), change.apply(u.operand()));
    }
    if (e instanceof PyExpr.Index i) {
      return new PyExpr.Index(change.apply(i.target()), all(i.subscripts()));
    }
    if (e instanceof PyExpr.Range r) {
      return new PyExpr.Range(r.start().map(change), r.stop().map(change), r.step().map(change));
    }
    return applyGrouping(e);
  }

  private PyExpr applyGrouping(PyExpr e) {
    if (e instanceof PyExpr.Tuple t) {
      return new PyExpr.Tuple(all(t.elements()));
    }
    if (e instanceof PyExpr.Sequence s) {
      return new PyExpr.Sequence(all(s.elements()));
    }
    if (e instanceof PyExpr.Dict d) {
      return new PyExpr.Dict(
          d.entries().stream()
              .map(x -> new PyExpr.Dict.Entry(change.apply(x.key()), change.apply(x.value())))
              .toList());
    }
    if (e instanceof PyExpr.Conditional c) {
      return new PyExpr.Conditional(
          change.apply(c.value()), change.apply(c.condition()), change.apply(c.otherwise()));
    }
    if (e instanceof PyExpr.Comprehension c) {
      return new PyExpr.Comprehension(
          change.apply(c.element()), c.variable(), change.apply(c.iterable()));
    }
    if (e instanceof PyExpr.Marked m) {
      return new PyExpr.Marked(m.mark(), change.apply(m.inner()));
    }
    if (e instanceof PyExpr.Formatted f) {
      return new PyExpr.Formatted(f.prefix(), change.apply(f.value()));
    }
    return e; // a leaf
  }

  private List<PyExpr> all(List<PyExpr> list) {
    return list.stream().map(change).toList();
  }
}
