// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;

/**
 * Puts the layers of a recurrent module together again: exporters write one node for each, with
 * changes of layout behind it, since ONNX keeps the directions apart. What they write becomes one
 * {@code mindconverter::LSTM}, {@code GRU} or {@code RNN}, as {@link RecurrentStack} describes it.
 */
final class RecurrentFusion implements Pass {
  @Override
  public Graph apply(Graph graph) {
    return new Search(graph).run();
  }

  private static final class Search {
    private final Graph graph;
    private final RecurrentLayers layers;
    private final Map<String, List<Node>> replacements = new HashMap<>();
    private final Set<String> absorbed = new HashSet<>();

    Search(Graph graph) {
      this.graph = graph;
      this.layers = new RecurrentLayers(graph);
    }

    Graph run() {
      Map<String, List<RecurrentLayer>> byEnd = new HashMap<>();
      for (Node node : graph.nodes()) {
        Optional<RecurrentLayer> layer = layers.of(node);
        if (layer.isPresent()) {
          extend(byEnd, layer.get());
        }
      }
      byEnd.values().forEach(this::fuse);
      if (replacements.isEmpty()) {
        return graph;
      }
      List<Node> nodes = new ArrayList<>();
      for (Node node : graph.nodes()) {
        if (!absorbed.contains(node.name())) {
          nodes.addAll(replacements.getOrDefault(node.name(), List.of(node)));
        }
      }
      return graph.with(nodes, graph.outputs());
    }

    // A layer stands on the stack that ends in what it reads.
    private void extend(Map<String, List<RecurrentLayer>> byEnd, RecurrentLayer layer) {
      List<RecurrentLayer> stack = new ArrayList<>();
      Optional<String> below = layers.below(layer);
      List<RecurrentLayer> lower = below.map(byEnd::get).orElse(null);
      if (lower != null && layers.fits(lower, layer)) {
        byEnd.remove(below.get());
        stack.addAll(lower);
      }
      stack.add(layer);
      byEnd.put(layer.sequence(), stack);
    }

    private void fuse(List<RecurrentLayer> stack) {
      Optional<RecurrentStack> fused = RecurrentStack.of(stack, layers);
      if (fused.isPresent()) {
        replacements.put(stack.get(stack.size() - 1).node().name(), fused.get().nodes());
        stack.subList(0, stack.size() - 1).forEach(layer -> absorbed.add(layer.node().name()));
        absorbed.addAll(fused.get().absorbed());
      }
    }
  }
}
