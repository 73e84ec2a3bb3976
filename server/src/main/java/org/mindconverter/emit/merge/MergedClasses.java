// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.List;
import java.util.Map;
import org.mindconverter.python.PyStmt;

/**
 * The classes of a script.
 *
 * @param definitions each behind those that it uses
 * @param marks for marks that are in no definition those at the same place of a class that is
 */
public record MergedClasses(List<PyStmt.ClassDef> definitions, Map<Integer, Integer> marks) {
  /** Copies. */
  public MergedClasses {
    definitions = List.copyOf(definitions);
    marks = Map.copyOf(marks);
  }
}
