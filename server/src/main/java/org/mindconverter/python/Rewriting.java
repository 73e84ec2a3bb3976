// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.List;
import java.util.function.Function;

/** Rebuilds a tree with its references replaced. */
final class Rewriting {
  private final Function<PyExpr.Reference, PyExpr> replacement;

  Rewriting(Function<PyExpr.Reference, PyExpr> replacement) {
    this.replacement = replacement;
  }

  PyExpr apply(PyExpr e) {
    if (e instanceof PyExpr.Reference r) {
      return replacement.apply(r);
    }
    if (e instanceof PyExpr.Call c) {
      return new PyExpr.Call(
          apply(c.callee()),
          c.arguments().stream()
              .map(a -> new PyExpr.Argument(a.name(), apply(a.value())))
              .toList());
    }
    if (e instanceof PyExpr.Member m) {
      return new PyExpr.Member(apply(m.target()), m.name());
    }
    if (e instanceof PyExpr.Binary b) {
      return new PyExpr.Binary(b.operator(), apply(b.left()), apply(b.right()));
    }
    if (e instanceof PyExpr.Unary u) {
      return new PyExpr.Unary(u.prefix(), apply(u.operand()));
    }
    if (e instanceof PyExpr.Index i) {
      return new PyExpr.Index(apply(i.target()), all(i.subscripts()));
    }
    if (e instanceof PyExpr.Range r) {
      return new PyExpr.Range(
          r.start().map(this::apply), r.stop().map(this::apply), r.step().map(this::apply));
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
              .map(x -> new PyExpr.Dict.Entry(apply(x.key()), apply(x.value())))
              .toList());
    }
    if (e instanceof PyExpr.Conditional c) {
      return new PyExpr.Conditional(apply(c.value()), apply(c.condition()), apply(c.otherwise()));
    }
    if (e instanceof PyExpr.Marked m) {
      return new PyExpr.Marked(m.mark(), apply(m.inner()));
    }
    return e; // a leaf
  }

  private List<PyExpr> all(List<PyExpr> list) {
    return list.stream().map(this::apply).toList();
  }
}
