// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Sampling at computed places. */
final class GridSample {
  private GridSample() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("GridSample").infer(GridSample::infer).since(16, 20, 22).lower(GridSample::lower);
  }

  private static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> input = node.shape(0);
    Optional<Shape> grid = node.shape(1);
    if (input.isEmpty() || grid.isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    List<Dim> dims = new ArrayList<>(input.get().dims().subList(0, 2));
    dims.addAll(grid.get().dims().subList(1, grid.get().rank() - 1));
    return List.of(TensorType.of(node.element(0), new Shape(dims)));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    int rank = node.rank(0);
    boolean real = node.element(0) == ElementType.FLOAT32 && node.element(1) == node.element(0);
    if (!real || rank < 4 || rank > 5) {
      throw new Refusal("samples of another type than float32, or over other than 2 or 3 axes");
    }
    String mode = node.text("mode", "linear");
    boolean aligned = node.integer("align_corners", 0) != 0;
    PyExpr padding = Py.text(node.text("padding_mode", "zeros"));
    PyExpr x = node.value(0);
    Lowered.Steps steps = new Lowered.Steps();
    return switch (mode) {
      case "linear", "bilinear" ->
          steps.result(sample(x, grid(node), "bilinear", padding, aligned));
      case "nearest" ->
          steps.result(sample(x, onElements(node, steps, aligned), "nearest", padding, aligned));
      default -> throw new Refusal("attribute 'mode' of " + mode);
    };
  }

  // In GRAPH mode MindSpore takes no Parameter for a grid, and says that its type is another one.
  private static PyExpr grid(NodeReading node) throws Refusal {
    PyExpr grid = node.value(1);
    boolean kept = node.isWeight(1) || node.constant(1).isPresent();
    return kept ? Py.method(grid, "copy") : grid;
  }

  private static PyExpr sample(
      PyExpr x, PyExpr grid, String mode, PyExpr padding, boolean aligned) {
    return Py.call("ops.grid_sample", x, grid)
        .with("mode", Py.text(mode))
        .with("padding_mode", padding)
        .with("align_corners", Py.bool(aligned));
  }

  // MindSpore rounds a place halfway between two elements up, ONNX to the even one: the grid is
  // moved onto the elements first.
  private static PyExpr onElements(NodeReading node, Lowered.Steps steps, boolean aligned)
      throws Refusal {
    int axes = node.rank(0) - 2;
    double[] reaches = new double[axes];
    for (int axis = 0; axis < axes; axis++) {
      long size = node.size(0, axes + 1 - axis);
      reaches[axis] = aligned ? Math.max(1, size - 1) / 2.0 : size / 2.0;
    }
    NumericTensor table = NumericTensor.ofReals(ElementType.FLOAT32, List.of((long) axes), reaches);
    PyExpr reach = new References.ConstRef(table.toTensor("reach"));
    PyExpr half = Py.num(0.5f);
    PyExpr one = Py.num(1);
    PyExpr place = Py.times(Py.plus(node.value(1), one), reach);
    PyExpr element =
        steps.add("element", Py.call("ops.round", aligned ? place : Py.minus(place, half)));
    PyExpr back = aligned ? element : Py.plus(element, half);
    return steps.add("grid", Py.minus(Py.divide(back, reach), one));
  }
}
