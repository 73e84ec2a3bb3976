// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.ArrayList;
import java.util.List;

/** Products of matrices, the last two axes of tensors. Real ones are rounded once each. */
public final class MatrixProduct {
  /** Most multiplications that are made for one product. */
  static final long MOST_STEPS = 1 << 26;

  private MatrixProduct() {}

  /** As numpy's {@code matmul}: a vector is a row on the left, a column on the right. */
  public static NumericTensor matMul(NumericTensor a, NumericTensor b) {
    Elementwise.requireSame(a, b);
    Elementwise.requireNumbers(a);
    if (a.rank() == 0 || b.rank() == 0) {
      throw FoldException.misfit("a scalar is no matrix");
    }
    NumericTensor left = a.rank() == 1 ? Shaping.unsqueeze(a, List.of(0L)) : a;
    NumericTensor right = b.rank() == 1 ? Shaping.unsqueeze(b, List.of(1L)) : b;
    NumericTensor product = product(left, right);
    List<Long> vectors = new ArrayList<>();
    if (a.rank() == 1) {
      vectors.add(-2L);
    }
    if (b.rank() == 1) {
      vectors.add(-1L);
    }
    return Shaping.squeeze(product, vectors);
  }

  private static NumericTensor product(NumericTensor a, NumericTensor b) {
    List<Long> aBatch = a.dims().subList(0, a.rank() - 2);
    List<Long> bBatch = b.dims().subList(0, b.rank() - 2);
    List<Long> batch = Places.broadcastDims(aBatch, bBatch);
    long rows = a.dims().get(a.rank() - 2);
    long inner = a.dims().get(a.rank() - 1);
    long columns = b.dims().get(b.rank() - 1);
    List<Long> dims = Places.joined(List.of(batch, List.of(rows, columns)));
    if (inner != b.dims().get(b.rank() - 2)) {
      throw FoldException.misfit("%s times %s".formatted(a.dims(), b.dims()));
    }
    int count = Places.count(dims);
    if (count * (double) inner > MOST_STEPS) {
      throw FoldException.tooLarge("%s times %s".formatted(a.dims(), b.dims()));
    }
    if (count == 0) {
      return a.picked(dims, new int[0]);
    }
    int[] left = Places.strided(dims, strides(a, batch.size(), inner, 0), 0);
    int[] right = Places.strided(dims, strides(b, batch.size(), 0, 1), 0);
    return a.element().isFloating()
        ? NumericTensor.ofReals(a.element(), dims, reals(a, b, left, right))
        : NumericTensor.ofIntegers(a.element(), dims, integers(a, b, left, right));
  }

  /** Where rows or columns begin, for every element of the product. */
  private static long[] strides(NumericTensor a, int batchRank, long row, long column) {
    long[] own = Places.strides(a.dims());
    long[] strides = new long[batchRank + 2];
    int lead = strides.length - own.length;
    for (int i = 0; i < own.length - 2; i++) {
      strides[lead + i] = a.dims().get(i) == 1 ? 0 : own[i];
    }
    strides[batchRank] = row;
    strides[batchRank + 1] = column;
    return strides;
  }

  private static double[] reals(NumericTensor a, NumericTensor b, int[] left, int[] right) {
    int inner = Math.toIntExact(a.dims().get(a.rank() - 1));
    int step = Math.toIntExact(b.dims().get(b.rank() - 1));
    double[] sums = new double[left.length];
    for (int i = 0; i < sums.length; i++) {
      for (int k = 0; k < inner; k++) {
        sums[i] += a.real(left[i] + k) * b.real(right[i] + k * step);
      }
    }
    return sums;
  }

  private static long[] integers(NumericTensor a, NumericTensor b, int[] left, int[] right) {
    int inner = Math.toIntExact(a.dims().get(a.rank() - 1));
    int step = Math.toIntExact(b.dims().get(b.rank() - 1));
    long[] sums = new long[left.length];
    for (int i = 0; i < sums.length; i++) {
      for (int k = 0; k < inner; k++) {
        sums[i] += a.integer(left[i] + k) * b.integer(right[i] + k * step);
      }
    }
    return sums;
  }
}
