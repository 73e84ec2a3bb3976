// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.DimExpression;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.op.References;

/**
 * Finds the nodes whose results code reads: shape arithmetic that became numbers is gone, while a
 * value that only gives a dimension its number stays.
 */
final class LiveNodes {
  private final Graph graph;
  private final List<LoweredNode> all;
  private final Map<String, Integer> firstCarrier = new HashMap<>();
  private final Set<String> carriedByInputs = new HashSet<>();

  private LiveNodes(Graph graph, List<LoweredNode> all) {
    this.graph = graph;
    this.all = new ArrayList<>(all);
    graph.inputs().forEach(input -> carriedByInputs.addAll(symbols(input.name())));
    for (LoweredNode node : all) {
      for (String value : node.node().definedValues()) {
        symbols(value).forEach(s -> firstCarrier.putIfAbsent(s, node.index()));
      }
    }
  }

  /**
   * Of all nodes in the graph's order; one whose dimension nothing carries becomes a placeholder.
   */
  static List<LoweredNode> of(Graph graph, List<LoweredNode> all, NodeLowering lowering) {
    LiveNodes search = new LiveNodes(graph, all);
    search.refuseWhatNothingCarries(lowering);
    Set<Integer> kept = new HashSet<>();
    List<LoweredNode> live = search.sweep(kept);
    while (kept.addAll(search.missingCarriers(live))) {
      live = search.sweep(kept);
    }
    return live;
  }

  private List<String> symbols(String value) {
    List<String> symbols = new ArrayList<>();
    if (graph.valueType(new Operand.Use(value)) instanceof ListType list) {
      list.length().expression().soleSymbol().ifPresent(symbols::add);
    }
    for (Dim dim : graph.type(value).shape().orElse(Shape.SCALAR).dims()) {
      dim.expression().soleSymbol().ifPresent(symbols::add);
    }
    return symbols;
  }

  private void refuseWhatNothingCarries(NodeLowering lowering) {
    for (LoweredNode node : List.copyOf(all)) {
      Cancellation.poll();
      Optional<String> lost =
          wanted(node).stream()
              .filter(s -> !carriedByInputs.contains(s) && !isCarriedBefore(s, node))
              .findFirst();
      if (lost.isPresent()) {
        String reason = "no value carries the dimension '%s'".formatted(lost.get());
        all.set(node.index(), lowering.placeholder(node.index(), node.node(), reason));
      }
    }
  }

  private boolean isCarriedBefore(String symbol, LoweredNode node) {
    return firstCarrier.getOrDefault(symbol, Integer.MAX_VALUE) < node.index();
  }

  /** Symbols that the node's code asks for. */
  private static Set<String> wanted(LoweredNode node) {
    Set<String> symbols = new HashSet<>();
    node.forEachReference(
        reference -> {
          if (reference instanceof References.DimRef d) {
            collect(d.dim().expression(), symbols);
          }
        });
    return symbols;
  }

  private static void collect(DimExpression e, Set<String> symbols) {
    for (DimExpression.Product product : e.terms().keySet()) {
      for (DimExpression.Atom atom : product.atoms()) {
        if (atom instanceof DimExpression.Symbol s) {
          symbols.add(s.name());
        } else if (atom instanceof DimExpression.Binary b) {
          collect(b.left(), symbols);
          collect(b.right(), symbols);
        }
      }
    }
  }

  private List<LoweredNode> sweep(Set<Integer> kept) {
    Set<String> read = new HashSet<>();
    for (Graph.Output output : graph.outputs()) {
      if (output.value() instanceof Operand.Use use) {
        read.add(use.value());
      }
    }
    Deque<LoweredNode> live = new ArrayDeque<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      Cancellation.poll();
      LoweredNode node = all.get(i);
      if (kept.contains(i) || node.node().definedValues().stream().anyMatch(read::contains)) {
        live.addFirst(node);
        read.addAll(node.usedValues());
      }
    }
    return List.copyOf(live);
  }

  /** Nodes that nobody reads, but whose results alone tell what a dimension is. */
  private Set<Integer> missingCarriers(List<LoweredNode> live) {
    Set<String> carried = new HashSet<>(carriedByInputs);
    Set<Integer> missing = new HashSet<>();
    for (LoweredNode node : live) {
      Cancellation.poll();
      for (String symbol : wanted(node)) {
        if (!carried.contains(symbol)) {
          missing.add(firstCarrier.get(symbol));
        }
      }
      node.node().definedValues().forEach(value -> carried.addAll(symbols(value)));
    }
    return missing;
  }
}
