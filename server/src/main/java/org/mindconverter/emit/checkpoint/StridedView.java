// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.TensorData;

/**
 * An array whose elements stand in some data at regular distances.
 *
 * @param elementBytes bytes of one element
 * @param offset position of the first element in the data, in elements
 * @param axes outermost first
 */
record StridedView(TensorData data, int elementBytes, long offset, List<Axis> axes) {
  /**
   * One axis.
   *
   * @param stride elements of the data from one place of the axis to the next
   */
  record Axis(long size, long stride) {}

  StridedView {
    axes = List.copyOf(axes);
  }

  /** All of the data, row-major. */
  static StridedView contiguous(TensorData data, int elementBytes, List<Long> dims) {
    return new StridedView(data, elementBytes, 0, rowMajor(dims, 1));
  }

  private static List<Axis> rowMajor(List<Long> dims, long innermost) {
    Axis[] axes = new Axis[dims.size()];
    long stride = innermost;
    for (int i = axes.length - 1; i >= 0; i--) {
      axes[i] = new Axis(dims.get(i), stride);
      stride *= dims.get(i);
    }
    return List.of(axes);
  }

  List<Long> dims() {
    return axes.stream().map(Axis::size).toList();
  }

  long count() {
    return axes.stream().mapToLong(Axis::size).reduce(1, (a, b) -> a * b);
  }

  StridedView withData(TensorData other, int otherElementBytes) {
    return new StridedView(other, otherElementBytes, offset, axes);
  }

  StridedView transposed(List<Integer> order) {
    return new StridedView(data, elementBytes, offset, order.stream().map(axes::get).toList());
  }

  StridedView sliced(int axis, long start, long length) {
    List<Axis> sliced = new ArrayList<>(axes);
    long stride = axes.get(axis).stride();
    sliced.set(axis, new Axis(length, stride));
    return new StridedView(data, elementBytes, offset + start * stride, sliced);
  }

  /** Whether the elements follow each other without a gap. */
  boolean isContiguous() {
    long expected = 1;
    for (int i = axes.size() - 1; i >= 0; i--) {
      Axis axis = axes.get(i);
      if (axis.size() != 1 && axis.stride() != expected) {
        return false;
      }
      expected *= axis.size();
    }
    return true;
  }

  /** In another shape, where regular distances can describe it. Not for empty arrays. */
  Optional<StridedView> reshaped(List<Long> dims) {
    List<Axis> old = axes.stream().filter(a -> a.size() != 1).toList();
    List<Axis> result = new ArrayList<>();
    int from = 0;
    int to = 0;
    while (to < dims.size()) {
      long have = 1;
      long want = 1;
      int firstOld = from;
      int firstNew = to;
      // The least group of axes on both sides that hold as many elements.
      do {
        if (want <= have) {
          want *= dims.get(to++);
        } else {
          have *= old.get(from++).size();
        }
      } while (want != have);
      List<Axis> group = old.subList(firstOld, from);
      if (!isEven(group)) {
        return Optional.empty();
      }
      long innermost = group.isEmpty() ? 1 : group.get(group.size() - 1).stride();
      result.addAll(rowMajor(dims.subList(firstNew, to), innermost));
    }
    return Optional.of(new StridedView(data, elementBytes, offset, result));
  }

  /** Whether the axes could be one. */
  private static boolean isEven(List<Axis> axes) {
    for (int i = 1; i < axes.size(); i++) {
      if (axes.get(i - 1).stride() != axes.get(i).size() * axes.get(i).stride()) {
        return false;
      }
    }
    return true;
  }
}
