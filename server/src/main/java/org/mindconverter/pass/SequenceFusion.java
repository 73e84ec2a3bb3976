// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;

/**
 * Finds a tensor that is split into a sequence whose elements are only read one by one at known
 * places, as torch's exporter writes {@code chunk}, {@code split} and {@code unbind}: one Split,
 * with each element's reader gone.
 */
final class SequenceFusion implements Pass {
  private static final int SPLIT_OPSET = 13;

  @Override
  public Graph apply(Graph graph) {
    Readers readers = new Readers(graph);
    Map<String, Optional<Split>> splits = new HashMap<>();
    for (Node node : graph.nodes()) {
      boolean made = node.op().equals(OpId.onnx("SplitToSequence")) && node.output(0).isPresent();
      if (made && !readers.isWantedElsewhere(node.output(0).get())) {
        String sequence = node.output(0).get();
        splits.put(sequence, split(graph, node, readers.of(sequence)));
      }
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Optional<Split> made = node.output(0).flatMap(v -> splits.getOrDefault(v, Optional.empty()));
      if (made.isPresent()) {
        nodes.addAll(made.get().nodes());
      } else if (!isFused(node, splits)) {
        nodes.add(node);
      }
    }
    return graph.with(nodes, graph.outputs());
  }

  private static boolean isFused(Node node, Map<String, Optional<Split>> splits) {
    return node.op().equals(OpId.onnx("SequenceAt"))
        && node.input(0) instanceof Operand.Use use
        && splits.getOrDefault(use.value(), Optional.empty()).isPresent();
  }

  private static Optional<Split> split(Graph graph, Node node, List<Node> readers) {
    Optional<Shape> shape = graph.type(node.input(0)).shape();
    if (shape.isEmpty()) {
      return Optional.empty();
    }
    int rank = shape.get().rank();
    long axis = node.attributes().integer("axis").orElse(0);
    int front = (int) (axis < 0 ? axis + rank : axis);
    boolean keep =
        !(node.input(1) instanceof Operand.Absent)
            || node.attributes().integer("keepdims").orElse(1) != 0;
    Optional<List<Long>> sizes = sizes(node, shape.get().dim(front));
    Map<Integer, String> elements = new TreeMap<>();
    for (Node reader : readers) {
      OptionalInt place = sizes.isEmpty() ? OptionalInt.empty() : place(reader, sizes.get().size());
      if (place.isEmpty() || elements.put(place.getAsInt(), reader.output(0).orElse("")) != null) {
        return Optional.empty();
      }
    }
    return sizes.map(list -> new Split(node, front, keep, list, elements));
  }

  private static Optional<List<Long>> sizes(Node node, Dim length) {
    if (length.size().isEmpty()) {
      return Optional.empty();
    }
    long all = length.size().getAsLong();
    if (node.input(1) instanceof Operand.Absent) {
      return chunks(all, 1);
    }
    boolean known =
        node.input(1) instanceof Operand.Constant c
            && NumericTensor.isReadable(c.tensor())
            && !c.tensor().element().isFloating();
    if (!known) {
      return Optional.empty();
    }
    NumericTensor split = NumericTensor.of(((Operand.Constant) node.input(1)).tensor());
    return split.dims().isEmpty() ? chunks(all, split.integer(0)) : Optional.of(split.toLongs());
  }

  private static Optional<List<Long>> chunks(long all, long size) {
    if (size <= 0 || all / size > 4096) {
      return Optional.empty();
    }
    List<Long> sizes = new ArrayList<>();
    for (long rest = all; rest > 0; rest -= size) {
      sizes.add(Math.min(size, rest));
    }
    return Optional.of(sizes);
  }

  private static OptionalInt place(Node reader, int count) {
    boolean known =
        reader.op().equals(OpId.onnx("SequenceAt"))
            && reader.input(1) instanceof Operand.Constant c
            && c.tensor().elementCount() == 1
            && NumericTensor.isReadable(c.tensor());
    if (!known) {
      return OptionalInt.empty();
    }
    long index = NumericTensor.of(((Operand.Constant) reader.input(1)).tensor()).integer(0);
    long front = index < 0 ? index + count : index;
    return front < 0 || front >= count ? OptionalInt.empty() : OptionalInt.of((int) front);
  }

  /** The nodes that take the place of a split and its readers. */
  private record Split(
      Node origin, int axis, boolean keep, List<Long> sizes, Map<Integer, String> elements) {
    List<Node> nodes() {
      List<Optional<String>> parts = new ArrayList<>();
      List<Node> squeezes = new ArrayList<>();
      for (int i = 0; i < sizes.size(); i++) {
        Optional<String> wanted = Optional.ofNullable(elements.get(i));
        String part = origin.name() + "/part" + i;
        parts.add(keep ? wanted : wanted.map(v -> part));
        if (!keep && wanted.isPresent()) {
          squeezes.add(squeeze(part, wanted.get(), i));
        }
      }
      List<Node> nodes = new ArrayList<>();
      nodes.add(
          new Node(
              origin.name(),
              OpId.onnx("Split"),
              SPLIT_OPSET,
              List.of(origin.input(0), constant(sizes)),
              parts,
              new Attributes(Map.of("axis", new Attribute.Int(axis))),
              origin.scope()));
      nodes.addAll(squeezes);
      return nodes;
    }

    private Node squeeze(String part, String value, int index) {
      return new Node(
          origin.name() + "/squeeze" + index,
          OpId.onnx("Squeeze"),
          SPLIT_OPSET,
          List.of(new Operand.Use(part), constant(List.of((long) axis))),
          List.of(Optional.of(value)),
          Attributes.NONE,
          origin.scope());
    }

    private static Operand constant(List<Long> values) {
      return new Operand.Constant(NumericTensor.ofLongs(values).toTensor(""));
    }
  }
}
