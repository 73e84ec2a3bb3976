// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * RoiAlign: every region of a picture, sampled to one size. Samples lie on a grid, so they are what
 * two matrices make of the picture, one along each axis. Selecting the picture of each region first
 * would copy it as often as there are regions.
 */
final class RoiAlign {
  private static final Kernel KERNEL = Kernel.of(ElementType.FLOAT32);

  private final NodeReading node;
  private final Lowered.Steps steps;

  private RoiAlign(NodeReading node, Lowered.Steps steps) {
    this.node = node;
    this.steps = steps;
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("RoiAlign")
        .infer(RoiAlign::infer)
        .since(10)
        .lower(node -> lower(node, false))
        .since(16, 22)
        .lower(node -> lower(node, isCentred(node)));
  }

  private static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> pictures = node.shape(0).filter(shape -> shape.rank() == 4);
    Dim regions = node.shape(1).map(shape -> shape.dim(0)).orElse(node.fresh(0, 0));
    Dim channels = pictures.map(shape -> shape.dim(1)).orElse(node.fresh(0, 1));
    Dim height = Dim.of(node.integer("output_height", 1));
    Dim width = Dim.of(node.integer("output_width", 1));
    return List.of(
        TensorType.of(node.element(0), new Shape(List.of(regions, channels, height, width))));
  }

  private static boolean isCentred(NodeReading node) throws Refusal {
    String mode = node.text("coordinate_transformation_mode", "half_pixel");
    return switch (mode) {
      case "half_pixel" -> true;
      case "output_half_pixel" -> false;
      default -> throw new Refusal("attribute 'coordinate_transformation_mode' of " + mode);
    };
  }

  private static Lowered lower(NodeReading node, boolean centred) throws Refusal {
    ElementType element = node.element(0);
    ElementType computing = KERNEL.computing(element);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr boxes = Kernel.cast(node.value(1), element, computing);
    float scale = node.real("spatial_scale", 1);
    boxes = scale == 1 ? boxes : Py.times(boxes, Py.num(scale));
    boxes = steps.named("boxes", centred ? Py.minus(boxes, Py.num(0.5f)) : boxes);
    long samples = Math.max(0, node.integer("sampling_ratio", 0));
    Shape input = node.shape(0);
    Dim high = Dim.of(node.integer("output_height", 1));
    Dim wide = Dim.of(node.integer("output_width", 1));
    RoiAxis down = new RoiAxis(input.dim(2), high, samples, !centred, steps);
    RoiAxis across = new RoiAxis(input.dim(3), wide, samples, !centred, steps);
    RoiAlign align = new RoiAlign(node, steps);
    String mode = node.text("mode", "avg");
    PyExpr result =
        switch (mode) {
          case "avg" -> align.product(down.means(boxes, 1), across.means(boxes, 0), 1);
          case "max" -> align.largest(down.neighbours(boxes, 1), across.neighbours(boxes, 0));
          default -> throw new Refusal("attribute 'mode' of " + mode);
        };
    return steps.result(Kernel.cast(result, computing, element));
  }

  // ONNX takes the largest of the four neighbours, each times its weight, not of their sums.
  private PyExpr largest(List<PyExpr> rows, List<PyExpr> columns) throws Refusal {
    long samples = node.integer("sampling_ratio", 0);
    PyExpr largest = null;
    for (PyExpr row : rows) {
      for (PyExpr column : columns) {
        PyExpr neighbour = steps.add("neighbour", product(row, column, samples));
        largest =
            largest == null
                ? neighbour
                : steps.add("largest", Py.call("ops.maximum", largest, neighbour));
      }
    }
    if (samples == 1) {
      return largest;
    }
    List<Dim> out = node.outputShape(0).dims();
    Dim each = Dim.of(samples);
    PyExpr apart =
        Reshape.to(largest, List.of(out.get(0), out.get(1), out.get(2), each, out.get(3), each));
    return Py.call("ops.amax", apart, Py.ints(List.of(3, 5)));
  }

  /**
   * The pictures, sampled.
   *
   * @param rows weights of shape (regions, rows, height of a picture)
   * @param columns weights of shape (regions, columns, width of a picture)
   * @param times how many rows and columns there are for each of the output's
   */
  private PyExpr product(PyExpr rows, PyExpr columns, long times) throws Refusal {
    List<Dim> in = node.shape(0).dims();
    List<Dim> out = node.outputShape(0).dims();
    Dim high = out.get(2).times(Dim.of(times));
    Dim wide = out.get(3).times(Dim.of(times));
    PyExpr lines =
        Reshape.to(
            Py.method(pictures(), "transpose", Py.ints(List.of(0, 2, 1, 3))),
            List.of(in.get(0).times(in.get(2)), in.get(1).times(in.get(3))));
    PyExpr chosen =
        Reshape.to(ofPicture(rows), List.of(out.get(0).times(high), in.get(0).times(in.get(2))));
    PyExpr down = steps.add("down", Py.call("ops.matmul", chosen, lines));
    PyExpr grouped = Reshape.to(down, List.of(out.get(0), high.times(in.get(1)), in.get(3)));
    PyExpr across =
        Py.call("ops.matmul", grouped, Py.method(columns, "swapaxes", Py.num(1), Py.num(2)));
    return Py.method(
        Reshape.to(across, List.of(out.get(0), high, in.get(1), wide)),
        "swapaxes",
        Py.num(1),
        Py.num(2));
  }

  private PyExpr pictures() throws Refusal {
    ElementType element = node.element(0);
    return Kernel.cast(node.value(0), element, KERNEL.computing(element));
  }

  // (regions, rows, pictures, height): zero for all pictures but the region's own.
  private PyExpr ofPicture(PyExpr rows) throws Refusal {
    Dim pictures = node.shape(0).dim(0);
    if (pictures.is(1)) {
      node.withoutInput(2, "there is one picture only");
      return rows;
    }
    PyExpr numbers = Py.call("ops.arange", NodeReading.dim(pictures));
    PyExpr own =
        Py.binary(
            Py.method(node.value(2), "reshape", Py.ints(List.of(-1, 1, 1, 1))),
            PyExpr.Operator.EQUAL,
            Py.method(numbers, "reshape", Py.ints(List.of(-1, 1))));
    return Py.times(Py.method(rows, "expand_dims", Py.num(2)), own);
  }
}
