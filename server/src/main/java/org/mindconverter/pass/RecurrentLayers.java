// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
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
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;

/** The recurrent layers of a graph that are of the kind which PyTorch's modules are made of. */
final class RecurrentLayers {
  private static final Set<OpId> KINDS =
      Set.of(OpId.onnx("LSTM"), OpId.onnx("GRU"), OpId.onnx("RNN"));
  private static final Set<String> ATTRIBUTES =
      Set.of("hidden_size", "direction", "layout", "input_forget", "linear_before_reset");
  private static final List<Long> DIRECTIONS_LAST = List.of(0L, 2L, 1L, 3L);
  private static final int BIAS = 3;
  private static final int LENGTHS = 4;
  private static final int PEEPHOLES = 7;

  private final Graph graph;
  private final Makers makers;
  private final Readers readers;
  private final Map<String, Integer> places = new HashMap<>();

  RecurrentLayers(Graph graph) {
    this.graph = graph;
    this.makers = new Makers(graph);
    this.readers = new Readers(graph);
    graph.nodes().forEach(node -> places.put(node.name(), places.size()));
  }

  Makers makers() {
    return makers;
  }

  Readers readers() {
    return readers;
  }

  Graph graph() {
    return graph;
  }

  /** Whether every reader of the value stands behind that node. */
  boolean isReadBehind(String value, Node node) {
    return !readers.isWantedElsewhere(value)
        && readers.of(value).stream()
            .allMatch(reader -> places.get(reader.name()) > places.get(node.name()));
  }

  /** The layer that a node is; nothing where it is another node, or not so plain. */
  Optional<RecurrentLayer> of(Node node) {
    if (!KINDS.contains(node.op()) || !isPlain(node) || node.output(0).isEmpty()) {
      return Optional.empty();
    }
    Optional<Shape> all = graph.type(node.output(0).get()).shape();
    return all.filter(shape -> shape.dim(1).size().isPresent())
        .flatMap(shape -> layer(node, shape));
  }

  private boolean isPlain(Node node) {
    Attributes given = node.attributes();
    String direction = given.text("direction").orElse("forward");
    boolean resets = given.integer("linear_before_reset").orElse(0) != 0;
    return ATTRIBUTES.containsAll(given.names())
        && !direction.equals("reverse")
        && given.integer("layout").orElse(0) == 0
        && given.integer("input_forget").orElse(0) == 0
        && resets == node.op().type().equals("GRU")
        && graph.type(node.input(0)).element() == ElementType.FLOAT32
        && isStored(node.input(1))
        && isStored(node.input(2))
        && (isAbsent(node, BIAS) || isStored(node.input(BIAS)))
        && isAbsent(node, LENGTHS)
        && isAbsent(node, PEEPHOLES);
  }

  private static boolean isStored(Operand operand) {
    return operand instanceof Operand.Weight || operand instanceof Operand.Constant;
  }

  private static boolean isAbsent(Node node, int input) {
    return node.input(input) instanceof Operand.Absent;
  }

  private Optional<RecurrentLayer> layer(Node node, Shape all) {
    int directions = Math.toIntExact(all.dim(1).size().orElseThrow());
    Dim both = all.dim(3).times(Dim.of(directions));
    Shape wanted = new Shape(List.of(all.dim(0), all.dim(2), both));
    List<Node> layout = new ArrayList<>();
    String value = node.output(0).orElseThrow();
    while (layout.size() < 2) {
      Optional<Node> next = Optional.of(value).filter(readers::isOnlyUse).map(this::reader);
      if (next.isEmpty()
          || next.get().output(0).isEmpty()
          || !keeps(next.get(), layout, directions)) {
        return Optional.empty();
      }
      layout.add(next.get());
      value = next.get().output(0).get();
      if (graph.type(value).shape().filter(wanted::equals).isPresent()) {
        return Optional.of(new RecurrentLayer(node, directions, value, layout));
      }
    }
    return Optional.empty();
  }

  private Node reader(String value) {
    return readers.of(value).get(0);
  }

  // With one direction, the axis of directions may go at once; two have to come to the end first.
  private static boolean keeps(Node node, List<Node> before, int directions) {
    if (node.op().equals(OpId.onnx("Transpose"))) {
      return before.isEmpty()
          && node.attributes().integers("perm").filter(DIRECTIONS_LAST::equals).isPresent();
    }
    boolean reshapes =
        node.op().equals(OpId.onnx("Reshape")) || node.op().equals(OpId.onnx("Squeeze"));
    return reshapes && (directions == 1 || !before.isEmpty());
  }

  /** The sequence that a layer reads: directly, or through dropout. */
  Optional<String> below(RecurrentLayer layer) {
    Operand read = layer.node().input(0);
    Operand source = dropout(layer).map(node -> node.input(0)).orElse(read);
    return source instanceof Operand.Use use && readers.isOnlyUse(use.value())
        ? Optional.of(use.value())
        : Optional.empty();
  }

  /** The dropout between a layer and the one below. */
  Optional<Node> dropout(RecurrentLayer layer) {
    Operand read = layer.node().input(0);
    return makers
        .of(read, "Dropout")
        .filter(node -> node.output(1).isEmpty())
        .filter(node -> readers.isOnlyUse(((Operand.Use) read).value()));
  }

  /** The part that is dropped before a layer; nothing where it is not known. */
  OptionalDouble rate(RecurrentLayer layer) {
    Optional<Node> dropout = dropout(layer);
    if (dropout.isEmpty()) {
      return OptionalDouble.of(0);
    }
    Operand ratio = dropout.get().input(1);
    return ratio instanceof Operand.Absent
        ? OptionalDouble.of(dropout.get().attributes().real("ratio").orElse(0.5))
        : Makers.number(ratio);
  }

  /** Whether the layer can be the next of that stack. */
  boolean fits(List<RecurrentLayer> stack, RecurrentLayer layer) {
    Node first = stack.get(0).node();
    Node node = layer.node();
    OptionalDouble rate = rate(layer);
    boolean drops =
        rate.isPresent() && (stack.size() == 1 || rate.equals(rate(stack.get(stack.size() - 1))));
    return drops
        && !node.scope().path().isEmpty()
        && node.scope().path().equals(first.scope().path())
        && node.op().equals(first.op())
        && layer.directions() == stack.get(0).directions()
        && graph.type(node.input(2)).equals(graph.type(first.input(2)))
        && isAbsent(node, BIAS) == isAbsent(first, BIAS);
  }

  /** Whether a first state is zero, as it is where none is given. */
  static boolean isZero(Operand operand) {
    Optional<Tensor> tensor = Optional.empty();
    if (operand instanceof Operand.Constant constant) {
      tensor = Optional.of(constant.tensor());
    } else if (operand instanceof Operand.Weight weight
        && weight.expression() instanceof WeightExpression.Base base) {
      tensor = Optional.of(base.tensor());
    }
    return operand instanceof Operand.Absent
        || tensor
            .filter(NumericTensor::isReadable)
            .filter(t -> NumericTensor.of(t).isZero())
            .isPresent();
  }
}
