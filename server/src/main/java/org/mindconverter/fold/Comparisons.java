// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;
import org.mindconverter.ir.ElementType;

/** Comparisons of two numbers, element by element with broadcasting. */
public final class Comparisons {
  private Comparisons() {}

  /** Whether they are the same; truth values, too. */
  public static NumericTensor equal(NumericTensor a, NumericTensor b) {
    return compare(a, b, order -> order == 0);
  }

  /** Whether the first is the smaller one. */
  public static NumericTensor less(NumericTensor a, NumericTensor b) {
    return ordered(a, b, order -> order < 0);
  }

  /** Whether the first is not the larger one. */
  public static NumericTensor lessOrEqual(NumericTensor a, NumericTensor b) {
    return ordered(a, b, order -> order <= 0);
  }

  /** Whether the first is the larger one. */
  public static NumericTensor greater(NumericTensor a, NumericTensor b) {
    return ordered(a, b, order -> order > 0);
  }

  /** Whether the first is not the smaller one. */
  public static NumericTensor greaterOrEqual(NumericTensor a, NumericTensor b) {
    return ordered(a, b, order -> order >= 0);
  }

  /** What an order of two numbers (below, at or above 0) means. */
  @FunctionalInterface
  private interface Meaning {
    boolean of(int order);
  }

  private static NumericTensor ordered(NumericTensor a, NumericTensor b, Meaning meaning) {
    Elementwise.requireNumbers(a);
    return compare(a, b, meaning);
  }

  private static NumericTensor compare(NumericTensor a, NumericTensor b, Meaning meaning) {
    Elementwise.requireSame(a, b);
    if (a.element().isFloating()) {
      return reals(a, b, meaning);
    }
    boolean unsigned = a.element() == ElementType.UINT64;
    return Elementwise.whole(
        a,
        b,
        ElementType.BOOL,
        (x, y) -> meaning.of(unsigned ? Long.compareUnsigned(x, y) : Long.compare(x, y)) ? 1 : 0);
  }

  private static NumericTensor reals(NumericTensor a, NumericTensor b, Meaning meaning) {
    List<Long> dims = Elementwise.dims(a, b);
    double[] truths =
        Elementwise.reals(
            a, b, (x, y) -> !isUnordered(x, y) && meaning.of(x < y ? -1 : x > y ? 1 : 0) ? 1 : 0);
    long[] values = new long[truths.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (long) truths[i];
    }
    return NumericTensor.ofIntegers(ElementType.BOOL, dims, values);
  }

  private static boolean isUnordered(double x, double y) {
    return Double.isNaN(x) || Double.isNaN(y);
  }
}
