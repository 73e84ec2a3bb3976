// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * The window that convolutions and poolings slide over the spatial axes.
 *
 * @param pads begins of all axes, then their ends; empty where {@code auto_pad} makes them depend
 *     on the input's size
 * @param upper where {@code auto_pad} puts an odd element: behind, or in front
 * @param ceil whether a window that reaches over the end counts
 */
record Window(
    List<Long> kernel,
    List<Long> strides,
    List<Long> dilations,
    Optional<List<Long>> pads,
    boolean upper,
    boolean ceil) {
  Window {
    kernel = List.copyOf(kernel);
    strides = List.copyOf(strides);
    dilations = List.copyOf(dilations);
    pads = pads.map(List::copyOf);
  }

  /** The window that a node's attributes describe. */
  static Window of(NodeFacts node, List<Long> kernel) {
    int axes = kernel.size();
    List<Long> ones = Collections.nCopies(axes, 1L);
    List<Long> zeros = Collections.nCopies(2 * axes, 0L);
    String auto = node.text("auto_pad", "NOTSET");
    Optional<List<Long>> pads =
        auto.startsWith("SAME")
            ? Optional.empty()
            : Optional.of(auto.equals("VALID") ? zeros : node.integers("pads", zeros));
    return new Window(
        kernel,
        node.integers("strides", ones),
        node.integers("dilations", ones),
        pads,
        !auto.equals("SAME_LOWER"),
        node.integer("ceil_mode", 0) != 0);
  }

  /** The same, for a mapping. */
  static Window of(NodeReading node, List<Long> kernel) {
    node.text("auto_pad", "NOTSET");
    for (String name : List.of("kernel_shape", "strides", "dilations", "pads")) {
      node.integers(name);
    }
    node.integer("ceil_mode", 0);
    return of(node.facts(), kernel);
  }

  int axes() {
    return kernel.size();
  }

  /** Elements that a window of the axis spans. */
  long span(int axis) {
    return (kernel.get(axis) - 1) * dilations.get(axis) + 1;
  }

  /** Output shape over an input shape (batch, channels, spatial…), with that many channels. */
  Shape output(Shape input, Dim channels) {
    List<Dim> dims = new ArrayList<>(List.of(input.dim(0), channels));
    for (int axis = 0; axis < axes(); axis++) {
      dims.add(output(input.dim(axis + 2), axis));
    }
    return new Shape(dims);
  }

  private Dim output(Dim size, int axis) {
    Dim stride = Dim.of(strides.get(axis));
    if (pads.isEmpty()) {
      return size.plus(Dim.of(strides.get(axis) - 1)).floorDiv(stride);
    }
    long begin = pads.get().get(axis);
    long end = pads.get().get(axis + axes());
    Dim free = size.plus(Dim.of(begin + end - span(axis)));
    if (!ceil) {
      return free.floorDiv(stride).plus(Dim.of(1));
    }
    Dim count = free.plus(Dim.of(strides.get(axis) - 1)).floorDiv(stride).plus(Dim.of(1));
    if (end + strides.get(axis) <= span(axis)) {
      return count;
    }
    // A window that begins in the padding behind does not count.
    return count.min(size.plus(Dim.of(begin + strides.get(axis) - 1)).floorDiv(stride));
  }

  /**
   * The padding as numbers, begins then ends.
   *
   * @throws Refusal it depends on a size that only a run tells
   */
  List<Long> fixedPads(Shape input) throws Refusal {
    if (pads.isPresent()) {
      return pads.get();
    }
    List<Long> begins = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    for (int axis = 0; axis < axes(); axis++) {
      long all = span(axis) - 1;
      if (strides.get(axis) != 1) {
        long size = fixedSize(input, axis);
        long outputs = Math.floorDiv(size + strides.get(axis) - 1, strides.get(axis));
        all = Math.max(0, (outputs - 1) * strides.get(axis) + span(axis) - size);
      }
      long small = all / 2;
      begins.add(upper ? small : all - small);
      ends.add(upper ? all - small : small);
    }
    begins.addAll(ends);
    return begins;
  }

  /**
   * The padding as code, begins then ends, where it depends on a size that only a run tells;
   * nothing where {@link #fixedPads} has it.
   */
  Optional<List<PyExpr>> openPads(Shape input, Lowered.Steps steps) {
    boolean fixed =
        pads.isPresent()
            || IntStream.range(0, axes())
                .allMatch(a -> strides.get(a) == 1 || input.dim(a + 2).size().isPresent());
    if (fixed) {
      return Optional.empty();
    }
    List<PyExpr> begins = new ArrayList<>();
    List<PyExpr> ends = new ArrayList<>();
    for (int axis = 0; axis < axes(); axis++) {
      Dim added = added(input.dim(axis + 2), axis);
      PyExpr all = NodeReading.dim(added);
      PyExpr small = NodeReading.dim(added.floorDiv(Dim.of(2)));
      PyExpr large = NodeReading.dim(added.minus(added.floorDiv(Dim.of(2))));
      if (added instanceof Dim.Symbolic) {
        all = steps.add("added", all);
        small = Py.binary(all, PyExpr.Operator.FLOOR_DIVIDE, Py.num(2));
        large = Py.minus(all, small);
      }
      begins.add(upper ? small : large);
      ends.add(upper ? large : small);
    }
    begins.addAll(ends);
    return Optional.of(begins);
  }

  // What is added to a size in all, so that every step begins a window.
  private Dim added(Dim size, int axis) {
    Dim stride = Dim.of(strides.get(axis));
    Dim reach = output(size, axis).minus(Dim.of(1)).times(stride).plus(Dim.of(span(axis)));
    return reach.minus(size).max(Dim.of(0));
  }

  private static long fixedSize(Shape input, int axis) throws Refusal {
    return input
        .dim(axis + 2)
        .size()
        .orElseThrow(() -> new Refusal("padding that depends on a size that only a run tells"));
  }

  /** Whether MindSpore's padding "same" is meant, an odd element behind. */
  boolean isSameAsMindSpore() {
    return pads.isEmpty() && upper && dilations.stream().allMatch(d -> d == 1);
  }

  /** Whether MindSpore pads so: alike on both sides, and by no more than half of the kernel. */
  boolean isBelowHalf(List<Long> pads) {
    return isSymmetric(pads)
        && IntStream.range(0, axes()).allMatch(axis -> 2 * pads.get(axis) <= kernel.get(axis));
  }

  /** The same, with only windows that lie inside. */
  Window withoutCeil() {
    return new Window(kernel, strides, dilations, pads, upper, false);
  }

  /**
   * Padding with which every window that counts lies inside, and no other.
   *
   * @throws Refusal it depends on a size that only a run tells
   */
  List<Long> fitting(Shape input, List<Long> pads) throws Refusal {
    List<Long> result = new ArrayList<>(pads);
    for (int axis = 0; axis < axes(); axis++) {
      long size = fixedSize(input, axis);
      long reach = (windows(size, pads, axis) - 1) * strides.get(axis) + span(axis);
      result.set(axis + axes(), Math.max(0, reach - size - pads.get(axis)));
    }
    return result;
  }

  /**
   * Whether as many windows count when the padding is part of the input.
   *
   * @throws Refusal it depends on a size that only a run tells
   */
  boolean countsAlike(Shape input, List<Long> pads) throws Refusal {
    List<Long> none = Collections.nCopies(pads.size(), 0L);
    for (int axis = 0; axis < axes(); axis++) {
      long size = fixedSize(input, axis);
      long whole = size + pads.get(axis) + pads.get(axis + axes());
      if (windows(size, pads, axis) != windows(whole, none, axis)) {
        return false;
      }
    }
    return true;
  }

  private long windows(long size, List<Long> pads, int axis) {
    Window padded = new Window(kernel, strides, dilations, Optional.of(pads), upper, ceil);
    return padded.output(Dim.of(size), axis).size().orElseThrow();
  }

  /** One number where all axes agree, else a tuple. */
  static PyExpr compact(List<Long> values) {
    return values.stream().distinct().count() == 1 ? Py.num(values.get(0)) : Py.ints(values);
  }

  /** Whether every axis is padded alike in front and behind. */
  static boolean isSymmetric(List<Long> pads) {
    int axes = pads.size() / 2;
    return pads.subList(0, axes).equals(pads.subList(axes, 2 * axes));
  }

  /** Begin and end of each axis in turn: (top, bottom, left, right). */
  static List<Long> interleaved(List<Long> pads) {
    int axes = pads.size() / 2;
    List<Long> result = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      result.add(pads.get(axis));
      result.add(pads.get(axis + axes));
    }
    return result;
  }

  /** {@code ops.pad}'s order: the last axis first. */
  static <T> List<T> lastAxisFirst(List<T> pads) {
    int axes = pads.size() / 2;
    List<T> result = new ArrayList<>();
    for (int axis = axes - 1; axis >= 0; axis--) {
      result.add(pads.get(axis));
      result.add(pads.get(axis + axes));
    }
    return result;
  }
}
