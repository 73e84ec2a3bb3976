// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.ArrayList;
import java.util.List;

/** Parts of a tensor. */
public final class Slicing {
  private Slicing() {}

  /**
   * A range per axis, one entry each in four lists of the same length.
   *
   * @param starts may count from the end; what lies outside is cut off
   * @param ends exclusive; as the starts
   * @param steps not 0; negative ones go backwards
   */
  public static NumericTensor slice(
      NumericTensor a, List<Long> starts, List<Long> ends, List<Long> axes, List<Long> steps) {
    if (starts.size() != ends.size()
        || starts.size() != axes.size()
        || starts.size() != steps.size()) {
      throw FoldException.misfit("starts, ends, axes and steps differ in number");
    }
    Places.axes(axes, a.rank());
    NumericTensor result = a;
    for (int i = 0; i < starts.size(); i++) {
      int axis = Places.axis(axes.get(i), a.rank());
      Range range = Range.of(a.dims().get(axis), starts.get(i), ends.get(i), steps.get(i));
      result = taken(result, axis, range);
    }
    return result;
  }

  /** Parts of those sizes, one behind the other along an axis. */
  public static List<NumericTensor> split(NumericTensor a, long axis, List<Long> sizes) {
    int at = Places.axis(axis, a.rank());
    if (sizes.stream().anyMatch(s -> s < 0)
        || sizes.stream().mapToLong(s -> s).sum() != a.dims().get(at)) {
      throw FoldException.misfit("%s cannot be split into %s".formatted(a.dims(), sizes));
    }
    List<NumericTensor> parts = new ArrayList<>();
    long start = 0;
    for (long size : sizes) {
      parts.add(taken(a, at, new Range(start, size, 1)));
      start += size;
    }
    return parts;
  }

  private static NumericTensor taken(NumericTensor a, int axis, Range range) {
    long[] strides = Places.strides(a.dims());
    long start = range.start() * strides[axis];
    // Of one place, no step is made; a step of any size must not overflow.
    strides[axis] *= range.count() > 1 ? range.step() : 0;
    List<Long> dims = Places.with(a.dims(), axis, range.count());
    return a.picked(dims, Places.strided(dims, strides, start));
  }

  /** So many places of an axis. */
  private record Range(long start, long count, long step) {
    static Range of(long size, long start, long end, long step) {
      if (step == 0) {
        throw FoldException.misfit("the step is 0");
      }
      if (size == 0) {
        return new Range(0, 0, step);
      }
      long last = step > 0 ? size : size - 1;
      long from = Math.min(Math.max(fromEnd(start, size), 0), last);
      long to = Math.min(Math.max(fromEnd(end, size), step > 0 ? 0 : -1), last);
      long way = step > 0 ? to - from : from - to;
      // The opposite of the least long is itself; divided by it, any way is 0.
      return new Range(from, way <= 0 ? 0 : (way - 1) / Math.abs(step) + 1, step);
    }

    private static long fromEnd(long index, long size) {
      return index < 0 ? index + size : index;
    }
  }
}
