// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Resize and its forerunner Upsample. {@code ops.interpolate} where it samples at the same places;
 * else one table of positions or weights per axis, made here, or in the script where only a run
 * tells the sizes.
 */
final class Resize {
  private Resize() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Resize").infer(Resize::infer).since(10, 11, 13, 18, 19).lower(Resize::lower);
    ops.onnx("Upsample").infer(Resize::infer).since(7, 9).lower(Resize::lower);
  }

  private static List<TensorType> infer(NodeFacts node) {
    Optional<Sampling> sampling = node.shape(0).flatMap(shape -> Sampling.of(node, shape));
    return List.of(new TensorType(node.element(0), sampling.map(s -> new Shape(s.outputs()))));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    Shape input = node.shape(0);
    Sampling sampling =
        Sampling.of(node.facts(), input)
            .orElseThrow(() -> new Refusal("scales or sizes that only a run tells"));
    sampling.readAll(node);
    PyExpr x = node.value(0);
    List<Integer> resized = sampling.resizedAxes(input);
    if (resized.isEmpty()) {
      return Lowered.of(x);
    }
    boolean plane = input.rank() == 4 && resized.stream().allMatch(axis -> axis >= 2);
    boolean plain = node.element(0) == ElementType.FLOAT32;
    if (plane && plain && sampling.isInterpolate(input)) {
      return Lowered.of(interpolate(x, sampling));
    }
    return overTables(node, x, resized, sampling);
  }

  private static Lowered overTables(
      NodeReading node, PyExpr input, List<Integer> resized, Sampling sampling) throws Refusal {
    ElementType element = node.element(0);
    boolean weighted = !sampling.mode().equals("nearest");
    if (weighted && element.isInteger()) {
      throw new Refusal("means of whole numbers");
    }
    boolean other = weighted && element != ElementType.FLOAT32;
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = input;
    if (other) {
      x = steps.add("single", Py.call("ops.cast", x, Dtypes.of(ElementType.FLOAT32)));
    }
    for (int axis : resized) {
      x = steps.add("resized", alongAxis(x, axis, node.shape(0), sampling, steps));
    }
    return steps.result(other ? Py.call("ops.cast", x, Dtypes.of(element)) : x);
  }

  private static PyExpr interpolate(PyExpr x, Sampling sampling) {
    PyExpr size =
        Py.tuple(
            NodeReading.dim(sampling.outputs().get(2)), NodeReading.dim(sampling.outputs().get(3)));
    boolean linear = sampling.mode().equals("linear");
    PyExpr.Call call =
        Py.call("ops.interpolate", x)
            .with("size", size)
            .with("mode", Py.text(linear ? "bilinear" : "nearest"));
    return sampling.coordinates().equals("align_corners")
        ? call.with("align_corners", Py.bool(true))
        : call;
  }

  private static PyExpr alongAxis(
      PyExpr x, int axis, Shape input, Sampling sampling, Lowered.Steps steps) throws Refusal {
    if (input.dim(axis).size().isEmpty() || sampling.outputs().get(axis).size().isEmpty()) {
      return new OpenAxisSampling(sampling, input, axis).sampled(x, steps);
    }
    int inputs = Math.toIntExact(input.dim(axis).size().getAsLong());
    int outputs = Math.toIntExact(sampling.outputs().get(axis).size().getAsLong());
    AxisSampling along = new AxisSampling(sampling, inputs, outputs, axis);
    if (sampling.mode().equals("nearest")) {
      NumericTensor positions =
          NumericTensor.ofIntegers(ElementType.INT64, List.of((long) outputs), along.nearest());
      return Py.call(
          "ops.gather", x, new References.ConstRef(positions.toTensor("positions")), Py.num(axis));
    }
    NumericTensor weights =
        NumericTensor.ofReals(
            ElementType.FLOAT32, List.of((long) outputs, (long) inputs), along.weights());
    PyExpr table = new References.ConstRef(weights.toTensor("weights"));
    return matmulAlong(x, table, axis, input.rank());
  }

  // (outputs, inputs) times the axis: from the left where it is the last but one.
  private static PyExpr matmulAlong(PyExpr x, PyExpr table, int axis, int rank) {
    if (axis == rank - 2) {
      return Py.call("ops.matmul", table, x);
    }
    PyExpr turned = Py.method(table, "transpose", Py.ints(List.of(1, 0)));
    if (axis == rank - 1) {
      return Py.call("ops.matmul", x, turned);
    }
    PyExpr last = Py.method(x, "swapaxes", Py.num(axis), Py.num(rank - 1));
    return Py.method(
        Py.call("ops.matmul", last, turned), "swapaxes", Py.num(axis), Py.num(rank - 1));
  }
}
