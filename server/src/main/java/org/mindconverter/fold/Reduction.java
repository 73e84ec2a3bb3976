// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.stream.LongStream;
import org.mindconverter.ir.ElementType;

/** Many numbers become one, along axes. Real sums are rounded once, at their end. */
public enum Reduction {
  /** Sum; of nothing, 0. */
  SUM,
  /** Sum divided by the number of elements; of whole numbers, without the fraction. */
  MEAN,
  /** Product; of nothing, 1. */
  PROD,
  /** The largest; no number, where one is none. */
  MAX,
  /** The smallest; no number, where one is none. */
  MIN;

  /** What becomes of the axes. */
  public enum Axes {
    /** Each is left with size 1. */
    KEPT,
    /** They are gone. */
    DROPPED
  }

  /** Over all axes. */
  public NumericTensor apply(NumericTensor a, Axes fate) {
    return apply(a, LongStream.range(0, a.rank()).boxed().toList(), fate);
  }

  /**
   * Over those axes.
   *
   * @param axes may count from the end; none of them leaves the operand as it is
   */
  public NumericTensor apply(NumericTensor a, List<Long> axes, Axes fate) {
    if (this != MAX && this != MIN) {
      Elementwise.requireNumbers(a);
    }
    List<Integer> reduced = Places.axes(axes, a.rank());
    List<Long> kept = new ArrayList<>(a.dims());
    reduced.forEach(axis -> kept.set(axis, 1L));
    NumericTensor result = reduce(a, kept);
    return fate == Axes.KEPT ? result : Shaping.squeeze(result, axes);
  }

  private NumericTensor reduce(NumericTensor a, List<Long> kept) {
    int[] targets = Places.broadcast(kept, a.dims());
    int groups = Places.count(kept);
    int size = groups == 0 ? 0 : a.count() / groups;
    if (a.element().isFloating()) {
      return NumericTensor.ofReals(a.element(), kept, reals(a, targets, groups, size));
    }
    if (size == 0 && groups > 0 && this != SUM && this != PROD) {
      throw FoldException.undefined("the %s of no whole numbers".formatted(this));
    }
    return NumericTensor.ofIntegers(a.element(), kept, integers(a, targets, groups, size));
  }

  private double[] reals(NumericTensor a, int[] targets, int groups, int size) {
    double[] results = new double[groups];
    Arrays.fill(results, realStart());
    DoubleBinaryOperator step = realStep();
    for (int i = 0; i < targets.length; i++) {
      results[targets[i]] = step.applyAsDouble(results[targets[i]], a.real(i));
    }
    if (this == MEAN) {
      Arrays.setAll(results, i -> results[i] / size);
    }
    return results;
  }

  private long[] integers(NumericTensor a, int[] targets, int groups, int size) {
    boolean unsigned = a.element() == ElementType.UINT64;
    long[] results = new long[groups];
    boolean[] begun = new boolean[groups];
    Arrays.fill(results, this == PROD ? 1 : 0);
    LongBinaryOperator step = wholeStep(unsigned);
    for (int i = 0; i < targets.length; i++) {
      int at = targets[i];
      boolean first = !begun[at] && (this == MAX || this == MIN);
      results[at] = first ? a.integer(i) : step.applyAsLong(results[at], a.integer(i));
      begun[at] = true;
    }
    if (this == MEAN) {
      Arrays.setAll(
          results, i -> unsigned ? Long.divideUnsigned(results[i], size) : results[i] / size);
    }
    return results;
  }

  private double realStart() {
    return switch (this) {
      case SUM, MEAN -> 0;
      case PROD -> 1;
      case MAX -> Double.NEGATIVE_INFINITY;
      case MIN -> Double.POSITIVE_INFINITY;
    };
  }

  private DoubleBinaryOperator realStep() {
    return switch (this) {
      case SUM, MEAN -> Double::sum;
      case PROD -> (x, y) -> x * y;
      case MAX -> Math::max;
      case MIN -> Math::min;
    };
  }

  private LongBinaryOperator wholeStep(boolean unsigned) {
    return switch (this) {
      case SUM, MEAN -> Long::sum;
      case PROD -> (x, y) -> x * y;
      case MAX -> unsigned ? (x, y) -> Long.compareUnsigned(x, y) < 0 ? y : x : Math::max;
      case MIN -> unsigned ? (x, y) -> Long.compareUnsigned(x, y) > 0 ? y : x : Math::min;
    };
  }
}
