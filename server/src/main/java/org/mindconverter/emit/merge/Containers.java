// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.List;
import java.util.Optional;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The constructions of cells that hold others in order: chains, which are called, and lists. */
final class Containers {
  private static final PyExpr CHAIN = Py.name("nn.SequentialCell");
  private static final PyExpr LIST = Py.name("nn.CellList");

  private Containers() {}

  /** The members of {@code nn.SequentialCell(a, b)}. */
  static Optional<List<PyExpr>> chainMembers(PyExpr e) {
    return e instanceof PyExpr.Call c
            && c.callee().equals(CHAIN)
            && c.arguments().stream().allMatch(a -> a.name().isEmpty())
        ? Optional.of(c.arguments().stream().map(PyExpr.Argument::value).toList())
        : Optional.empty();
  }

  /** The members of {@code nn.CellList([a, b])}. */
  static Optional<List<PyExpr>> listMembers(PyExpr e) {
    return e instanceof PyExpr.Call c
            && c.callee().equals(LIST)
            && c.arguments().size() == 1
            && c.arguments().get(0).value() instanceof PyExpr.Sequence s
        ? Optional.of(s.elements())
        : Optional.empty();
  }

  static PyExpr chain(List<PyExpr> members) {
    return Py.call(CHAIN, members.toArray(PyExpr[]::new));
  }

  static PyExpr list(List<PyExpr> members) {
    return Py.call(LIST, Py.list(members));
  }
}
