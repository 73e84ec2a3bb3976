// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Shape;

/** Constants that change nothing of the operand they are combined with, such as a mask of zeros. */
final class Neutral {
  private Neutral() {}

  /** For operators where it may be on either side. */
  static AliasRule onEitherSide(double element) {
    return node -> {
      OptionalInt first = other(node, 1, element);
      return first.isPresent() ? first : other(node, 0, element);
    };
  }

  /** For operators where it is the second operand. */
  static AliasRule second(double element) {
    return node -> other(node, 1, element);
  }

  private static OptionalInt other(NodeFacts node, int neutral, double element)
      throws ConversionException {
    if (node.inputCount() != 2) {
      return OptionalInt.empty();
    }
    int kept = 1 - neutral;
    Optional<NumericTensor> constant = node.constant(neutral);
    Optional<Shape> shape = node.shape(kept);
    boolean same =
        constant.isPresent()
            && shape.isPresent()
            && isAll(constant.get(), element)
            && shape
                .flatMap(s -> Shape.broadcast(s, Shape.ofSizes(constant.get().dims())))
                .equals(shape);
    return same ? OptionalInt.of(kept) : OptionalInt.empty();
  }

  private static boolean isAll(NumericTensor tensor, double element) {
    // Alone, 0 may be there to make 0 of -0.
    boolean any = tensor.size() > 1 || !tensor.element().isFloating() || element != 0;
    for (int i = 0; any && i < tensor.size(); i++) {
      any =
          tensor.element().isFloating() ? tensor.real(i) == element : tensor.integer(i) == element;
    }
    return any;
  }
}
