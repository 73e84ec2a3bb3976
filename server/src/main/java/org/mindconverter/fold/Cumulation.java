// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;

/** Sums of all elements up to each. Real ones are rounded once each. */
public final class Cumulation {
  private Cumulation() {}

  /** Whether an element belongs to its own sum. */
  public enum Own {
    /** It does. */
    INCLUDED,
    /** It does not: the first sum is 0. */
    EXCLUDED
  }

  /** From which end the sums begin. */
  public enum From {
    /** From index 0. */
    START,
    /** From the last index. */
    END
  }

  /** Sums along an axis. */
  public static NumericTensor cumSum(NumericTensor a, long axis, Own own, From from) {
    Elementwise.requireNumbers(a);
    int at = Places.axis(axis, a.rank());
    List<Long> lines = Places.with(a.dims(), at, Math.min(1, a.dims().get(at)));
    long[] strides = Places.strides(a.dims());
    int size = Math.toIntExact(a.count() == 0 ? 0 : a.dims().get(at));
    int step = (int) strides[at] * (from == From.START ? 1 : -1);
    int offset = from == From.START ? 0 : (size - 1) * (int) strides[at];
    boolean real = a.element().isFloating();
    double[] reals = new double[real ? a.count() : 0];
    long[] integers = new long[real ? 0 : a.count()];
    for (int line : Places.strided(lines, strides, 0)) {
      if (real) {
        sum(a, reals, line + offset, step, size, own);
      } else {
        sum(a, integers, line + offset, step, size, own);
      }
    }
    return real
        ? NumericTensor.ofReals(a.element(), a.dims(), reals)
        : NumericTensor.ofIntegers(a.element(), a.dims(), integers);
  }

  private static void sum(NumericTensor a, double[] sums, int start, int step, int size, Own own) {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      int place = start + i * step;
      double next = sum + a.real(place);
      sums[place] = own == Own.INCLUDED ? next : sum;
      sum = next;
    }
  }

  private static void sum(NumericTensor a, long[] sums, int start, int step, int size, Own own) {
    long sum = 0;
    for (int i = 0; i < size; i++) {
      int place = start + i * step;
      long next = sum + a.integer(place);
      sums[place] = own == Own.INCLUDED ? next : sum;
      sum = next;
    }
  }
}
