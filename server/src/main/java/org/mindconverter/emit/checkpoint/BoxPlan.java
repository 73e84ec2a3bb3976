// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the elements of a view are read: in the order in which they stand in the data, run by run.
 *
 * @param axes in the data's order; the last one is a run, whose elements follow each other
 * @param tight number of the first axis from which on the runs are so near to each other that the
 *     gaps are read, too
 */
record BoxPlan(int elementBytes, List<Axis> axes, int tight) {
  /** Up to here, reading a gap is cheaper than another read. */
  private static final long WIDEST_GAP_BYTES = 4096;

  /** What one read costs, in bytes that could be read in the same time. */
  private static final long READ_COST_BYTES = 2048;

  /**
   * One axis; distances are in bytes.
   *
   * @param from from one place to the next in the data
   * @param to from one place to the next in the target
   */
  record Axis(long size, long from, long to) {
    long span() {
      return (size - 1) * from;
    }
  }

  BoxPlan {
    axes = List.copyOf(axes);
  }

  /**
   * Plans a view that is not empty.
   *
   * @param to distances in the target in bytes, one per axis of the view
   */
  static BoxPlan of(StridedView view, long[] to) {
    int elementBytes = view.elementBytes();
    List<Axis> axes = new ArrayList<>();
    for (int i = 0; i < to.length; i++) {
      StridedView.Axis axis = view.axes().get(i);
      if (axis.size() != 1) {
        axes.add(new Axis(axis.size(), axis.stride() * elementBytes, to[i]));
      }
    }
    axes.sort(Comparator.comparingLong(Axis::from).reversed());
    axes = merged(axes);
    if (axes.isEmpty() || axes.get(axes.size() - 1).from() != elementBytes) {
      axes.add(new Axis(1, elementBytes, elementBytes));
    }
    return new BoxPlan(elementBytes, axes, tight(axes, elementBytes));
  }

  private static List<Axis> merged(List<Axis> axes) {
    List<Axis> merged = new ArrayList<>();
    for (Axis axis : axes) {
      int last = merged.size() - 1;
      if (last >= 0
          && merged.get(last).from() == axis.size() * axis.from()
          && merged.get(last).to() == axis.size() * axis.to()) {
        long size = merged.get(last).size() * axis.size();
        merged.set(last, new Axis(size, axis.from(), axis.to()));
      } else {
        merged.add(axis);
      }
    }
    return merged;
  }

  private static int tight(List<Axis> axes, int elementBytes) {
    int first = axes.size() - 1;
    long span = axes.get(first).size() * elementBytes;
    while (first > 0 && axes.get(first - 1).from() - span <= WIDEST_GAP_BYTES) {
      first--;
      span += axes.get(first).span();
    }
    return first;
  }

  /** Bytes from the first to the last of runs that are near to each other. */
  long groupBytes() {
    long bytes = elementBytes;
    for (Axis axis : axes.subList(tight, axes.size())) {
      bytes += axis.span();
    }
    return bytes;
  }

  long runBytes() {
    return axes.get(axes.size() - 1).size() * elementBytes;
  }

  /** Whether runs stay runs in the target. */
  boolean keepsRuns() {
    return axes.get(axes.size() - 1).to() == elementBytes;
  }

  /** The same with the elements close together, in the data's order. */
  BoxPlan compact() {
    List<Axis> compact = new ArrayList<>(axes);
    long to = elementBytes;
    for (int i = axes.size() - 1; i >= 0; i--) {
      Axis axis = axes.get(i);
      compact.set(i, new Axis(axis.size(), axis.from(), to));
      to *= axis.size();
    }
    return new BoxPlan(elementBytes, compact, tight);
  }

  /** The way from the compact order to the target. */
  List<BlockCopy.Axis> fromCompact() {
    List<Axis> compact = compact().axes();
    return IntStream.range(0, axes.size())
        .mapToObj(
            i ->
                new BlockCopy.Axis(
                    Math.toIntExact(axes.get(i).size()),
                    Math.toIntExact(compact.get(i).to()),
                    Math.toIntExact(axes.get(i).to())))
        .toList();
  }

  /** What the reading costs, in bytes that could be read in the same time. */
  double cost() {
    double groups = 1;
    for (Axis axis : axes.subList(0, tight)) {
      groups *= axis.size();
    }
    return groups * (groupBytes() + READ_COST_BYTES);
  }
}
