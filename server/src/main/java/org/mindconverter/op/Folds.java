// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.mindconverter.fold.NumericTensor;

/** Functions of tensors as {@link Folding}s. */
final class Folds {
  private Folds() {}

  /** Of the first operand. */
  static Folding one(UnaryOperator<NumericTensor> function) {
    return node -> node.constant(0).map(function).map(List::of);
  }

  /** Of all operands: of the first two, then of that and the third, and so on. */
  static Folding all(BinaryOperator<NumericTensor> function) {
    return node -> {
      Optional<NumericTensor> result = node.constant(0);
      for (int i = 1; i < node.inputCount() && result.isPresent(); i++) {
        Optional<NumericTensor> next = node.constant(i);
        result = next.isEmpty() ? next : result.map(r -> function.apply(r, next.get()));
      }
      return result.map(List::of);
    };
  }
}
