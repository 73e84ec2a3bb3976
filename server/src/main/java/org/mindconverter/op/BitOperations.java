// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.INT16;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.INT8;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.Optional;
import org.mindconverter.fold.Bits;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions of whole numbers as rows of bits. */
final class BitOperations {
  private static final int LAST_BIT = 63;

  private BitOperations() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("BitwiseAnd")
        .infer(TypeRules::broadcast)
        .fold(Folds.all(Bits::and))
        .since(18)
        .lower(node -> binary(node, PyExpr.Operator.BIT_AND));
    ops.onnx("BitwiseOr")
        .infer(TypeRules::broadcast)
        .fold(Folds.all(Bits::or))
        .since(18)
        .lower(node -> binary(node, PyExpr.Operator.BIT_OR));
    ops.onnx("BitwiseXor")
        .infer(TypeRules::broadcast)
        .fold(Folds.all(Bits::xor))
        .since(18)
        .lower(node -> binary(node, PyExpr.Operator.BIT_XOR));
    // Not the operator ~: on numbers, that one is a logical not.
    ops.onnx("BitwiseNot")
        .infer(TypeRules::sameAsFirst)
        .fold(Folds.one(Bits::not))
        .since(18)
        .lower(
            node ->
                Lowered.of(
                    Kernel.of(INT8, INT16, INT32, INT64)
                        .wrapping()
                        .apply(node, x -> Py.minus(Py.num(-1), x))));
    ops.onnx("BitShift").infer(TypeRules::broadcast).since(11, 28).lower(BitOperations::shift);
  }

  private static Lowered binary(NodeReading node, PyExpr.Operator operator) throws Refusal {
    return Lowered.of(Py.binary(node.value(0), operator, node.value(1)));
  }

  private static Lowered shift(NodeReading node) throws Refusal {
    String direction = node.text("direction", "");
    boolean left =
        switch (direction) {
          case "LEFT" -> true;
          case "RIGHT" -> false;
          default -> throw new Refusal("attribute 'direction' is '%s'".formatted(direction));
        };
    ElementType element = node.element(0);
    if (isWithin(node.constant(1), element)) {
      String function = left ? "ops.bitwise_left_shift" : "ops.bitwise_right_shift";
      return Lowered.of(Py.call(function, node.value(0), node.value(1)));
    }
    if (element == UINT64 && !left) {
      throw new Refusal("a computed shift of uint64 to the right");
    }
    return guarded(node, element, left);
  }

  private static boolean isWithin(Optional<NumericTensor> counts, ElementType element) {
    return counts.isPresent()
        && counts.get().toLongs().stream().allMatch(c -> c >= 0 && c < element.bits());
  }

  // Counts outside of the type shift everything out, which hardware does not do by itself.
  private static Lowered guarded(NodeReading node, ElementType element, boolean left)
      throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = Kernel.cast(node.value(0), element, INT64);
    PyExpr count = steps.add("count", Kernel.cast(node.value(1), element, INT64));
    PyExpr inside = Py.call("ops.clamp", count, Py.num(0), Py.num(LAST_BIT));
    PyExpr outside = Py.binary(count, PyExpr.Operator.NOT_EQUAL, inside);
    PyExpr result;
    if (left) {
      PyExpr shifted = Py.call("ops.bitwise_left_shift", x, inside);
      result = Py.call("ops.where", outside, Py.num(0), shifted);
    } else {
      PyExpr most = Py.call("ops.where", outside, Py.num(LAST_BIT), inside);
      result = Py.call("ops.bitwise_right_shift", x, most);
    }
    return steps.result(Kernel.cast(result, INT64, element));
  }
}
