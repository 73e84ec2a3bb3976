// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/** Returns what is computed last as it is: no variable is made to be returned on the next line. */
final class DirectReturns {
  private DirectReturns() {}

  /** The statements, with every method of their classes so written. */
  static List<PyStmt> written(List<PyStmt> statements) {
    return statements.stream().map(DirectReturns::written).toList();
  }

  private static PyStmt written(PyStmt statement) {
    if (statement instanceof PyStmt.ClassDef c) {
      return new PyStmt.ClassDef(c.name(), c.bases(), written(c.body()));
    }
    return statement instanceof PyStmt.Function f
        ? new PyStmt.Function(f.name(), f.parameters(), shortened(f.body()))
        : statement;
  }

  private static List<PyStmt> shortened(List<PyStmt> body) {
    int last = body.size() - 1;
    if (last < 1
        || !(body.get(last) instanceof PyStmt.Return end)
        || !(body.get(last - 1) instanceof PyStmt.Assign work)
        || !variables(work).equals(end.value())) {
      return body;
    }
    List<PyStmt> shorter = new ArrayList<>(body.subList(0, last - 1));
    shorter.add(new PyStmt.Return(work.value()));
    return shorter;
  }

  private static PyExpr variables(PyStmt.Assign work) {
    return work.targets().size() == 1 ? work.targets().get(0) : Py.tuple(work.targets());
  }
}
