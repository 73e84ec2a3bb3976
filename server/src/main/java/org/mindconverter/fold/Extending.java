// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.ArrayList;
import java.util.List;

/** Larger tensors of the same elements. */
public final class Extending {
  private Extending() {}

  /** Broadcast with a shape: the result is never smaller than the operand along any axis. */
  public static NumericTensor expand(NumericTensor a, List<Long> shape) {
    Places.count(shape);
    List<Long> dims = Places.broadcastDims(a.dims(), shape);
    return a.picked(dims, Places.broadcast(a.dims(), dims));
  }

  /** Repeated so many times along every axis. */
  public static NumericTensor tile(NumericTensor a, List<Long> repeats) {
    if (repeats.size() != a.rank()) {
      throw FoldException.misfit("%s cannot be repeated %s times".formatted(a.dims(), repeats));
    }
    long[] from = Places.strides(a.dims());
    List<Long> dims = new ArrayList<>();
    List<Long> split = new ArrayList<>();
    long[] strides = new long[2 * from.length];
    for (int i = 0; i < from.length; i++) {
      long size = a.dims().get(i);
      Places.count(List.of(size, repeats.get(i)));
      dims.add(size * repeats.get(i));
      split.addAll(List.of(repeats.get(i), size));
      strides[2 * i + 1] = from[i];
    }
    return a.picked(dims, Places.strided(split, strides, 0));
  }

  /**
   * With further elements around it, or, by negative numbers, without its outermost ones.
   *
   * @param pads how many before each axis, then how many behind each
   * @param fill a scalar
   */
  public static NumericTensor pad(NumericTensor a, List<Long> pads, NumericTensor fill) {
    Elementwise.requireSame(a, fill);
    int rank = a.rank();
    if (pads.size() != 2 * rank || fill.count() != 1) {
      throw FoldException.misfit("%s cannot be padded by %s".formatted(a.dims(), pads));
    }
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      dims.add(padded(a.dims().get(i), pads.get(i), pads.get(i + rank)));
    }
    return padded(a, pads, fill, dims);
  }

  private static NumericTensor padded(
      NumericTensor a, List<Long> pads, NumericTensor fill, List<Long> dims) {
    long[] fromStrides = Places.strides(a.dims());
    long[] toStrides = Places.strides(dims);
    List<Long> kept = new ArrayList<>();
    long from = 0;
    long to = 0;
    for (int i = 0; i < dims.size(); i++) {
      long before = pads.get(i);
      long cutBefore = Math.max(0, -before);
      long cutBehind = Math.max(0, -pads.get(i + dims.size()));
      kept.add(a.dims().get(i) - cutBefore - cutBehind);
      from += cutBefore * fromStrides[i];
      to += (cutBefore + before) * toStrides[i];
    }
    int[] sources = Places.strided(kept, fromStrides, from);
    int[] targets = Places.strided(kept, toStrides, to);
    Assembly result = Assembly.filled(dims, fill);
    for (int i = 0; i < sources.length; i++) {
      result.set(targets[i], a, sources[i]);
    }
    return result.finish();
  }

  private static long padded(long size, long before, long behind) {
    long most = NumericTensor.MOST_ELEMENTS;
    if (before > most || behind > most) {
      throw FoldException.tooLarge("%d and %d elements are to be added".formatted(before, behind));
    }
    long cut = Math.max(0, -before) + Math.max(0, -behind);
    if (before < -size || behind < -size || cut > size) {
      throw FoldException.misfit(
          "%d and %d of %d elements are to be cut".formatted(-before, -behind, size));
    }
    return size + before + behind;
  }
}
