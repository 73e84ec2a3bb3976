// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.Arrays;
import java.util.List;

/** Elements chosen by indices, which may count from the end. */
public final class Gathering {
  private Gathering() {}

  /** For every index, what stands there on an axis; the indices' axes take the axis' place. */
  public static NumericTensor gather(NumericTensor a, NumericTensor indices, long axis) {
    Elementwise.requireWhole(indices);
    int at = Places.axis(axis, a.rank());
    long size = a.dims().get(at);
    List<Long> before = a.dims().subList(0, at);
    List<Long> behind = a.dims().subList(at + 1, a.rank());
    long[] own = Places.strides(a.dims());
    int[] outer = Places.strided(before, Arrays.copyOf(own, at), 0);
    int[] inner = Places.strided(behind, Places.strides(behind), 0);
    List<Long> dims = Places.joined(List.of(before, indices.dims(), behind));
    int[] places = new int[Places.count(dims)];
    int next = 0;
    for (int start : outer) {
      for (int i = 0; i < indices.count() && inner.length > 0; i++) {
        long from = start + Places.index(indices.integer(i), size) * own[at];
        for (int rest : inner) {
          places[next++] = (int) from + rest;
        }
      }
    }
    return a.picked(dims, places);
  }

  /** For every index, what stands at its own place but, on an axis, at the index. */
  public static NumericTensor gatherElements(NumericTensor a, NumericTensor indices, long axis) {
    Elementwise.requireWhole(indices);
    int at = Places.axis(axis, a.rank());
    requireInside(a, indices, at);
    long[] strides = Places.strides(a.dims());
    long stride = strides[at];
    strides[at] = 0;
    int[] places = Places.strided(indices.dims(), strides, 0);
    for (int i = 0; i < places.length; i++) {
      places[i] += (int) (Places.index(indices.integer(i), a.dims().get(at)) * stride);
    }
    return a.picked(indices.dims(), places);
  }

  private static void requireInside(NumericTensor a, NumericTensor indices, int at) {
    boolean fits = indices.rank() == a.rank();
    for (int i = 0; fits && i < a.rank(); i++) {
      fits = i == at || indices.dims().get(i) <= a.dims().get(i);
    }
    if (!fits) {
      throw FoldException.misfit("indices of %s for %s".formatted(indices.dims(), a.dims()));
    }
  }

  /**
   * For every row of indices (the last axis), what they point to.
   *
   * @param batch so many leading axes, the same in both, are walked together
   */
  public static NumericTensor gatherNd(NumericTensor a, NumericTensor indices, long batch) {
    Rows rows = Rows.of(a.dims(), indices, batch);
    List<Long> dims = Places.joined(List.of(rows.dims(), rows.rest()));
    int[] inner = Places.strided(rows.rest(), Places.strides(rows.rest()), 0);
    int[] places = new int[Places.count(dims)];
    int next = 0;
    for (int row = 0; row < rows.count() && inner.length > 0; row++) {
      int start = rows.start(row);
      for (int rest : inner) {
        places[next++] = start + rest;
      }
    }
    return a.picked(dims, places);
  }

  /**
   * Rows of indices into leading axes of a shape.
   *
   * @param dims how the rows are laid out
   * @param rest axes that the indices do not reach
   */
  record Rows(
      List<Long> shape, NumericTensor indices, int batch, List<Long> dims, List<Long> rest) {
    static Rows of(List<Long> shape, NumericTensor indices, long batch) {
      Elementwise.requireWhole(indices);
      int last = indices.rank() - 1;
      boolean fits = last >= 0 && batch >= 0 && batch <= Math.min(last, shape.size());
      if (!fits
          || batch + indices.dims().get(last) > shape.size()
          || !shape.subList(0, (int) batch).equals(indices.dims().subList(0, (int) batch))) {
        throw FoldException.misfit("rows of indices %s for %s".formatted(indices.dims(), shape));
      }
      int reached = (int) (batch + indices.dims().get(last));
      return new Rows(
          shape,
          indices,
          (int) batch,
          indices.dims().subList(0, last),
          shape.subList(reached, shape.size()));
    }

    int count() {
      return Places.count(dims);
    }

    /** Position in the shape that a row points to. */
    int start(int row) {
      long[] strides = Places.strides(shape);
      int width = Math.toIntExact(indices.dims().get(indices.rank() - 1));
      int rowsPerBatch = count() / Places.count(shape.subList(0, batch));
      long place = batch == 0 ? 0 : row / rowsPerBatch * strides[batch - 1];
      for (int i = 0; i < width; i++) {
        long index = Places.index(indices.integer(row * width + i), shape.get(batch + i));
        place += index * strides[batch + i];
      }
      return (int) place;
    }
  }
}
