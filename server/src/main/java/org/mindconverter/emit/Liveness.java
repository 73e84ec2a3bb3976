// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;

/** Which values enter and leave a piece of the network. */
final class Liveness {
  private static final int AT_THE_END = Integer.MAX_VALUE;

  private final Map<String, Integer> lastUse = new HashMap<>();

  /** Of nodes in the graph's order, and the graph's outputs. */
  Liveness(List<LoweredNode> nodes, Graph graph) {
    for (LoweredNode node : nodes) {
      Cancellation.poll();
      node.usedValues().forEach(v -> lastUse.put(v, node.index()));
    }
    for (Graph.Output output : graph.outputs()) {
      if (output.value() instanceof Operand.Use use) {
        lastUse.put(use.value(), AT_THE_END);
      }
    }
  }

  /** Whether anything behind that position reads the value. */
  boolean isReadAfter(String value, int index) {
    return lastUse.getOrDefault(value, -1) > index;
  }

  /** The values that come from outside, in the order of their first use. */
  static List<String> inputs(List<LoweredNode> nodes) {
    Set<String> defined = new HashSet<>();
    Set<String> inputs = new LinkedHashSet<>();
    for (LoweredNode node : nodes) {
      Cancellation.poll();
      for (String value : node.usedValues()) {
        if (!defined.contains(value)) {
          inputs.add(value);
        }
      }
      defined.addAll(node.node().definedValues());
    }
    return List.copyOf(inputs);
  }

  /** The values that others read, in the order they are made. */
  List<String> outputs(List<LoweredNode> nodes) {
    int last = nodes.get(nodes.size() - 1).index();
    List<String> outputs = new ArrayList<>();
    for (LoweredNode node : nodes) {
      for (String value : node.node().definedValues()) {
        if (isReadAfter(value, last)) {
          outputs.add(value);
        }
      }
    }
    return outputs;
  }
}
