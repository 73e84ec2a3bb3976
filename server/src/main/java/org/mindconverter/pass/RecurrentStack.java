// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;

/**
 * Layers of a recurrent module as one node: {@code mindconverter::LSTM(x, hidden?, cell?, W1, R1,
 * B1?, W2, …)}, and likewise GRU and RNN. Its outputs are the sequence of shape (time, batch,
 * directions * hidden), and the last states of shape (layers * directions, batch, hidden), layer by
 * layer; with {@code batch_first}, x and the sequence have the batch in front. Attribute {@code
 * dropout} is the part that is dropped between layers in training.
 *
 * @param nodes the node, and what takes single layers' states out of its own
 * @param absorbed names of the other nodes that it stands for
 */
record RecurrentStack(List<Node> nodes, List<String> absorbed) {
  private static final List<Long> BATCH_FIRST = List.of(1L, 0L, 2L);
  // Of the nodes around the stack: axes are inputs of Slice there.
  private static final int OPSET = 13;

  /** The stack of those layers; nothing where it has no node that says the same. */
  static Optional<RecurrentStack> of(List<RecurrentLayer> layers, RecurrentLayers all) {
    return new Building(layers, all).build();
  }

  private static final class Building {
    private final List<RecurrentLayer> layers;
    private final RecurrentLayers all;
    private final RecurrentLayer top;
    private final List<Node> before = new ArrayList<>();
    private final List<Node> behind = new ArrayList<>();
    private final List<String> absorbed = new ArrayList<>();

    Building(List<RecurrentLayer> layers, RecurrentLayers all) {
      this.layers = layers;
      this.all = all;
      this.top = layers.get(layers.size() - 1);
    }

    Optional<RecurrentStack> build() {
      List<Operand> inputs = new ArrayList<>();
      List<Optional<String>> outputs = new ArrayList<>();
      boolean batchFirst = readBatchFirst(inputs, outputs);
      boolean zero = layers.stream().allMatch(this::startsFromZero);
      for (int state = 0; state < 2; state++) {
        Optional<Operand> first =
            zero || state >= top.states() ? Optional.of(new Operand.Absent()) : firstState(state);
        Optional<Optional<String>> last =
            state >= top.states() ? Optional.of(Optional.empty()) : lastState(state);
        if (first.isEmpty() || last.isEmpty()) {
          return Optional.empty();
        }
        inputs.add(first.get());
        outputs.add(last.get());
      }
      for (RecurrentLayer layer : layers) {
        inputs.addAll(List.of(layer.node().input(1), layer.node().input(2), layer.node().input(3)));
        layer.layout().forEach(node -> absorbed.add(node.name()));
      }
      for (RecurrentLayer layer : layers.subList(1, layers.size())) {
        all.dropout(layer).ifPresent(node -> absorbed.add(node.name()));
      }
      List<Node> nodes = new ArrayList<>(before);
      nodes.add(node(inputs, outputs, batchFirst));
      nodes.addAll(behind);
      return Optional.of(new RecurrentStack(nodes, absorbed));
    }

    private Node node(List<Operand> inputs, List<Optional<String>> outputs, boolean batchFirst) {
      Attributes attributes =
          Attributes.NONE
              .with("layers", new Attribute.Int(layers.size()))
              .with("batch_first", new Attribute.Int(batchFirst ? 1 : 0));
      double rate = all.rate(top).orElseThrow();
      if (layers.size() > 1 && rate != 0) {
        attributes = attributes.with("dropout", new Attribute.Real((float) rate));
      }
      Node of = top.node();
      OpId op = OpId.internal(of.op().type());
      return new Node(of.name(), op, 1, inputs, outputs, attributes, of.scope());
    }

    /** Reads past the transpositions that put the time in front, where both ends have one. */
    private boolean readBatchFirst(List<Operand> inputs, List<Optional<String>> outputs) {
      Operand x = layers.get(0).node().input(0);
      Optional<Node> front = all.makers().of(x, "Transpose").filter(Building::swaps);
      Optional<Node> back =
          Optional.of(top.sequence())
              .filter(all.readers()::isOnlyUse)
              .map(value -> all.readers().of(value).get(0))
              .filter(node -> node.op().equals(OpId.onnx("Transpose")) && swaps(node))
              .filter(node -> node.scope().path().equals(top.node().scope().path()));
      if (front.isEmpty() || back.isEmpty()) {
        inputs.add(x);
        outputs.add(Optional.of(top.sequence()));
        return false;
      }
      absorbed.add(back.get().name());
      inputs.add(front.get().input(0));
      outputs.add(back.get().output(0));
      return true;
    }

    private static boolean swaps(Node transpose) {
      return transpose.attributes().integers("perm").filter(BATCH_FIRST::equals).isPresent();
    }

    private boolean startsFromZero(RecurrentLayer layer) {
      for (int state = 0; state < layer.states(); state++) {
        if (!RecurrentLayers.isZero(layer.firstState(state))) {
          return false;
        }
      }
      return true;
    }

    /** The first state of all layers: what all of them are slices of, or put together. */
    private Optional<Operand> firstState(int state) {
      List<Operand> parts = layers.stream().map(layer -> layer.firstState(state)).toList();
      if (parts.stream().anyMatch(part -> part instanceof Operand.Absent)) {
        return Optional.empty();
      }
      if (parts.size() == 1) {
        return Optional.of(parts.get(0));
      }
      Optional<Operand> whole = whole(parts);
      if (whole.isPresent()) {
        return whole;
      }
      String name = top.node().name() + "/first" + state;
      Attributes axis = Attributes.NONE.with("axis", new Attribute.Int(0));
      OpId concat = OpId.onnx("Concat");
      List<Optional<String>> made = List.of(Optional.of(name));
      before.add(new Node(name, concat, OPSET, parts, made, axis, top.node().scope()));
      return Optional.of(new Operand.Use(name));
    }

    private Optional<Operand> whole(List<Operand> parts) {
      Optional<Operand> source = Optional.empty();
      for (int i = 0; i < parts.size(); i++) {
        Optional<Node> slice = all.makers().of(parts.get(i), "Slice");
        long from = (long) i * top.directions();
        if (slice.isEmpty()
            || !isRow(slice.get(), from, from + top.directions())
            || source.filter(s -> !s.equals(slice.get().input(0))).isPresent()) {
          return Optional.empty();
        }
        source = Optional.of(slice.get().input(0));
      }
      Dim rows = Dim.of((long) parts.size() * top.directions());
      return source.filter(
          s -> all.graph().type(s).shape().filter(shape -> shape.dim(0).equals(rows)).isPresent());
    }

    private static boolean isRow(Node slice, long from, long to) {
      return holds(slice.input(1), from)
          && holds(slice.input(2), to)
          && holds(slice.input(3), 0)
          && (slice.input(4) instanceof Operand.Absent || holds(slice.input(4), 1));
    }

    private static boolean holds(Operand operand, long number) {
      return operand instanceof Operand.Constant constant
          && NumericTensor.isReadable(constant.tensor())
          && NumericTensor.of(constant.tensor()).toLongs().equals(List.of(number));
    }

    /** The value that holds the last states of all layers; nothing inside where nobody reads it. */
    private Optional<Optional<String>> lastState(int state) {
      int output = RecurrentLayer.STATE_OUTPUT + state;
      List<Optional<String>> parts = layers.stream().map(l -> l.node().output(output)).toList();
      if (parts.size() == 1) {
        return Optional.of(parts.get(0));
      }
      if (parts.stream().flatMap(Optional::stream).noneMatch(this::isRead)) {
        return Optional.of(Optional.empty());
      }
      Optional<Node> together = together(parts);
      if (together.isPresent()) {
        absorbed.add(together.get().name());
        return Optional.of(together.get().output(0));
      }
      String name = top.node().name() + "/last" + state;
      for (int i = 0; i < parts.size(); i++) {
        Optional<String> part = parts.get(i).filter(this::isRead);
        if (part.isPresent() && !all.isReadBehind(part.get(), top.node())) {
          return Optional.empty();
        }
        long from = (long) i * top.directions();
        part.ifPresent(value -> behind.add(slice(name, value, from, from + top.directions())));
      }
      return Optional.of(Optional.of(name));
    }

    private boolean isRead(String value) {
      return !all.readers().of(value).isEmpty() || all.readers().isWantedElsewhere(value);
    }

    private Optional<Node> together(List<Optional<String>> parts) {
      List<Operand> operands =
          parts.stream()
              .flatMap(Optional::stream)
              .map(value -> (Operand) new Operand.Use(value))
              .toList();
      return parts
          .get(0)
          .filter(all.readers()::isOnlyUse)
          .map(value -> all.readers().of(value).get(0))
          .filter(node -> node.op().equals(OpId.onnx("Concat")))
          .filter(node -> node.attributes().integer("axis").orElse(1) == 0)
          .filter(node -> operands.size() == parts.size() && node.inputs().equals(operands))
          .filter(
              node -> parts.stream().flatMap(Optional::stream).allMatch(all.readers()::isOnlyUse));
    }

    private Node slice(String source, String value, long from, long to) {
      List<Operand> inputs = List.of(new Operand.Use(source), row(from), row(to), row(0), row(1));
      return new Node(
          source + "/" + from,
          OpId.onnx("Slice"),
          OPSET,
          inputs,
          List.of(Optional.of(value)),
          Attributes.NONE,
          top.node().scope());
    }

    private static Operand row(long number) {
      return new Operand.Constant(NumericTensor.ofLongs(List.of(number)).toTensor("position"));
    }
  }
}
