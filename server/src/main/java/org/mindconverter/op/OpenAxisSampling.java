// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** What {@link AxisSampling} makes a table of, as code for an axis of a size that a run tells. */
final class OpenAxisSampling {
  private static final PyExpr HALF = Py.num(0.5f);
  private static final PyExpr ONE = Py.num(1);
  private static final PyExpr ZERO = Py.num(0);

  private final Sampling sampling;
  private final int axis;
  private final int rank;
  private final PyExpr inputs;
  private final PyExpr outputs;
  private final PyExpr scale;

  OpenAxisSampling(Sampling sampling, Shape input, int axis) {
    double given = sampling.scales().get(axis);
    this.sampling = sampling;
    this.axis = axis;
    this.rank = input.rank();
    this.inputs = NodeReading.dim(input.dim(axis));
    boolean broken = given != Math.rint(given);
    this.outputs =
        broken
            ? Py.call("int", Py.times(inputs, Py.num((float) given)))
            : NodeReading.dim(sampling.outputs().get(axis));
    this.scale = given == 0 ? Py.divide(outputs, inputs) : Py.num((float) given);
  }

  /** The tensor, sampled along the axis. */
  PyExpr sampled(PyExpr x, Lowered.Steps steps) throws Refusal {
    PyExpr.Call count = Py.call("ops.arange", outputs);
    PyExpr numbers = steps.add("numbers", count.with("dtype", Dtypes.of(ElementType.FLOAT32)));
    PyExpr places = steps.add("places", places(numbers));
    if (sampling.mode().equals("nearest")) {
      return Py.call("ops.gather", x, inside(rounded(places), steps), Py.num(axis));
    }
    if (sampling.excludeOutside() || sampling.antialias()) {
      String attribute = sampling.antialias() ? "antialias" : "exclude_outside";
      throw new Refusal("attribute '%s' over a size that only a run tells".formatted(attribute));
    }
    return switch (sampling.mode()) {
      case "linear" -> weighted(x, places, List.of(0, 1), steps);
      case "cubic" -> weighted(x, places, List.of(-1, 0, 1, 2), steps);
      default -> throw new Refusal("attribute 'mode' of " + sampling.mode());
    };
  }

  // pytorch_half_pixel has an exception for one output; PyTorch itself has none any more.
  private PyExpr places(PyExpr numbers) throws Refusal {
    return switch (sampling.coordinates()) {
      case "half_pixel", "pytorch_half_pixel" -> centred(numbers);
      case "half_pixel_symmetric" -> {
        PyExpr reach = Py.divide(Py.divide(outputs, scale), Py.num(2));
        yield Py.plus(centred(numbers), Py.minus(Py.divide(inputs, Py.num(2)), reach));
      }
      case "align_corners" ->
          Py.divide(
              Py.times(numbers, Py.minus(inputs, ONE)),
              Py.call("max", Py.minus(outputs, ONE), ONE));
      case "asymmetric" -> Py.divide(numbers, scale);
      default ->
          throw new Refusal(
              "attribute 'coordinate_transformation_mode' of " + sampling.coordinates());
    };
  }

  private PyExpr centred(PyExpr numbers) {
    return Py.minus(Py.divide(Py.plus(numbers, HALF), scale), HALF);
  }

  private PyExpr rounded(PyExpr places) throws Refusal {
    return switch (sampling.rounding()) {
      case "floor" -> Py.call("ops.floor", places);
      case "ceil" -> Py.call("ops.ceil", places);
      case "round_prefer_floor" -> Py.call("ops.ceil", Py.minus(places, HALF));
      case "round_prefer_ceil" -> Py.call("ops.floor", Py.plus(places, HALF));
      default -> throw new Refusal("attribute 'nearest_mode' of " + sampling.rounding());
    };
  }

  private PyExpr inside(PyExpr positions, Lowered.Steps steps) {
    PyExpr clamped = Py.call("ops.clamp", positions, ZERO, Py.minus(inputs, ONE));
    return steps.add("positions", Py.method(clamped, "astype", Dtypes.of(ElementType.INT64)));
  }

  // The neighbours at these distances from the one on the left, each times its weight.
  private PyExpr weighted(PyExpr x, PyExpr places, List<Integer> taps, Lowered.Steps steps) {
    PyExpr left = steps.add("left", Py.call("ops.floor", places));
    List<Integer> column = new ArrayList<>(Collections.nCopies(rank - axis, 1));
    column.set(0, -1);
    PyExpr offset = Py.minus(places, left);
    PyExpr ratio =
        steps.add(
            "ratio", column.size() == 1 ? offset : Py.method(offset, "reshape", Py.ints(column)));
    PyExpr sum = null;
    for (int tap : taps) {
      PyExpr there = tap == 0 ? left : tap < 0 ? Py.minus(left, ONE) : Py.plus(left, Py.num(tap));
      PyExpr neighbour = Py.call("ops.gather", x, inside(there, steps), Py.num(axis));
      PyExpr weight =
          taps.size() == 2 ? linear(ratio, tap) : steps.add("weight", cubic(ratio, tap));
      PyExpr term = Py.times(neighbour, weight);
      sum = steps.add("sampled", sum == null ? term : Py.plus(sum, term));
    }
    return sum;
  }

  private static PyExpr linear(PyExpr ratio, int tap) {
    return tap == 0 ? Py.minus(ONE, ratio) : ratio;
  }

  // Keys' kernel, at the distance of that neighbour.
  private PyExpr cubic(PyExpr ratio, int tap) {
    PyExpr distance =
        switch (tap) {
          case -1 -> Py.plus(ratio, ONE);
          case 0 -> ratio;
          case 1 -> Py.minus(ONE, ratio);
          default -> Py.minus(Py.num(2), ratio);
        };
    double a = sampling.cubicA();
    return tap == 0 || tap == 1
        ? polynomial(distance, a + 2, -(a + 3), 0, 1)
        : polynomial(distance, a, -5 * a, 8 * a, -4 * a);
  }

  private static PyExpr polynomial(PyExpr x, double... coefficients) {
    PyExpr result = Py.num((float) coefficients[0]);
    for (int i = 1; i < coefficients.length; i++) {
      PyExpr product = Py.times(result, x);
      float next = (float) coefficients[i];
      result =
          next == 0
              ? product
              : next < 0 ? Py.minus(product, Py.num(-next)) : Py.plus(product, Py.num(next));
    }
    return result;
  }
}
