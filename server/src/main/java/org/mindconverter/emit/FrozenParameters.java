// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * Parameters that cells of one network train and the source does not: kept from it at its root, so
 * that equal classes stay one.
 */
final class FrozenParameters {
  private static final PyExpr.Name EACH = new PyExpr.Name("parameter");
  private static final PyExpr.Name CELL = new PyExpr.Name("frozen");

  private final ClassMembers members;
  private final SourceNames names;

  FrozenParameters(ClassMembers members, SourceNames names) {
    this.members = members;
    this.names = names;
  }

  /** One statement for each parameter that lies next to trained ones, one for all other cells. */
  List<PyStmt> statements() {
    Set<String> cells = new LinkedHashSet<>();
    List<PyStmt> statements = new ArrayList<>();
    for (ParameterEntry entry : members.parameters()) {
      if (entry.trained() && !names.isTrained(entry.value())) {
        String largest = largestFrozen(entry.name());
        if (largest.equals(entry.name())) {
          statements.add(freeze(members.parameterReference(largest)));
        } else {
          cells.add(largest);
        }
      }
    }
    if (!cells.isEmpty()) {
      statements.add(freezeAll(cells.stream().map(this::cell).toList()));
    }
    return statements;
  }

  // The whole is the path of no parts.
  private PyExpr cell(String path) {
    return path.isEmpty() ? Py.name("self") : members.parameterReference(path);
  }

  /** The path of the largest cell around a parameter in which the source trains nothing. */
  private String largestFrozen(String name) {
    if (isFrozen("")) {
      return "";
    }
    for (int end = name.indexOf('.'); end >= 0; end = name.indexOf('.', end + 1)) {
      if (isFrozen(name.substring(0, end + 1))) {
        return name.substring(0, end);
      }
    }
    return name;
  }

  private boolean isFrozen(String prefix) {
    return members.parameters().stream()
        .noneMatch(p -> p.name().startsWith(prefix) && names.isTrained(p.value()));
  }

  private static PyStmt freezeAll(List<PyExpr> cells) {
    if (cells.size() == 1) {
      return freezeIn(cells.get(0));
    }
    return new PyStmt.For(CELL, Py.tuple(cells), List.of(freezeIn(CELL)));
  }

  private static PyStmt freezeIn(PyExpr cell) {
    return new PyStmt.For(EACH, Py.method(cell, "get_parameters"), List.of(freeze(EACH)));
  }

  private static PyStmt freeze(PyExpr parameter) {
    return PyStmt.Assign.of(new PyExpr.Member(parameter, "requires_grad"), Py.bool(false));
  }
}
