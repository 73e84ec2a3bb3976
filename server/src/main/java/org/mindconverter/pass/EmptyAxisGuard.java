// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

/**
 * Pads what is reduced along an axis that a run may leave empty, as NonZero and Compress do, by one
 * element that changes no result: over nothing, MindSpore's reductions give what memory held.
 */
final class EmptyAxisGuard implements Pass {
  private static final int PAD_OPSET = 18;
  private static final int AXES_ARE_INPUTS = 18;
  private static final int SUM_AXES_ARE_INPUTS = 13;
  private static final Set<OpId> CHOOSING =
      Set.of(OpId.onnx("Compress"), OpId.onnx("NonMaxSuppression"), OpId.onnx("NonZero"));

  /** The element that changes nothing, by operator. */
  private static final Map<String, Double> NEUTRAL =
      Map.of(
          "ReduceL1", 0.0,
          "ReduceL2", 0.0,
          "ReduceLogSum", 0.0,
          "ReduceLogSumExp", Double.NEGATIVE_INFINITY,
          "ReduceMax", Double.NEGATIVE_INFINITY,
          "ReduceMin", Double.POSITIVE_INFINITY,
          "ReduceProd", 1.0,
          "ReduceSum", 0.0,
          "ReduceSumSquare", 0.0);

  @Override
  public Graph apply(Graph graph) {
    Set<String> symbols = chosen(graph);
    if (symbols.isEmpty()) {
      return graph;
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      nodes.addAll(guarded(graph, node, symbols));
    }
    return graph.with(nodes, graph.outputs());
  }

  /** Sizes that come about by choosing elements. */
  private static Set<String> chosen(Graph graph) {
    Set<String> symbols = new HashSet<>();
    for (Node node : graph.nodes()) {
      if (CHOOSING.contains(node.op())) {
        Set<String> before = new HashSet<>();
        node.inputs().forEach(input -> before.addAll(symbols(graph.type(input))));
        for (String value : node.definedValues()) {
          symbols.addAll(symbols(graph.type(value)));
        }
        symbols.removeAll(before);
      }
    }
    return symbols;
  }

  private static Set<String> symbols(TensorType type) {
    Set<String> symbols = new HashSet<>();
    for (Dim dim : type.shape().map(Shape::dims).orElse(List.of())) {
      dim.expression().soleSymbol().ifPresent(symbols::add);
    }
    return symbols;
  }

  private static List<Node> guarded(Graph graph, Node node, Set<String> symbols) {
    TensorType type = graph.type(node.input(0));
    Optional<NumericTensor> neutral = neutral(node, type.element());
    Optional<List<Long>> named = axes(node);
    if (neutral.isEmpty() || named.isEmpty() || type.shape().isEmpty()) {
      return List.of(node);
    }
    List<Long> axes = new ArrayList<>();
    int rank = type.shape().get().rank();
    for (int axis = 0; axis < rank; axis++) {
      boolean reduced =
          named.get().isEmpty()
              || named.get().contains((long) axis)
              || named.get().contains((long) axis - rank);
      Dim dim = type.shape().get().dim(axis);
      if (reduced && dim.expression().soleSymbol().filter(symbols::contains).isPresent()) {
        axes.add((long) axis);
      }
    }
    return axes.isEmpty() ? List.of(node) : padded(node, neutral.get(), axes);
  }

  private static Optional<NumericTensor> neutral(Node node, ElementType element) {
    Double value = node.op().domain().isEmpty() ? NEUTRAL.get(node.op().type()) : null;
    if (value == null || !(element.isFloating() || element.isInteger())) {
      return Optional.empty();
    }
    if (element.isFloating()) {
      return Optional.of(NumericTensor.ofReals(element, List.of(), new double[] {value}));
    }
    return Double.isInfinite(value)
        ? Optional.empty()
        : Optional.of(NumericTensor.ofIntegers(element, List.of(), new long[] {value.longValue()}));
  }

  /** The axes as the model names them, where they are known; none for all. */
  private static Optional<List<Long>> axes(Node node) {
    boolean sum = node.op().equals(OpId.onnx("ReduceSum"));
    if (node.opset() < (sum ? SUM_AXES_ARE_INPUTS : AXES_ARE_INPUTS)) {
      return Optional.of(node.attributes().integers("axes").orElse(List.of()));
    }
    boolean noop = node.attributes().integer("noop_with_empty_axes").orElse(0) != 0;
    if (node.input(1) instanceof Operand.Constant axes) {
      List<Long> named = NumericTensor.of(axes.tensor()).toLongs();
      return named.isEmpty() && noop ? Optional.empty() : Optional.of(named);
    }
    return node.input(1) instanceof Operand.Absent && !noop
        ? Optional.of(List.of())
        : Optional.empty();
  }

  private static List<Node> padded(Node node, NumericTensor neutral, List<Long> axes) {
    List<Long> pads = new ArrayList<>();
    axes.forEach(axis -> pads.add(0L));
    axes.forEach(axis -> pads.add(1L));
    String value = node.definedValues().get(0) + ".padded";
    Node pad =
        new Node(
            value,
            OpId.onnx("Pad"),
            PAD_OPSET,
            List.of(
                node.input(0),
                constant(NumericTensor.ofLongs(pads)),
                constant(neutral),
                constant(NumericTensor.ofLongs(axes))),
            List.of(Optional.of(value)),
            Attributes.NONE,
            node.scope());
    List<Operand> inputs = new ArrayList<>(node.inputs());
    inputs.set(0, new Operand.Use(value));
    return List.of(pad, node.withInputs(inputs));
  }

  private static Operand constant(NumericTensor tensor) {
    return new Operand.Constant(tensor.toTensor(""));
  }
}
