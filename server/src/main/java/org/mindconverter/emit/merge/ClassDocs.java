// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.mindconverter.python.PyStmt;

/**
 * What a class says of itself.
 *
 * @param about its docstring; empty for none
 * @param shapes the docstring of its {@code construct}; empty for none
 */
public record ClassDocs(String about, String shapes) {
  /** Absence is no value. */
  public ClassDocs {
    Objects.requireNonNull(about);
    Objects.requireNonNull(shapes);
  }

  /** The class with these docstrings. */
  PyStmt.ClassDef in(PyStmt.ClassDef definition) {
    List<PyStmt> body = new ArrayList<>();
    if (!about.isEmpty()) {
      body.add(new PyStmt.Docstring(about));
    }
    for (PyStmt statement : definition.body()) {
      boolean documented =
          !shapes.isEmpty()
              && statement instanceof PyStmt.Function f
              && f.name().equals("construct");
      body.add(documented ? in((PyStmt.Function) statement) : statement);
    }
    return new PyStmt.ClassDef(definition.name(), definition.bases(), body);
  }

  private PyStmt.Function in(PyStmt.Function construct) {
    List<PyStmt> body = new ArrayList<>();
    body.add(new PyStmt.Docstring(shapes));
    body.addAll(construct.body());
    return new PyStmt.Function(construct.name(), construct.parameters(), body);
  }
}
