// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

/** Type rules that many operators share. */
final class TypeRules {
  private static final int LARGEST_RANK = 64;

  private TypeRules() {}

  /** How many numbers a row holds that tells a shape, where that is known and no rank is absurd. */
  static OptionalInt rowLength(NodeFacts node, int input) {
    Optional<Shape> row = node.shape(input).filter(shape -> shape.rank() == 1);
    OptionalLong length = row.isPresent() ? row.get().dim(0).size() : OptionalLong.empty();
    return length.isPresent() && length.getAsLong() <= LARGEST_RANK
        ? OptionalInt.of((int) length.getAsLong())
        : OptionalInt.empty();
  }

  /** The first operand's type. */
  static List<TensorType> sameAsFirst(NodeFacts node) {
    return List.of(node.type(0));
  }

  /** The first operand's shape, with elements of that type. */
  static Inference sameShape(ElementType element) {
    return node -> List.of(node.type(0).withElement(element));
  }

  /** The common shape of all operands, with elements as they have. */
  static List<TensorType> broadcast(NodeFacts node) throws ConversionException {
    ElementType element = node.element(0);
    for (int i = 1; i < node.inputCount() && element == ElementType.UNDEFINED; i++) {
      element = node.element(i);
    }
    return List.of(new TensorType(element, broadcastShape(node, 0)));
  }

  /** The common shape of all operands, with elements of that type. */
  static Inference broadcast(ElementType element) {
    return node -> List.of(new TensorType(element, broadcastShape(node, 0)));
  }

  /** The common shape of all operands from that position on; nothing where a rank is not known. */
  static Optional<Shape> broadcastShape(NodeFacts node, int from) throws ConversionException {
    Shape result = Shape.SCALAR;
    for (int i = from; i < node.inputCount(); i++) {
      Optional<Shape> shape = node.shape(i);
      if (shape.isEmpty()) {
        return Optional.empty();
      }
      Optional<Shape> both = Shape.broadcast(result, shape.get());
      if (both.isEmpty()) {
        throw node.malformed(
            "operands of shapes %s and %s do not fit".formatted(result, shape.get()));
      }
      result = both.get();
    }
    return Optional.of(result);
  }
}
