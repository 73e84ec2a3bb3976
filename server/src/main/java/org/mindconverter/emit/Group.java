// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;
import org.mindconverter.python.UsedNames;

/**
 * A class of the script that keeps cells under names, for modules of the source that only hold
 * others. Not {@code nn.CellDict}: that takes no lists, chains or dictionaries of cells.
 */
final class Group {
  static final String NAME = "Group";

  private Group() {}

  /** The class, where some code of the script uses it. */
  static Optional<PyStmt> usedBy(List<PyStmt> classes) {
    Set<String> used = UsedNames.in(classes);
    return used.contains(NAME) ? Optional.of(definition()) : Optional.empty();
  }

  private static PyStmt definition() {
    PyExpr members = Py.name("members");
    PyExpr unpacked = new PyExpr.Unary(PyExpr.Prefix.UNPACK, Py.name("member"));
    PyStmt keep =
        new PyStmt.For(
            new PyExpr.Name("member"),
            Py.method(members, "items"),
            List.of(new PyStmt.Do(Py.call("setattr", Py.name("self"), unpacked))));
    PyStmt init =
        new PyStmt.Function(
            "__init__",
            List.of(
                PyStmt.Parameter.of("self"),
                PyStmt.Parameter.positionalEnd(), // a member may be called self
                PyStmt.Parameter.rest("members")),
            List.of(new PyStmt.Do(Py.method(Py.call("super"), "__init__")), keep));
    return new PyStmt.ClassDef(
        NAME,
        List.of(Py.name("nn.Cell")),
        List.of(new PyStmt.Docstring("Keeps cells under their names; is never called."), init));
  }
}
