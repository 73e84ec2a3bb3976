// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;

/** Gives values of a graph other names, in the graphs inside of its nodes too. */
final class BodyNames {
  private BodyNames() {}

  /** The node with values renamed where it reads, defines and captures them. */
  static Node renamed(Node node, Map<String, String> names) {
    if (names.isEmpty()) {
      return node;
    }
    List<Optional<String>> outputs =
        node.outputs().stream().map(o -> o.map(v -> names.getOrDefault(v, v))).toList();
    Attributes attributes = node.attributes();
    for (Map.Entry<String, Attribute> entry : attributes.byName().entrySet()) {
      if (entry.getValue() instanceof Attribute.SubGraph body) {
        attributes =
            attributes.with(entry.getKey(), new Attribute.SubGraph(renamed(body.value(), names)));
      }
    }
    return node.withInputs(node.inputs().stream().map(o -> renamed(o, names)).toList())
        .withOutputs(outputs)
        .withAttributes(attributes);
  }

  private static Graph renamed(Graph body, Map<String, String> names) {
    return body.with(
        body.nodes().stream().map(node -> renamed(node, names)).toList(),
        body.outputs().stream()
            .map(o -> new Graph.Output(o.name(), renamed(o.value(), names)))
            .toList());
  }

  /** The operand under its new name. */
  static Operand renamed(Operand operand, Map<String, String> names) {
    return operand instanceof Operand.Use use && names.containsKey(use.value())
        ? new Operand.Use(names.get(use.value()))
        : operand;
  }
}
