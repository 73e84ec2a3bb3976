// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Other shapes of the same elements. */
public final class Shaping {
  private Shaping() {}

  /** What a 0 in a wanted shape means. */
  public enum Zero {
    /** The dimension that the operand has there. */
    COPIED,
    /** An empty dimension. */
    EMPTY
  }

  /**
   * In the wanted shape.
   *
   * @param shape one dimension may be -1: what remains
   */
  public static NumericTensor reshape(NumericTensor a, List<Long> shape, Zero zero) {
    List<Long> dims = new ArrayList<>(shape);
    for (int i = 0; zero == Zero.COPIED && i < dims.size(); i++) {
      if (dims.get(i) == 0) {
        dims.set(i, a.dims().get(Places.axis(i, a.rank())));
      }
    }
    int open = dims.indexOf(-1L);
    if (open >= 0) {
      dims.set(open, 1L);
      int others = Places.count(dims);
      if (others == 0 || a.count() % others != 0) {
        throw FoldException.misfit("%s cannot become %s".formatted(a.dims(), shape));
      }
      dims.set(open, (long) a.count() / others);
    }
    return shaped(a, dims);
  }

  private static NumericTensor shaped(NumericTensor a, List<Long> dims) {
    if (Places.count(dims) != a.count()) {
      throw FoldException.misfit("%s cannot become %s".formatted(a.dims(), dims));
    }
    return a.inShape(dims);
  }

  /** As a matrix, whose columns are the axes from that one on; it may equal the rank. */
  public static NumericTensor flatten(NumericTensor a, long axis) {
    int split = axis == a.rank() ? a.rank() : Places.axis(axis, a.rank());
    long rows = Places.count(a.dims().subList(0, split));
    long columns = Places.count(a.dims().subList(split, a.rank()));
    return shaped(a, List.of(rows, columns));
  }

  /** Without those axes, all of size 1. */
  public static NumericTensor squeeze(NumericTensor a, List<Long> axes) {
    List<Integer> dropped = Places.axes(axes, a.rank());
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < a.rank(); i++) {
      if (!dropped.contains(i)) {
        dims.add(a.dims().get(i));
      }
    }
    return shaped(a, dims);
  }

  /** Without any axis of size 1. */
  public static NumericTensor squeeze(NumericTensor a) {
    return shaped(a, a.dims().stream().filter(d -> d != 1).toList());
  }

  /**
   * With further axes of size 1.
   *
   * @param axes where they are in the result
   */
  public static NumericTensor unsqueeze(NumericTensor a, List<Long> axes) {
    List<Long> dims = new ArrayList<>(a.dims());
    for (int axis : Places.axes(axes, a.rank() + axes.size())) {
      dims.add(axis, 1L);
    }
    return shaped(a, dims);
  }

  /** With the axes in another order: axis {@code i} of the result is {@code order.get(i)} here. */
  public static NumericTensor transpose(NumericTensor a, List<Long> order) {
    if (!Places.axes(order, a.rank()).equals(IntStream.range(0, a.rank()).boxed().toList())) {
      throw FoldException.misfit("%s does not permute %s".formatted(order, a.dims()));
    }
    long[] from = Places.strides(a.dims());
    int[] axes = order.stream().mapToInt(i -> Places.axis(i, a.rank())).toArray();
    List<Long> dims = IntStream.of(axes).mapToObj(a.dims()::get).toList();
    long[] strides = IntStream.of(axes).mapToLong(i -> from[i]).toArray();
    return a.picked(dims, Places.strided(dims, strides, 0));
  }
}
