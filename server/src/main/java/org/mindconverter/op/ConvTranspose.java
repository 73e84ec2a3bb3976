// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The transposed convolution. Its weight is laid out as (inputs, outputs per group, kernel…). */
final class ConvTranspose {
  private static final PyExpr ONE = Py.num(1);

  private ConvTranspose() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("ConvTranspose")
        .infer(ConvTranspose::infer)
        .since(1, 11, 22)
        .lower(ConvTranspose::lower);
  }

  private static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> input = node.shape(0);
    Optional<List<Long>> kernel = node.shape(1).flatMap(ConvTranspose::kernel);
    if (input.isEmpty() || kernel.isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Dim channels = node.shape(1).get().dim(1).times(Dim.of(node.integer("group", 1)));
    List<Dim> dims = new ArrayList<>(List.of(input.get().dim(0), channels));
    Geometry geometry = Geometry.of(node, kernel.get());
    for (int axis = 0; axis < kernel.get().size(); axis++) {
      dims.add(geometry.output(input.get().dim(axis + 2), axis));
    }
    return List.of(TensorType.of(node.element(0), new Shape(dims)));
  }

  private static Optional<List<Long>> kernel(Shape weight) {
    return new Shape(weight.dims().subList(2, weight.rank())).sizes();
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    if (node.element(0) != ElementType.FLOAT32 || !node.isWeight(1)) {
      throw new Refusal("a transposed convolution of another type, or with a computed kernel");
    }
    List<Long> kernel =
        kernel(node.shape(1)).orElseThrow(() -> new Refusal("the kernel's size is not known"));
    for (String name :
        List.of("kernel_shape", "strides", "dilations", "pads", "output_padding", "output_shape")) {
      node.integers(name);
    }
    node.text("auto_pad", "NOTSET");
    Geometry geometry = Geometry.of(node.facts(), kernel);
    List<Long> pads = geometry.crops(node.shape(0));
    if (pads.stream().anyMatch(p -> p < 0)) {
      throw new Refusal("output padding above the padding");
    }
    long groups = node.integer("group", 1);
    WeightExpression weight = node.weight(1);
    String type =
        switch (kernel.size()) {
          case 1 -> "nn.Conv1dTranspose";
          case 2 -> "nn.Conv2dTranspose";
          case 3 -> "nn.Conv3dTranspose";
          default -> throw new Refusal("over %d axes".formatted(kernel.size()));
        };
    if (kernel.size() != 2 && (!Window.isSymmetric(pads) || (kernel.size() == 3 && groups != 1))) {
      throw new Refusal("output padding or groups over %d axes".formatted(kernel.size()));
    }
    Cell cell =
        Cell.of(type, "conv")
            .arg(weight.dims().get(0))
            .arg(weight.dims().get(1) * groups)
            .arg("kernel_size", Window.compact(kernel))
            .argUnless("stride", Window.compact(geometry.strides()), ONE);
    cell = padded(cell, pads);
    cell =
        cell.argUnless("dilation", Window.compact(geometry.dilations()), ONE)
            .argUnless("group", Py.num(groups), ONE)
            .arg("has_bias", Py.bool(Convolutions.hasBias(node)))
            .parameter("weight", kernel.size() == 1 ? Convolutions.flat(weight) : weight);
    cell = Convolutions.hasBias(node) ? cell.parameter("bias", node.weight(2)) : cell;
    return Lowered.of(cell.call(node.value(0)));
  }

  private static Cell padded(Cell cell, List<Long> pads) {
    boolean one = pads.stream().distinct().count() == 1;
    PyExpr padding = one ? Py.num(pads.get(0)) : Py.ints(Window.interleaved(pads));
    return cell.arg("pad_mode", Py.text("pad")).argUnless("padding", padding, Py.num(0));
  }

  /**
   * How outputs lie over inputs.
   *
   * @param pads begins of all axes, then ends; empty where output_shape or auto_pad decides
   * @param outputShape spatial sizes, where the model fixes them
   */
  private record Geometry(
      List<Long> kernel,
      List<Long> strides,
      List<Long> dilations,
      Optional<List<Long>> pads,
      List<Long> outputPadding,
      Optional<List<Long>> outputShape,
      boolean upper) {
    static Geometry of(NodeFacts node, List<Long> kernel) {
      int axes = kernel.size();
      List<Long> ones = Collections.nCopies(axes, 1L);
      List<Long> zeros = Collections.nCopies(2 * axes, 0L);
      String auto = node.text("auto_pad", "NOTSET");
      Optional<List<Long>> outputShape =
          node.attributes()
              .integers("output_shape")
              .filter(s -> !s.isEmpty())
              .map(s -> s.subList(s.size() - axes, s.size()));
      boolean fixed = !auto.startsWith("SAME") && outputShape.isEmpty();
      return new Geometry(
          kernel,
          node.integers("strides", ones),
          node.integers("dilations", ones),
          fixed
              ? Optional.of(auto.equals("VALID") ? zeros : node.integers("pads", zeros))
              : Optional.empty(),
          node.integers("output_padding", zeros.subList(0, axes)),
          outputShape,
          auto.equals("SAME_UPPER"));
    }

    /** Elements that the kernel's positions reach in all, before anything is cut off. */
    private Dim full(Dim size, int axis) {
      long span = (kernel.get(axis) - 1) * dilations.get(axis) + 1;
      return size.minus(Dim.of(1)).times(Dim.of(strides.get(axis))).plus(Dim.of(span));
    }

    Dim output(Dim size, int axis) {
      if (outputShape.isPresent()) {
        return Dim.of(outputShape.get().get(axis));
      }
      if (pads.isEmpty()) {
        return size.times(Dim.of(strides.get(axis)));
      }
      long cut = pads.get().get(axis) + pads.get().get(axis + kernel.size());
      return full(size, axis).plus(Dim.of(outputPadding.get(axis) - cut));
    }

    /** What is cut off at the begins of all axes, then at their ends. */
    List<Long> crops(Shape input) throws Refusal {
      List<Long> begins = new ArrayList<>();
      List<Long> ends = new ArrayList<>();
      for (int axis = 0; axis < kernel.size(); axis++) {
        if (pads.isPresent()) {
          begins.add(pads.get().get(axis));
          ends.add(pads.get().get(axis + kernel.size()) - outputPadding.get(axis));
          continue;
        }
        Dim size = input.dim(axis + 2);
        Dim all = full(size, axis).plus(Dim.of(outputPadding.get(axis)));
        Dim cut = all.minus(output(size, axis));
        if (cut.size().isEmpty()) {
          throw new Refusal("padding that depends on a size that only a run tells");
        }
        long total = Math.max(0, cut.size().getAsLong());
        long begin = upper ? total / 2 : total - total / 2;
        begins.add(begin);
        ends.add(cut.size().getAsLong() - begin - outputPadding.get(axis));
      }
      begins.addAll(ends);
      return begins;
    }
  }
}
