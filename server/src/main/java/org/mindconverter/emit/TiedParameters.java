// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.PyStmt;

/** Parameters of one network that are one tensor in the source: made one again at its root. */
final class TiedParameters {
  private final ClassMembers members;
  private final boolean root;

  TiedParameters(ClassMembers members, boolean root) {
    this.members = members;
    this.root = root;
  }

  /** {@code self.head.weight = self.embed.embedding_table}; the first name stays. */
  List<PyStmt> statements() {
    List<PyStmt> statements = new ArrayList<>();
    if (!root) {
      return statements;
    }
    firstNames(members.parameters())
        .forEach(
            (name, first) ->
                statements.add(
                    PyStmt.Assign.of(
                        members.parameterReference(name), members.parameterReference(first))));
    return statements;
  }

  /** Further names of the same tensor, laid out alike, each with the first one. */
  static Map<String, String> firstNames(List<ParameterEntry> parameters) {
    Map<WeightExpression, String> first = new LinkedHashMap<>();
    Map<String, String> tied = new LinkedHashMap<>();
    for (ParameterEntry entry : parameters) {
      String before = first.putIfAbsent(entry.value(), entry.name());
      if (before != null) {
        tied.put(entry.name(), before);
      }
    }
    return tied;
  }
}
