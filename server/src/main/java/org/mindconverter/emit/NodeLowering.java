// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.op.Dtypes;
import org.mindconverter.op.Knowledge;
import org.mindconverter.op.Lowered;
import org.mindconverter.op.NodeFacts;
import org.mindconverter.op.NodeReading;
import org.mindconverter.op.Operator;
import org.mindconverter.op.OperatorCatalog;
import org.mindconverter.op.Refusal;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Maps a graph's nodes one by one; what cannot be mapped becomes a placeholder. */
final class NodeLowering {
  private static final OpId SHAPE = OpId.onnx("Shape");
  private static final OpId SIZE = OpId.onnx("Size");

  private final OperatorCatalog catalog;
  private final Graph graph;
  private final Map<String, Node> originals;
  private final Knowledge known;

  NodeLowering(OperatorCatalog catalog, ForeignWeights.Shown shown) {
    this.catalog = catalog;
    this.graph = shown.graph();
    this.originals = shown.originals();
    this.known = GraphKnowledge.of(graph);
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
      return new LoweredNode(index, node, mapped(node), Optional.empty());
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
    return new LoweredNode(index, node, Placeholders.lowered(node, known), Optional.of(reason));
  }

  private Lowered mapped(Node node) throws Refusal {
    Optional<Lowered> sizes = sizes(node);
    if (sizes.isPresent()) {
      return sizes.get();
    }
    Optional<Operator> operator = catalog.find(node.op(), node.opset());
    if (operator.isEmpty()) {
      throw new Refusal("no mapping for it at opset %d".formatted(node.opset()));
    }
    NodeReading reading = new NodeReading(new NodeFacts(node, known), known);
    Lowered lowered = operator.get().lowering().lower(reading);
    List<String> lost = reading.unread();
    if (!lost.isEmpty()) {
      throw new Refusal("the mapping does not honour " + String.join(", ", lost));
    }
    for (int i = lowered.results().size(); i < node.outputs().size(); i++) {
      if (node.output(i).isPresent()) {
        throw new Refusal("the mapping does not make output %d".formatted(i));
      }
    }
    return lowered;
  }

  /** A row of sizes that shape arithmetic knows, as a tensor: none of the arithmetic stays. */
  private Optional<Lowered> sizes(Node node) {
    boolean asks = node.op().equals(SHAPE) || node.op().equals(SIZE);
    Optional<String> value = node.output(0);
    if (asks || value.isEmpty() || node.outputs().size() != 1) {
      return Optional.empty();
    }
    TensorType type = graph.type(value.get());
    Optional<List<Dim>> contents = graph.contents(value.get());
    if (contents.isEmpty() || type.shape().isEmpty() || !type.element().isInteger()) {
      return Optional.empty();
    }
    List<PyExpr> numbers = contents.get().stream().map(NodeReading::dim).toList();
    PyExpr sizes = type.shape().get().rank() == 0 ? numbers.get(0) : Py.tuple(numbers);
    return Optional.of(Lowered.of(Py.call("ms.tensor", sizes, Dtypes.of(type.element()))));
  }

  private record GraphKnowledge(Graph graph, Set<String> sizesOfInputs) implements Knowledge {
    static GraphKnowledge of(Graph graph) {
      Set<String> symbols = new HashSet<>();
      for (Graph.Input input : graph.inputs()) {
        for (Dim dim : input.type().shape().map(Shape::dims).orElse(List.of())) {
          symbols.addAll(dim.expression().symbols());
        }
      }
      return new GraphKnowledge(graph, symbols);
    }

    @Override
    public TensorType type(Operand operand) {
      return graph.type(operand);
    }

    @Override
    public Optional<List<Dim>> contents(String value) {
      return graph.contents(value);
    }
  }
}
