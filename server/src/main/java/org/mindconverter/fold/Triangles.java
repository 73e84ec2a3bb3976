// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;
import java.util.function.LongPredicate;

/** Matrices, the last two axes of a tensor, of which one side of a diagonal becomes 0. */
public final class Triangles {
  private Triangles() {}

  /** Keeps the diagonal {@code k} above the main one, and what is above it. */
  public static NumericTensor upper(NumericTensor a, long k) {
    return kept(a, distance -> distance >= k);
  }

  /** Keeps the diagonal {@code k} above the main one, and what is below it. */
  public static NumericTensor lower(NumericTensor a, long k) {
    return kept(a, distance -> distance <= k);
  }

  private static NumericTensor kept(NumericTensor a, LongPredicate keep) {
    if (a.rank() < 2) {
      throw FoldException.misfit("%s is no matrix".formatted(a.dims()));
    }
    List<Long> dims = a.dims();
    long[] strides = new long[a.rank()];
    strides[a.rank() - 1] = 1;
    strides[a.rank() - 2] = -1;
    // How far right of the main diagonal every element is.
    int[] distance = Places.strided(dims, strides, 0);
    Assembly result = new Assembly(a.element(), dims);
    for (int i = 0; i < distance.length; i++) {
      if (keep.test(distance[i])) {
        result.set(i, a, i);
      }
    }
    return result.finish();
  }
}
