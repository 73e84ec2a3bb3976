// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.op.OperatorCatalog;
import org.mindconverter.op.Refusal;

/** Maps a graph's nodes one by one; what cannot be mapped becomes a placeholder. */
final class NodeLowering {
  private final Graph graph;
  private final Map<String, Node> originals;
  private final NodeMapping mapping;

  NodeLowering(OperatorCatalog catalog, ForeignWeights.Shown shown) {
    this.graph = shown.graph();
    this.originals = shown.originals();
    this.mapping = new NodeMapping(catalog, GraphKnowledge.of(graph));
  }

  /** All nodes whose results are read by code: shape arithmetic that became numbers is gone. */
  List<LoweredNode> live() {
    List<LoweredNode> all = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Cancellation.poll();
      all.add(lower(all.size(), node));
    }
    return LiveNodes.of(graph, all, this);
  }

  private LoweredNode lower(int index, Node node) {
    try {
      return new LoweredNode(index, node, mapping.of(node), Optional.empty());
    } catch (Refusal refusal) {
      // Not every operator takes a computed value where it takes a weight.
      Node original = originals.get(node.name());
      return original != null && !original.equals(node)
          ? lower(index, original)
          : placeholder(index, node, refusal.getMessage());
    }
  }

  /** The node as a placeholder. */
  LoweredNode placeholder(int index, Node node, String reason) {
    return new LoweredNode(
        index, node, Placeholders.lowered(node, mapping.known()), Optional.of(reason));
  }
}
