// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;

/** Who reads each value: a fusion may take away only what nobody else wants. */
final class Readers {
  private final Map<String, List<Node>> nodes = new HashMap<>();
  private final Set<String> wantedElsewhere = new HashSet<>();

  Readers(Graph graph) {
    for (Node node : graph.nodes()) {
      node.usedValues().forEach(v -> nodes.computeIfAbsent(v, k -> new ArrayList<>()).add(node));
      node.subGraphs().forEach(this::addCaptured);
    }
    addOutputs(graph);
  }

  // A graph inside of a node reads what stands around it without naming it as an input.
  private void addCaptured(Graph inner) {
    for (Node node : inner.nodes()) {
      wantedElsewhere.addAll(node.usedValues());
      node.subGraphs().forEach(this::addCaptured);
    }
    addOutputs(inner);
  }

  private void addOutputs(Graph any) {
    for (Graph.Output output : any.outputs()) {
      if (output.value() instanceof Operand.Use use) {
        wantedElsewhere.add(use.value());
      }
    }
  }

  /** The nodes of the graph that read the value, one for each time that they do. */
  List<Node> of(String value) {
    return nodes.getOrDefault(value, List.of());
  }

  /** Whether one node of the graph reads the value, once, and nothing else does. */
  boolean isOnlyUse(String value) {
    return of(value).size() == 1 && !isWantedElsewhere(value);
  }

  /** Whether the value leaves the graph, or a graph inside of a node reads it. */
  boolean isWantedElsewhere(String value) {
    return wantedElsewhere.contains(value);
  }
}
