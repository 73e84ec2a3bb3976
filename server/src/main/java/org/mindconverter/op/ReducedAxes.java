// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

/**
 * The axes that a reduction takes away: an attribute in older generations, an input in newer ones.
 */
enum ReducedAxes {
  /** An attribute. */
  ATTRIBUTE,
  /** The second input. */
  INPUT;

  private static final Optional<List<Long>> NONE = Optional.of(List.of());

  /** The result's type, of elements as the first input has. */
  List<TensorType> infer(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Shape shape = node.shape(0).get();
    boolean keep = node.integer("keepdims", 1) != 0;
    Optional<List<Long>> named = named(node);
    if (named.isPresent()) {
      if (keepsAll(node)) {
        return List.of(node.type(0));
      }
      List<Integer> axes = axes(node, named.get(), shape.rank());
      return List.of(node.type(0).withShape(reduced(shape, axes, keep)));
    }
    return List.of(new TensorType(node.element(0), unknown(node, shape, keep)));
  }

  /** The axes as the model names them, where they are known; none for all. */
  Optional<List<Long>> named(NodeFacts node) {
    return switch (this) {
      case ATTRIBUTE -> Optional.of(node.integers("axes", List.of()));
      case INPUT -> node.has(1) && !isNone(node.shape(1)) ? node.integers(1) : NONE;
    };
  }

  /** Whether the operator leaves every axis as it is. */
  boolean keepsAll(NodeFacts node) {
    boolean noneNamed = named(node).map(List::isEmpty).orElse(false);
    return noneNamed && node.integer("noop_with_empty_axes", 0) != 0;
  }

  /** Whether a row becomes one number, whichever axes only a run tells. */
  boolean reducesRow(NodeFacts node) {
    return node.integer("noop_with_empty_axes", 0) == 0
        || (named(node).isPresent() && !keepsAll(node));
  }

  private static List<Integer> axes(NodeFacts node, List<Long> named, int rank)
      throws ConversionException {
    return Axes.front(node, named.isEmpty() ? all(rank) : named, rank);
  }

  private static List<Long> all(int rank) {
    List<Long> all = new ArrayList<>();
    for (long axis = 0; axis < rank; axis++) {
      all.add(axis);
    }
    return all;
  }

  private static Shape reduced(Shape shape, List<Integer> axes, boolean keep) {
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!axes.contains(axis)) {
        dims.add(shape.dim(axis));
      } else if (keep) {
        dims.add(Dim.of(1));
      }
    }
    return new Shape(dims);
  }

  private static Optional<Shape> unknown(NodeFacts node, Shape shape, boolean keep) {
    if (keep) {
      return Optional.of(node.freshShape(0, shape.rank()));
    }
    return node.shape(1)
        .filter(row -> row.rank() == 1 && row.dim(0).size().isPresent())
        .map(row -> shape.rank() - (int) row.dim(0).size().getAsLong())
        .filter(rank -> rank >= 0 && rank < shape.rank())
        .map(rank -> node.freshShape(0, rank));
  }

  /** Whether only a run tells them. */
  boolean areComputed(NodeReading node) {
    return this == INPUT
        && node.has(1)
        && !node.isWeight(1)
        && node.constant(1).isEmpty()
        && !isNone(node.type(1).shape());
  }

  /** Whether a row of axes has none, whatever a run tells. */
  private static boolean isNone(Optional<Shape> row) {
    return row.filter(shape -> shape.rank() == 1 && shape.dim(0).is(0)).isPresent();
  }

  private static List<Long> read(NodeReading node, int input) throws Refusal {
    if (isNone(node.type(input).shape())) {
      node.withoutInput(input, "it names no axis");
      return List.of();
    }
    return node.requireIntegers(input);
  }

  /**
   * The axes counted from the front, in order; nothing when the operator keeps them all.
   *
   * @throws Refusal only a run tells them
   */
  Optional<List<Integer>> read(NodeReading node) throws Refusal {
    List<Long> named =
        switch (this) {
          case ATTRIBUTE -> node.integers("axes").orElse(List.of());
          case INPUT -> node.has(1) ? read(node, 1) : List.of();
        };
    boolean noop = node.integer("noop_with_empty_axes", 0) != 0;
    if (named.isEmpty() && noop) {
      return Optional.empty();
    }
    int rank = node.rank(0);
    List<Integer> axes = new ArrayList<>();
    for (long axis : named.isEmpty() ? all(rank) : named) {
      axes.add(node.axis(axis, rank));
    }
    return Optional.of(axes.stream().sorted().toList());
  }
}
