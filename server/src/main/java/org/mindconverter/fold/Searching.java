// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.mindconverter.ir.ElementType;

/** Where elements stand. */
public final class Searching {
  private Searching() {}

  /** Which one of equal elements is meant. */
  public enum Tie {
    /** The one with the least index. */
    FIRST,
    /** The one with the largest index. */
    LAST
  }

  /** Index of the largest element along an axis, which is left with size 1. */
  public static NumericTensor argMax(NumericTensor a, long axis, Tie tie) {
    return extreme(a, axis, tie, order -> order > 0);
  }

  /** Index of the smallest element along an axis, which is left with size 1. */
  public static NumericTensor argMin(NumericTensor a, long axis, Tie tie) {
    return extreme(a, axis, tie, order -> order < 0);
  }

  private static NumericTensor extreme(NumericTensor a, long axis, Tie tie, IntPredicate better) {
    Elementwise.requireNumbers(a);
    int at = Places.axis(axis, a.rank());
    List<Long> dims = Places.with(a.dims(), at, 1);
    long size = a.dims().get(at);
    int[] starts = Places.strided(dims, Places.strides(a.dims()), 0);
    if (size == 0 && starts.length > 0) {
      throw FoldException.misfit("%s has no element along axis %d".formatted(a.dims(), at));
    }
    int stride = (int) Places.strides(a.dims())[at];
    long[] found = new long[starts.length];
    for (int i = 0; i < starts.length; i++) {
      int best = 0;
      for (int place = 1; place < size; place++) {
        int order = compare(a, starts[i] + place * stride, starts[i] + best * stride);
        if (better.test(order) || (order == 0 && tie == Tie.LAST)) {
          best = place;
        }
      }
      found[i] = best;
    }
    return NumericTensor.ofIntegers(ElementType.INT64, dims, found);
  }

  private static int compare(NumericTensor a, int x, int y) {
    if (a.element().isFloating()) {
      if (Double.isNaN(a.real(x)) || Double.isNaN(a.real(y))) {
        throw FoldException.undefined("no order is defined where there is no number");
      }
      return a.real(x) == a.real(y) ? 0 : Double.compare(a.real(x), a.real(y));
    }
    return a.element() == ElementType.UINT64
        ? Long.compareUnsigned(a.integer(x), a.integer(y))
        : Long.compare(a.integer(x), a.integer(y));
  }

  /** Indices of all elements other than 0: a column per element, a row per axis. */
  public static NumericTensor nonZero(NumericTensor a) {
    List<Integer> found = new ArrayList<>();
    for (int i = 0; i < a.count(); i++) {
      if (a.element().isFloating() ? a.real(i) != 0 : a.integer(i) != 0) {
        found.add(i);
      }
    }
    // A scalar counts as a row of one.
    List<Long> shape = a.rank() == 0 ? List.of(1L) : a.dims();
    long[] strides = Places.strides(shape);
    long[] indices = new long[Math.multiplyExact(strides.length, found.size())];
    for (int axis = 0; axis < strides.length; axis++) {
      for (int i = 0; i < found.size(); i++) {
        long places = found.get(i) / strides[axis];
        indices[axis * found.size() + i] = places % shape.get(axis);
      }
    }
    List<Long> dims = List.of((long) strides.length, (long) found.size());
    return NumericTensor.ofIntegers(ElementType.INT64, dims, indices);
  }
}
