// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Collects the plain names that statements read, and what they read of modules. */
public final class UsedNames {
  private final Set<String> names = new TreeSet<>();

  private UsedNames() {}

  /** The names that stand in the statements, definitions included. */
  public static Set<String> in(List<PyStmt> statements) {
    UsedNames used = new UsedNames();
    statements.forEach(used::visit);
    return used.names;
  }

  private void visit(PyStmt s) {
    if (s instanceof PyStmt.Assign a) {
      a.targets().forEach(this::visit);
      visit(a.value());
    } else if (s instanceof PyStmt.Return r) {
      visit(r.value());
    } else if (s instanceof PyStmt.Raise r) {
      visit(r.value());
    } else if (s instanceof PyStmt.Do d) {
      visit(d.value());
    } else if (s instanceof PyStmt.If i) {
      visit(i.condition());
      i.body().forEach(this::visit);
      i.otherwise().forEach(this::visit);
    } else if (s instanceof PyStmt.For f) {
      visit(f.iterable());
      f.body().forEach(this::visit);
    } else if (s instanceof PyStmt.While w) {
      visit(w.condition());
      w.body().forEach(this::visit);
    } else if (s instanceof PyStmt.Function f) {
      f.parameters().forEach(p -> p.defaultValue().ifPresent(this::visit));
      f.body().forEach(this::visit);
    } else if (s instanceof PyStmt.ClassDef c) {
      c.bases().forEach(this::visit);
      c.body().forEach(this::visit);
    }
  }

  private void visit(PyExpr e) {
    if (e instanceof PyExpr.Name n) {
      names.add(n.id());
    } else if (e instanceof PyExpr.Member m) {
      visit(m.target());
    } else if (e instanceof PyExpr.Call c) {
      visit(c.callee());
      c.arguments().forEach(a -> visit(a.value()));
    } else if (e instanceof PyExpr.Binary b) {
      visit(b.left());
      visit(b.right());
    } else if (e instanceof PyExpr.Unary u) {
      visit(u.operand());
    } else if (e instanceof PyExpr.Index i) {
      visit(i.target());
      i.subscripts().forEach(this::visit);
    } else if (e instanceof PyExpr.Marked m) {
      visit(m.inner());
    } else {
      visitGroup(e);
    }
  }

  private void visitGroup(PyExpr e) {
    if (e instanceof PyExpr.Range r) {
      r.start().ifPresent(this::visit);
      r.stop().ifPresent(this::visit);
      r.step().ifPresent(this::visit);
    } else if (e instanceof PyExpr.Tuple t) {
      t.elements().forEach(this::visit);
    } else if (e instanceof PyExpr.Sequence s) {
      s.elements().forEach(this::visit);
    } else if (e instanceof PyExpr.Dict d) {
      d.entries().forEach(x -> visit(x.key()));
      d.entries().forEach(x -> visit(x.value()));
    } else if (e instanceof PyExpr.Conditional c) {
      visit(c.value());
      visit(c.condition());
      visit(c.otherwise());
    } else if (e instanceof PyExpr.Comprehension c) {
      visit(c.element());
      visit(c.iterable());
    } else if (e instanceof PyExpr.Formatted f) {
      visit(f.value());
    }
  }
}
