// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;

/**
 * Tells whether a mask may leave nothing of a row, so that all of it is -inf. A mask made of shapes
 * alone, as a causal one, is taken to leave something of every row.
 */
final class MaskedRows {
  /** Operators that leave -inf of their first operand where it is, by and large. */
  private static final Set<String> PASSING =
      Set.of(
          "Cast",
          "CastLike",
          "Div",
          "Expand",
          "Identity",
          "Mul",
          "Reshape",
          "Slice",
          "Squeeze",
          "Sub",
          "Transpose",
          "Unsqueeze");

  private static final Set<String> ASKING_FOR_SHAPES = Set.of("Shape", "Size");

  /** How much of a row may be -inf. */
  private enum Share {
    NOTHING,
    SOME,
    ALL;

    Share or(Share other) {
      return compareTo(other) >= 0 ? this : other;
    }
  }

  private final Map<String, Share> shares = new HashMap<>();
  private final Map<String, Boolean> given = new HashMap<>();
  private final Set<String> inputs = new HashSet<>();

  /**
   * Looks at a graph.
   *
   * @param givenMasks whether a graph's input of real numbers may be such a mask, too
   */
  MaskedRows(Graph graph, boolean givenMasks) {
    for (Graph.Input input : graph.inputs()) {
      inputs.add(input.name());
      if (givenMasks && input.type().element().isFloating()) {
        shares.put(input.name(), Share.ALL);
      }
    }
    // In order, so that no question goes deep.
    for (Node node : graph.nodes()) {
      boolean byShape =
          node.op().domain().isEmpty() && ASKING_FOR_SHAPES.contains(node.op().type());
      boolean asked = !byShape && node.usedValues().stream().anyMatch(this::isGiven);
      Share share = share(node);
      for (String value : node.definedValues()) {
        given.put(value, asked);
        shares.put(value, share);
      }
    }
  }

  /** Whether all of a row of that operand may be -inf because a mask says so. */
  boolean mayBeAll(Operand scores) {
    return share(scores) == Share.ALL;
  }

  private boolean isGiven(String value) {
    return inputs.contains(value) || given.getOrDefault(value, false);
  }

  private Share share(Node node) {
    String type = node.op().type();
    if (!node.op().equals(OpId.onnx(type))) {
      return Share.NOTHING;
    }
    if (type.equals("Add")) {
      Share one = share(node.input(0));
      Share other = share(node.input(1));
      boolean both = one != Share.NOTHING && other != Share.NOTHING;
      return both ? Share.ALL : one.or(other);
    }
    if (type.equals("Where")) {
      return chosen(node);
    }
    return PASSING.contains(type) ? share(node.input(0)) : Share.NOTHING;
  }

  private Share share(Operand operand) {
    if (operand instanceof Operand.Use use) {
      return shares.getOrDefault(use.value(), Share.NOTHING);
    }
    Optional<NumericTensor> tensor = constant(operand).filter(t -> t.element().isFloating());
    return tensor.map(t -> rows(t.dims(), index -> isMasked(t.real(index)))).orElse(Share.NOTHING);
  }

  private Share chosen(Node where) {
    Share kept = share(where.input(1)).or(share(where.input(2)));
    boolean first = isMask(where.input(1));
    if (!first && !isMask(where.input(2))) {
      return kept;
    }
    Optional<NumericTensor> condition = constant(where.input(0));
    if (condition.isPresent()) {
      NumericTensor truth = condition.get();
      return rows(truth.dims(), index -> (truth.integer(index) != 0) == first);
    }
    boolean asked = where.input(0) instanceof Operand.Use use && isGiven(use.value());
    return asked ? Share.ALL : Share.SOME;
  }

  private static Share rows(List<Long> dims, MaskedPlace place) {
    int width = dims.isEmpty() ? 1 : Math.toIntExact(dims.get(dims.size() - 1));
    long count = dims.stream().reduce(1L, (a, b) -> a * b);
    Share most = Share.NOTHING;
    for (int start = 0; start < count; start += width) {
      int masked = 0;
      for (int i = start; i < start + width; i++) {
        masked += place.at(i) ? 1 : 0;
      }
      Share share = masked == width ? Share.ALL : masked > 0 ? Share.SOME : Share.NOTHING;
      most = most.or(share);
    }
    return most;
  }

  private static boolean isMask(Operand operand) {
    return constant(operand)
        .filter(t -> t.element().isFloating() && t.size() == 1 && isMasked(t.real(0)))
        .isPresent();
  }

  private static boolean isMasked(double value) {
    return value == Double.NEGATIVE_INFINITY;
  }

  private static Optional<NumericTensor> constant(Operand operand) {
    return operand instanceof Operand.Constant constant
            && NumericTensor.isReadable(constant.tensor())
            && (constant.tensor().element().isFloating()
                || constant.tensor().element() == ElementType.BOOL)
        ? Optional.of(NumericTensor.of(constant.tensor()))
        : Optional.empty();
  }

  /** Whether the element at that place is masked. */
  @FunctionalInterface
  private interface MaskedPlace {
    boolean at(int index);
  }
}
