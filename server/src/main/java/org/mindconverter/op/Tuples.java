// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.StridedView;

/** Tables of positions whose last axis is one position for each of the first axes of a tensor. */
final class Tuples {
  private Tuples() {}

  /** For each tuple, where in a tensor of that shape the block that it names begins. */
  static int[] starts(NodeFacts node, NumericTensor tuples, List<Long> dims)
      throws ConversionException {
    int length = length(node, tuples, dims);
    long[] strides = StridedView.strides(dims);
    int[] starts = new int[Math.toIntExact(tuples.size() / length)];
    for (int i = 0; i < starts.length; i++) {
      long start = 0;
      for (int axis = 0; axis < length; axis++) {
        int size = Math.toIntExact(dims.get(axis));
        start += Axes.front(node, tuples.integer(i * length + axis), size) * strides[axis];
      }
      starts[i] = Math.toIntExact(start);
    }
    return starts;
  }

  private static int length(NodeFacts node, NumericTensor tuples, List<Long> dims)
      throws ConversionException {
    List<Long> shape = tuples.dims();
    long length = shape.isEmpty() ? 0 : shape.get(shape.size() - 1);
    if (length < 1 || length > dims.size() || tuples.element().isFloating()) {
      throw node.malformed("positions of shape %s into %s".formatted(shape, dims));
    }
    return (int) length;
  }

  /** How many elements a block holds. */
  static int block(NumericTensor tuples, List<Long> dims) {
    int length = Math.toIntExact(tuples.dims().get(tuples.dims().size() - 1));
    return Math.toIntExact(
        dims.subList(length, dims.size()).stream().reduce(1L, (a, b) -> a * b));
  }
}
