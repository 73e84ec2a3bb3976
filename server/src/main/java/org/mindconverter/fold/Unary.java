// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.function.DoubleUnaryOperator;
import java.util.function.LongUnaryOperator;
import org.mindconverter.ir.ElementType;

/** Functions of one number, element by element. */
public final class Unary {
  private Unary() {}

  /** Opposite; the least whole number is its own. */
  public static NumericTensor neg(NumericTensor a) {
    return number(a, v -> -v, v -> -v);
  }

  /** Size; the least whole number is its own. */
  public static NumericTensor abs(NumericTensor a) {
    return isUnsigned(a.element()) ? a : number(a, Math::abs, Math::abs);
  }

  /** -1, 0 or 1. */
  public static NumericTensor sign(NumericTensor a) {
    boolean unsigned = isUnsigned(a.element());
    return number(a, v -> unsigned && v != 0 ? 1 : Long.signum(v), Math::signum);
  }

  /** Nothing below 0. */
  public static NumericTensor relu(NumericTensor a) {
    return isUnsigned(a.element()) ? a : number(a, v -> Math.max(v, 0), v -> v < 0 ? 0 : v);
  }

  /** Square root; of less than 0, no number. */
  public static NumericTensor sqrt(NumericTensor a) {
    return Elementwise.real(a, Math::sqrt);
  }

  /** One divided by it. */
  public static NumericTensor reciprocal(NumericTensor a) {
    return Elementwise.real(a, v -> 1 / v);
  }

  /** Exponential. */
  public static NumericTensor exp(NumericTensor a) {
    return Elementwise.real(a, Math::exp);
  }

  /** Natural logarithm. */
  public static NumericTensor log(NumericTensor a) {
    return Elementwise.real(a, Math::log);
  }

  /** Error function. */
  public static NumericTensor erf(NumericTensor a) {
    return Elementwise.real(a, ErrorFunction::of);
  }

  /** Sine. */
  public static NumericTensor sin(NumericTensor a) {
    return Elementwise.real(a, Math::sin);
  }

  /** Cosine. */
  public static NumericTensor cos(NumericTensor a) {
    return Elementwise.real(a, Math::cos);
  }

  /** Hyperbolic tangent. */
  public static NumericTensor tanh(NumericTensor a) {
    return Elementwise.real(a, Math::tanh);
  }

  /** Logistic function. */
  public static NumericTensor sigmoid(NumericTensor a) {
    return Elementwise.real(a, v -> 1 / (1 + Math.exp(-v)));
  }

  /** Next whole number downwards. */
  public static NumericTensor floor(NumericTensor a) {
    return Elementwise.real(a, Math::floor);
  }

  /** Next whole number upwards. */
  public static NumericTensor ceil(NumericTensor a) {
    return Elementwise.real(a, Math::ceil);
  }

  /** Nearest whole number, of two the even one. */
  public static NumericTensor round(NumericTensor a) {
    return Elementwise.real(a, Math::rint);
  }

  /** Whether it is no number. */
  public static NumericTensor isNaN(NumericTensor a) {
    Elementwise.requireReal(a);
    long[] values = new long[a.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.isNaN(a.real(i)) ? 1 : 0;
    }
    return NumericTensor.ofIntegers(ElementType.BOOL, a.dims(), values);
  }

  private static NumericTensor number(
      NumericTensor a, LongUnaryOperator whole, DoubleUnaryOperator real) {
    Elementwise.requireNumbers(a);
    return a.element().isFloating() ? Elementwise.real(a, real) : Elementwise.whole(a, whole);
  }

  private static boolean isUnsigned(ElementType type) {
    return switch (type) {
      case UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }
}
