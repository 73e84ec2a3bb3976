// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mindconverter.python.PyStmt;
import org.mindconverter.python.UsedNames;

/** The imports that a script needs, and no others. */
final class Imports {
  private Imports() {}

  static List<PyStmt> of(List<PyStmt> body) {
    Set<String> used = UsedNames.in(body);
    List<PyStmt> imports = new ArrayList<>();
    if (used.contains("ms")) {
      imports.add(new PyStmt.Import("mindspore", Optional.of("ms")));
    }
    List<String> names =
        Stream.of("Parameter", "mint", "nn", "ops").filter(used::contains).toList();
    if (!names.isEmpty()) {
      imports.add(new PyStmt.ImportFrom("mindspore", names));
    }
    return imports;
  }
}
