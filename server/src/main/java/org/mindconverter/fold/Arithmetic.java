// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.function.LongBinaryOperator;
import org.mindconverter.ir.ElementCast;
import org.mindconverter.ir.ElementType;

/** Functions of two numbers, element by element with broadcasting. Whole results wrap around. */
public final class Arithmetic {
  private Arithmetic() {}

  /** Sum. */
  public static NumericTensor add(NumericTensor a, NumericTensor b) {
    return Elementwise.numbers(a, b, Long::sum, Double::sum);
  }

  /** Difference. */
  public static NumericTensor sub(NumericTensor a, NumericTensor b) {
    return Elementwise.numbers(a, b, (x, y) -> x - y, (x, y) -> x - y);
  }

  /** Product. */
  public static NumericTensor mul(NumericTensor a, NumericTensor b) {
    return Elementwise.numbers(a, b, (x, y) -> x * y, (x, y) -> x * y);
  }

  /** Quotient; of whole numbers, without the fraction. */
  public static NumericTensor div(NumericTensor a, NumericTensor b) {
    LongBinaryOperator quotient = isUnsigned64(a) ? Long::divideUnsigned : (x, y) -> x / y;
    return Elementwise.numbers(a, b, dividing(quotient), (x, y) -> x / y);
  }

  /** Remainder with the sign of the divisor. */
  public static NumericTensor mod(NumericTensor a, NumericTensor b) {
    LongBinaryOperator remainder = isUnsigned64(a) ? Long::remainderUnsigned : Math::floorMod;
    return Elementwise.numbers(a, b, dividing(remainder), Arithmetic::floorMod);
  }

  /** Remainder with the sign of the dividend, as C's {@code fmod}. */
  public static NumericTensor fmod(NumericTensor a, NumericTensor b) {
    LongBinaryOperator remainder = isUnsigned64(a) ? Long::remainderUnsigned : (x, y) -> x % y;
    return Elementwise.numbers(a, b, dividing(remainder), (x, y) -> x % y);
  }

  /** Power; of the base's type, the exponent may have another. */
  public static NumericTensor pow(NumericTensor a, NumericTensor b) {
    Elementwise.requireNumbers(a);
    Elementwise.requireNumbers(b);
    double[] powers = Elementwise.reals(a, b, Math::pow);
    if (a.element().isFloating()) {
      return NumericTensor.ofReals(a.element(), Elementwise.dims(a, b), powers);
    }
    long[] whole = new long[powers.length];
    for (int i = 0; i < whole.length; i++) {
      whole[i] = ElementCast.toWhole(a.element(), powers[i]);
    }
    return NumericTensor.ofIntegers(a.element(), Elementwise.dims(a, b), whole);
  }

  /** The smaller one; no number, where either is none. */
  public static NumericTensor min(NumericTensor a, NumericTensor b) {
    LongBinaryOperator least =
        isUnsigned64(a) ? (x, y) -> Long.compareUnsigned(x, y) < 0 ? x : y : Math::min;
    return Elementwise.numbers(a, b, least, Math::min);
  }

  /** The larger one; no number, where either is none. */
  public static NumericTensor max(NumericTensor a, NumericTensor b) {
    LongBinaryOperator most =
        isUnsigned64(a) ? (x, y) -> Long.compareUnsigned(x, y) > 0 ? x : y : Math::max;
    return Elementwise.numbers(a, b, most, Math::max);
  }

  private static double floorMod(double x, double y) {
    double rest = x % y;
    if (rest == 0) {
      return Math.copySign(rest, y);
    }
    return rest < 0 == y < 0 || Double.isNaN(rest) ? rest : rest + y;
  }

  private static LongBinaryOperator dividing(LongBinaryOperator function) {
    return (x, y) -> {
      if (y == 0) {
        throw FoldException.undefined("a whole number is divided by 0");
      }
      return function.applyAsLong(x, y);
    };
  }

  private static boolean isUnsigned64(NumericTensor a) {
    return a.element() == ElementType.UINT64;
  }
}
