// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;

/** Drops nodes, and single results, that nobody reads. No operator of ONNX has another effect. */
final class DeadNodeElimination implements Pass {
  @Override
  public Graph apply(Graph graph) {
    Set<String> wanted = new HashSet<>();
    addOutputs(graph, wanted);
    Deque<Node> kept = new ArrayDeque<>();
    List<Node> nodes = graph.nodes();
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      if (node.definedValues().stream().anyMatch(wanted::contains)) {
        kept.addFirst(withoutUnread(node, wanted));
        wanted.addAll(node.usedValues());
        node.subGraphs().forEach(sub -> addCaptured(sub, wanted));
      }
    }
    return graph.with(List.copyOf(kept), graph.outputs());
  }

  // A result that nobody reads must not make a mapping refuse.
  private static Node withoutUnread(Node node, Set<String> wanted) {
    List<Optional<String>> outputs =
        node.outputs().stream().map(o -> o.filter(wanted::contains)).toList();
    return outputs.equals(node.outputs()) ? node : node.withOutputs(outputs);
  }

  private static void addOutputs(Graph graph, Set<String> wanted) {
    for (Graph.Output output : graph.outputs()) {
      if (output.value() instanceof Operand.Use use) {
        wanted.add(use.value());
      }
    }
  }

  // Names that the inner graph defines itself do no harm here: values are unique in the model.
  private static void addCaptured(Graph graph, Set<String> wanted) {
    for (Node node : graph.nodes()) {
      wanted.addAll(node.usedValues());
      node.subGraphs().forEach(sub -> addCaptured(sub, wanted));
    }
    addOutputs(graph, wanted);
  }
}
