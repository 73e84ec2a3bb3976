// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;

/** Tensors made by walking over another one in steps: transposed, stretched or cut out of it. */
public final class StridedView {
  private StridedView() {}

  /** How far apart neighbours along each axis stand, in a row-major tensor of that shape. */
  public static long[] strides(List<Long> dims) {
    long[] strides = new long[dims.size()];
    long stride = 1;
    for (int axis = dims.size() - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= dims.get(axis);
    }
    return strides;
  }

  /**
   * The elements reached from a start by steps along each axis of the result.
   *
   * @param strides per axis of the result: 0 repeats, a negative one walks backwards
   */
  public static NumericTensor of(
      NumericTensor source, List<Long> dims, long[] strides, long start) {
    return source.picked(dims, position -> position(position, dims, strides, start));
  }

  private static int position(int position, List<Long> dims, long[] strides, long start) {
    long result = start;
    long rest = position;
    for (int axis = dims.size() - 1; axis >= 0; axis--) {
      result += rest % dims.get(axis) * strides[axis];
      rest /= dims.get(axis);
    }
    return Math.toIntExact(result);
  }
}
