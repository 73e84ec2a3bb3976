// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Row-major positions of elements. */
final class Places {
  private Places() {}

  /** Number of elements of a shape. */
  static int count(List<Long> dims) {
    // Of those that are not 0: products of an empty shape's dimensions must not overflow, either.
    long product = 1;
    for (long dim : dims) {
      if (dim < 0) {
        throw FoldException.misfit("a dimension is negative: %s".formatted(dims));
      }
      if (dim > 0 && product > Long.MAX_VALUE / dim) {
        throw FoldException.tooLarge("%s has too many elements".formatted(dims));
      }
      product *= dim == 0 ? 1 : dim;
    }
    if (dims.contains(0L)) {
      return 0;
    }
    if (product > NumericTensor.MOST_ELEMENTS) {
      throw FoldException.tooLarge("%s has too many elements".formatted(dims));
    }
    return (int) product;
  }

  /** Positions from one place of an axis to the next. */
  static long[] strides(List<Long> dims) {
    long[] strides = new long[dims.size()];
    long stride = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims.get(i);
    }
    return strides;
  }

  /** For every element of the shape, in order, {@code start} and so many strides per axis. */
  static int[] strided(List<Long> dims, long[] strides, long start) {
    int[] places = new int[count(dims)];
    long[] index = new long[strides.length];
    long place = start;
    for (int i = 0; i < places.length; i++) {
      places[i] = (int) place;
      int axis = strides.length - 1;
      while (axis >= 0) {
        place += strides[axis];
        if (++index[axis] < dims.get(axis)) {
          break;
        }
        place -= strides[axis] * index[axis];
        index[axis] = 0;
        axis--;
      }
    }
    return places;
  }

  /** For every element of {@code to}, the one of {@code from} that broadcasting puts there. */
  static int[] broadcast(List<Long> from, List<Long> to) {
    long[] own = strides(from);
    long[] strides = new long[to.size()];
    int lead = to.size() - from.size();
    for (int i = 0; i < own.length; i++) {
      strides[lead + i] = from.get(i) == 1 ? 0 : own[i];
    }
    return strided(to, strides, 0);
  }

  /** The shape that both are broadcast to. */
  static List<Long> broadcastDims(List<Long> a, List<Long> b) {
    int rank = Math.max(a.size(), b.size());
    List<Long> dims = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      long x = i < rank - a.size() ? 1 : a.get(i - rank + a.size());
      long y = i < rank - b.size() ? 1 : b.get(i - rank + b.size());
      if (x != y && x != 1 && y != 1) {
        throw FoldException.misfit("%s and %s do not broadcast".formatted(a, b));
      }
      dims.add(x == 1 ? y : x);
    }
    return dims;
  }

  /** An axis that may count from the end. */
  static int axis(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw FoldException.misfit("axis %d is not one of %d".formatted(axis, rank));
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Different axes in ascending order, each of which may count from the end. */
  static List<Integer> axes(List<Long> axes, int rank) {
    TreeSet<Integer> sorted = new TreeSet<>();
    for (long axis : axes) {
      if (!sorted.add(axis(axis, rank))) {
        throw FoldException.misfit("an axis is named twice: %s".formatted(axes));
      }
    }
    return List.copyOf(sorted);
  }

  /** An index that may count from the end. */
  static long index(long index, long size) {
    if (index < -size || index >= size) {
      throw FoldException.misfit("index %d is outside of %d".formatted(index, size));
    }
    return index < 0 ? index + size : index;
  }

  /** A shape with one dimension replaced. */
  static List<Long> with(List<Long> dims, int axis, long size) {
    List<Long> changed = new ArrayList<>(dims);
    changed.set(axis, size);
    return changed;
  }

  /** Several shapes as one. */
  static List<Long> joined(List<List<Long>> parts) {
    return parts.stream().flatMap(List::stream).toList();
  }
}
