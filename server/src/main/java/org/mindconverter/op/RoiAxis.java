// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * What the elements along one axis of a picture weigh in the samples of regions.
 *
 * @param size of the picture along the axis
 * @param bins into which every region is divided
 * @param samples of every bin; 0 for as many as a bin of the region spans elements
 * @param stretched whether a region spans one element at least
 */
record RoiAxis(Dim size, Dim bins, long samples, boolean stretched, Lowered.Steps steps) {
  private static final PyExpr ONE = Py.num(1);
  private static final PyExpr ZERO = Py.num(0);
  private static final PyExpr HALF = Py.num(0.5f);
  // Samples of one bin lie more than half an element apart, or there is one only: so many of them
  // meet the two elements around any place, with one to spare for rounding.
  private static final int MOST_MET = 5;

  /**
   * Weights of shape (regions, bins, size) that give every bin the mean of its samples.
   *
   * @param boxes of shape (regions, 4)
   * @param column where each box has its lower end along the axis; the upper one stands two further
   */
  PyExpr means(PyExpr boxes, int column) {
    if (samples == 0) {
      return adaptive(boxes, column);
    }
    PyExpr places = places(boxes, column);
    PyExpr weights = weights(places, Py.minus(inside(places), elements()));
    if (samples == 1) {
      return weights;
    }
    PyExpr shape = Py.tuple(Py.num(-1), bin(), Py.num(samples), NodeReading.dim(size));
    return steps.add("weights", Py.method(Py.method(weights, "reshape", shape), "mean", Py.num(2)));
  }

  /** Weights of shape (regions, bins * samples, size): of the element below, and of that above. */
  List<PyExpr> neighbours(PyExpr boxes, int column) throws Refusal {
    if (samples == 0) {
      throw new Refusal("the largest of samples whose number only a run tells");
    }
    PyExpr places = places(boxes, column);
    PyExpr offsets = steps.add("offsets", Py.minus(inside(places), elements()));
    PyExpr weights = weights(places, offsets);
    PyExpr isBelow = Py.binary(offsets, PyExpr.Operator.GREATER_EQUAL, ZERO);
    PyExpr isAbove = Py.binary(offsets, PyExpr.Operator.LESS, ZERO);
    return List.of(
        steps.add("below", Py.times(weights, isBelow)),
        steps.add("above", Py.times(weights, isAbove)));
  }

  // Bilinear: the nearer, the more, and nothing from one element away.
  private PyExpr weights(PyExpr places, PyExpr offsets) {
    PyExpr hats = Py.call("ops.relu", Py.minus(ONE, Py.call("ops.abs", offsets)));
    return steps.add("weights", Py.times(hats, counts(places)));
  }

  // (regions, bins * samples, 1)
  private PyExpr places(PyExpr boxes, int column) {
    PyExpr low = steps.add("low", end(boxes, column));
    long all = bins.size().orElseThrow() * samples;
    PyExpr centres = Py.divide(Py.plus(numbers(Py.num(all)), HALF), Py.num(all));
    PyExpr places = Py.plus(low, Py.times(length(boxes, column, low), centres));
    return steps.add("places", Py.method(places, "expand_dims", Py.num(2)));
  }

  /**
   * Goes from the elements to the samples that meet them, rather than the other way: of these there
   * are few, of those as many as the largest region has, which only a run tells.
   */
  private PyExpr adaptive(PyExpr boxes, int column) {
    PyExpr low = steps.add("low", end(boxes, column));
    PyExpr width = steps.add("width", Py.divide(length(boxes, column, low), bin()));
    PyExpr starts = Py.plus(low, Py.times(width, numbers(bin())));
    starts =
        steps.add("starts", Py.method(starts, "reshape", Py.tuple(Py.num(-1), bin(), ONE, ONE)));
    width = steps.add("width", Py.method(width, "reshape", Py.ints(List.of(-1, 1, 1, 1))));
    PyExpr count = steps.add("count", Py.call("ops.ceil", width));
    PyExpr most = steps.add("most", Py.call("ops.clamp", count, ONE));
    PyExpr gap = steps.add("gap", Py.divide(Py.call("ops.clamp", width, Py.num(1e-6f)), most));
    PyExpr elements = Py.method(elements(), "reshape", Py.ints(List.of(-1, 1)));
    elements = steps.add("elements", elements);
    PyExpr reach = Py.divide(Py.minus(Py.minus(elements, ONE), starts), gap);
    PyExpr first = Py.call("ops.clamp", Py.call("ops.floor", Py.minus(reach, HALF)), ZERO);
    PyExpr number = steps.add("number", Py.plus(first, numbers(Py.num(MOST_MET))));
    PyExpr places = steps.add("places", Py.plus(starts, Py.times(Py.plus(number, HALF), gap)));
    PyExpr weights = weights(places, Py.minus(inside(places), elements));
    weights = Py.times(weights, Py.binary(number, PyExpr.Operator.LESS, count));
    return steps.add("weights", Py.method(Py.divide(weights, most), "sum", Py.num(-1)));
  }

  private static PyExpr end(PyExpr boxes, int column) {
    PyExpr one = Py.range(Optional.of(Py.num(column)), Optional.of(Py.num(column + 1)));
    return Py.index(boxes, Py.all(), one);
  }

  private PyExpr length(PyExpr boxes, int column, PyExpr low) {
    PyExpr length = Py.minus(end(boxes, column + 2), low);
    return stretched ? Py.call("ops.clamp", length, ONE) : length;
  }

  private PyExpr bin() {
    return NodeReading.dim(bins);
  }

  private PyExpr elements() {
    return numbers(NodeReading.dim(size));
  }

  private static PyExpr numbers(PyExpr count) {
    return Py.call("ops.arange", count).with("dtype", Dtypes.of(ElementType.FLOAT32));
  }

  private PyExpr inside(PyExpr places) {
    return Py.call("ops.clamp", places, ZERO, NodeReading.dim(size.minus(Dim.of(1))));
  }

  // Up to one element outside, a sample is that on the edge; further away it is zero.
  private PyExpr counts(PyExpr places) {
    return Py.call(
        "ops.logical_and",
        Py.binary(places, PyExpr.Operator.GREATER_EQUAL, Py.num(-1)),
        Py.binary(places, PyExpr.Operator.LESS_EQUAL, NodeReading.dim(size)));
  }
}
