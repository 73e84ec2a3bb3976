// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;

/**
 * Operators on whole numbers as {@link ContentsRule}s: their results as dimensions, where the
 * operands are known as such. What is not sure for every size is not said.
 */
final class ShapeArithmetic {
  private static final Dim ZERO = Dim.of(0);
  private static final Dim ONE = Dim.of(1);

  private ShapeArithmetic() {}

  static Optional<List<Dim>> add(NodeFacts node) {
    return pairwise(node, (a, b) -> Optional.of(a.plus(b)));
  }

  static Optional<List<Dim>> subtract(NodeFacts node) {
    return pairwise(node, (a, b) -> Optional.of(a.minus(b)));
  }

  static Optional<List<Dim>> multiply(NodeFacts node) {
    return pairwise(node, (a, b) -> Optional.of(a.times(b)));
  }

  /** Rounds towards zero, as ONNX does for whole numbers. */
  static Optional<List<Dim>> divide(NodeFacts node) {
    return pairwise(
        node,
        (a, b) -> {
          if (areKnown(a, b) && !b.is(0)) {
            return Optional.of(Dim.of(value(a) / value(b)));
          }
          return isNotNegative(a) && isDivisor(b) ? Optional.of(a.floorDiv(b)) : Optional.empty();
        });
  }

  /** Takes the divisor's sign, or with {@code fmod} the dividend's. */
  static Optional<List<Dim>> modulo(NodeFacts node) {
    boolean ofDividend = node.integer("fmod", 0) != 0;
    return pairwise(
        node,
        (a, b) -> {
          if (areKnown(a, b) && !b.is(0)) {
            return Optional.of(
                Dim.of(ofDividend ? value(a) % value(b) : Math.floorMod(value(a), value(b))));
          }
          boolean sure = isDivisor(b) && (!ofDividend || isNotNegative(a));
          return sure ? Optional.of(a.mod(b)) : Optional.empty();
        });
  }

  static Optional<List<Dim>> minimum(NodeFacts node) {
    return pairwise(node, (a, b) -> Optional.of(a.min(b)));
  }

  static Optional<List<Dim>> maximum(NodeFacts node) {
    return pairwise(node, (a, b) -> Optional.of(a.max(b)));
  }

  static Optional<List<Dim>> negate(NodeFacts node) {
    return each(node, a -> Optional.of(ZERO.minus(a)));
  }

  static Optional<List<Dim>> absolute(NodeFacts node) {
    return each(
        node,
        a -> {
          if (isNotNegative(a)) {
            return Optional.of(a);
          }
          return isNotNegative(ZERO.minus(a)) ? Optional.of(ZERO.minus(a)) : Optional.empty();
        });
  }

  static Optional<List<Dim>> equal(NodeFacts node) {
    return pairwise(
        node,
        (a, b) -> {
          if (a.equals(b)) {
            return Optional.of(ONE);
          }
          return isLess(a, b) || isLess(b, a) ? Optional.of(ZERO) : Optional.empty();
        });
  }

  static Optional<List<Dim>> less(NodeFacts node) {
    return pairwise(node, (a, b) -> truth(isLess(a, b), isNotNegative(a.minus(b))));
  }

  static Optional<List<Dim>> lessOrEqual(NodeFacts node) {
    return pairwise(node, (a, b) -> truth(isNotNegative(b.minus(a)), isLess(b, a)));
  }

  static Optional<List<Dim>> greater(NodeFacts node) {
    return pairwise(node, (a, b) -> truth(isLess(b, a), isNotNegative(b.minus(a))));
  }

  static Optional<List<Dim>> greaterOrEqual(NodeFacts node) {
    return pairwise(node, (a, b) -> truth(isNotNegative(a.minus(b)), isLess(a, b)));
  }

  static Optional<List<Dim>> not(NodeFacts node) {
    return each(node, a -> truth(a.is(0), a.is(1)));
  }

  static Optional<List<Dim>> and(NodeFacts node) {
    return pairwise(node, (a, b) -> truth(a.is(1) && b.is(1), a.is(0) || b.is(0)));
  }

  static Optional<List<Dim>> or(NodeFacts node) {
    return pairwise(node, (a, b) -> truth(a.is(1) || b.is(1), a.is(0) && b.is(0)));
  }

  /** Condition, then the value where it holds, then the other one. */
  static Optional<List<Dim>> where(NodeFacts node) {
    Optional<List<Dim>> condition = node.contents(0);
    Optional<List<Dim>> yes = node.contents(1);
    Optional<List<Dim>> no = node.contents(2);
    if (condition.isEmpty() || yes.isEmpty() || no.isEmpty()) {
      return Optional.empty();
    }
    OptionalInt length = length(List.of(condition.get(), yes.get(), no.get()));
    List<Dim> result = new ArrayList<>();
    for (int i = 0; i < length.orElse(0); i++) {
      Dim chosen = at(condition.get(), i);
      if (!(chosen instanceof Dim.Known)) {
        return Optional.empty();
      }
      result.add(at(chosen.is(0) ? no.get() : yes.get(), i));
    }
    return length.isPresent() ? Optional.of(result) : Optional.empty();
  }

  /** The same elements: for operators that only move a row of numbers to another place. */
  static Optional<List<Dim>> same(NodeFacts node) {
    return node.contents(0);
  }

  /** The same elements as another type, where that type holds them. */
  static Optional<List<Dim>> cast(NodeFacts node, ElementType to) {
    if (to == ElementType.BOOL) {
      return each(node, a -> truth(a.isAtLeast(1, 0), a.is(0)));
    }
    return to.isInteger()
        ? node.contents(0).filter(elements -> elements.stream().allMatch(e -> fits(e, to)))
        : Optional.empty();
  }

  private static boolean fits(Dim dim, ElementType type) {
    if (!(dim instanceof Dim.Known known)) {
      return type == ElementType.INT64 || type == ElementType.INT32;
    }
    return switch (type) {
      case INT64 -> true;
      case INT32 -> known.value() == (int) known.value();
      default -> known.value() >= 0 && known.value() <= Byte.MAX_VALUE;
    };
  }

  private static Optional<List<Dim>> each(NodeFacts node, OneRule rule) {
    return node.contents(0)
        .flatMap(elements -> collect(node, elements.size(), i -> rule.of(elements.get(i))));
  }

  private static Optional<List<Dim>> pairwise(NodeFacts node, PairRule rule) {
    Optional<List<Dim>> result = node.contents(0);
    for (int input = 1; input < node.inputCount() && result.isPresent(); input++) {
      List<Dim> left = result.get();
      Optional<List<Dim>> right = node.contents(input);
      if (right.isEmpty()) {
        return Optional.empty();
      }
      OptionalInt length = length(List.of(left, right.get()));
      if (length.isEmpty()) {
        return Optional.empty();
      }
      result = collect(node, length.getAsInt(), i -> rule.of(at(left, i), at(right.get(), i)));
    }
    return result;
  }

  private static Optional<List<Dim>> collect(NodeFacts node, int length, ElementRule rule) {
    List<Dim> result = new ArrayList<>();
    for (int i = 0; i < length; i++) {
      Optional<Dim> element = rule.at(i).filter(e -> fits(e, node.element(0)));
      if (element.isEmpty()) {
        return Optional.empty();
      }
      result.add(element.get());
    }
    return Optional.of(result);
  }

  // Rows of one element stretch, as scalars do; a row without elements stays one.
  private static OptionalInt length(List<List<Dim>> operands) {
    int length = 1;
    for (List<Dim> operand : operands) {
      if (operand.size() != 1 && length != 1 && operand.size() != length) {
        return OptionalInt.empty();
      }
      length = operand.size() == 1 ? length : operand.size();
    }
    return OptionalInt.of(length);
  }

  private static Dim at(List<Dim> elements, int index) {
    return elements.get(elements.size() == 1 ? 0 : index);
  }

  private static boolean areKnown(Dim a, Dim b) {
    return a instanceof Dim.Known && b instanceof Dim.Known;
  }

  private static long value(Dim known) {
    return known.size().orElseThrow();
  }

  private static boolean isNotNegative(Dim dim) {
    return dim.isAtLeast(0, 0);
  }

  // By a size of zero nothing is divided: one that only a run tells is above it here.
  private static boolean isDivisor(Dim dim) {
    return dim.isAtLeast(1, 1);
  }

  private static boolean isLess(Dim a, Dim b) {
    return b.minus(a).isAtLeast(1, 0);
  }

  private static Optional<Dim> truth(boolean holds, boolean fails) {
    if (holds) {
      return Optional.of(ONE);
    }
    return fails ? Optional.of(ZERO) : Optional.empty();
  }

  private interface OneRule {
    Optional<Dim> of(Dim a);
  }

  private interface PairRule {
    Optional<Dim> of(Dim a, Dim b);
  }

  private interface ElementRule {
    Optional<Dim> at(int index);
  }
}
