// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * Classes that are a cell of MindSpore's and do something besides, as a batch normalisation with an
 * activation: derived from that cell, they keep its parameters where the source has them. Until all
 * classes are merged, such a class holds the cell in an attribute.
 */
final class Inheritance {
  private static final PyExpr PLAIN = Py.name("nn.Cell");
  private static final String SUFFIX = "_base";

  private Inheritance() {}

  /** The attribute that holds the cell meanwhile. */
  static String attribute(String hint) {
    return hint + SUFFIX;
  }

  /** What a class is derived from. */
  static PyExpr base(Optional<String> type) {
    return type.<PyExpr>map(Py::name).orElse(PLAIN);
  }

  /** The statements with every such class derived. */
  static List<PyStmt> written(List<PyStmt> statements) {
    return statements.stream()
        .map(s -> s instanceof PyStmt.ClassDef c && !c.bases().equals(List.of(PLAIN)) ? of(c) : s)
        .toList();
  }

  private static PyStmt of(PyStmt.ClassDef definition) {
    return new PyStmt.ClassDef(
        definition.name(),
        definition.bases(),
        definition.body().stream()
            .map(part -> part instanceof PyStmt.Function f ? of(f, definition.bases()) : part)
            .toList());
  }

  private static PyStmt of(PyStmt.Function function, List<PyExpr> bases) {
    List<PyStmt> body = new ArrayList<>(function.body());
    if (!function.name().equals("__init__")) {
      return new PyStmt.Function(
          function.name(),
          function.parameters(),
          body.stream().map(s -> s.withExpressions(Inheritance::called)).toList());
    }
    Predicate<PyStmt> holds =
        s ->
            s instanceof PyStmt.Assign a
                && isHeld(a.targets().get(0))
                && bases.contains(construction(a.value()).callee());
    PyStmt.Assign held =
        (PyStmt.Assign) body.stream().filter(holds).findFirst().orElseThrow(AssertionError::new);
    body.remove(held);
    PyExpr.Call made = construction(held.value());
    PyExpr init =
        new PyExpr.Call(new PyExpr.Member(Py.call("super"), "__init__"), made.arguments());
    body.set(
        0,
        new PyStmt.Do(
            held.value() instanceof PyExpr.Marked m ? new PyExpr.Marked(m.mark(), init) : init));
    return new PyStmt.Function(function.name(), function.parameters(), body);
  }

  private static PyExpr.Call construction(PyExpr value) {
    PyExpr inner = value instanceof PyExpr.Marked m ? m.inner() : value;
    return inner instanceof PyExpr.Call c ? c : new PyExpr.Call(inner, List.of());
  }

  private static boolean isHeld(PyExpr e) {
    return e instanceof PyExpr.Member m
        && m.target().equals(Py.name("self"))
        && m.name().endsWith(SUFFIX);
  }

  private static PyExpr called(PyExpr e) {
    PyExpr inner = e.withParts(Inheritance::called);
    return inner instanceof PyExpr.Call c && isHeld(c.callee())
        ? new PyExpr.Call(new PyExpr.Member(Py.call("super"), "construct"), c.arguments())
        : inner;
  }
}
