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
    ElementType element = node.element(0);
    if (element != ElementType.FLOAT32 && element != ElementType.FLOAT16) {
      throw new Refusal("MindSpore has no such convolution of " + element.lowerName() + " on CPU");
    }
    if (!node.isWeight(1) || (node.has(2) && !node.isWeight(2))) {
      throw new Refusal("a transposed convolution with a computed kernel or bias");
    }
    List<Long> kernel =
        kernel(node.shape(1)).orElseThrow(() -> new Refusal("the kernel's size is not known"));
    if (kernel.isEmpty() || kernel.size() > 3) {
      throw new Refusal("a transposed convolution over %d axes".formatted(kernel.size()));
    }
    for (String name :
        List.of("kernel_shape", "strides", "dilations", "pads", "output_padding", "output_shape")) {
      node.integers(name);
    }
    node.text("auto_pad", "NOTSET");
    Geometry geometry = Geometry.of(node.facts(), kernel);
    List<Long> crops = geometry.crops(node.shape(0));
    boolean inside = crops.stream().allMatch(c -> c >= 0);
    if (inside && (kernel.size() == 2 || Window.isSymmetric(crops))) {
      return Lowered.of(cell(node, geometry, crops, true).call(node.value(0)));
    }
    return cutAfterwards(node, geometry, crops);
  }

  private static Cell cell(NodeReading node, Geometry geometry, List<Long> pads, boolean biased)
      throws Refusal {
    long groups = node.integer("group", 1);
    WeightExpression weight = node.weight(1);
    int axes = geometry.kernel().size();
    boolean bias = biased && Convolutions.hasBias(node);
    Cell cell =
        Cell.of("nn.Conv%ddTranspose".formatted(axes), "conv")
            .arg(weight.dims().get(0))
            .arg(weight.dims().get(1) * groups)
            .arg("kernel_size", Window.compact(geometry.kernel()))
            .argUnless("stride", Window.compact(geometry.strides()), ONE);
    cell =
        padded(cell, pads)
            .argUnless("dilation", Window.compact(geometry.dilations()), ONE)
            .argUnless("group", Py.num(groups), ONE)
            .argUnless("has_bias", Py.bool(bias), Py.bool(false))
            .typed(weight.element())
            .parameter("weight", axes == 1 ? Convolutions.flat(weight) : weight);
    return bias ? cell.parameter("bias", node.weight(2)) : cell;
  }

  private static Cell padded(Cell cell, List<Long> pads) {
    boolean one = pads.stream().distinct().count() == 1 || pads.size() == 2;
    PyExpr padding = one ? Py.num(pads.get(0)) : Py.ints(Window.interleaved(pads));
    return cell.arg("pad_mode", Py.text("pad")).argUnless("padding", padding, Py.num(0));
  }

  // Where the cell cannot cut unevenly, or the result reaches beyond all that the kernel touches:
  // there is nothing but the bias, so it comes last.
  private static Lowered cutAfterwards(NodeReading node, Geometry geometry, List<Long> crops)
      throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    int axes = geometry.kernel().size();
    boolean beyond = crops.stream().anyMatch(c -> c < 0);
    List<Long> none = Collections.nCopies(2 * axes, 0L);
    PyExpr y = steps.add("full", cell(node, geometry, none, !beyond).call(node.value(0)));
    if (crops.stream().anyMatch(c -> c > 0)) {
      y = steps.add("cut", cut(y, crops));
    }
    if (!beyond) {
      return steps.result(y);
    }
    List<Long> more = crops.stream().map(c -> Math.max(0, -c)).toList();
    y = ConstantPadding.of(node, more.stream().map(Py::num).toList()).zeros(y);
    if (!Convolutions.hasBias(node)) {
      return steps.result(y);
    }
    List<Long> dims = new ArrayList<>(Collections.nCopies(axes + 2, 1L));
    dims.set(1, -1L);
    PyExpr extended = steps.add("extended", y);
    PyExpr bias = Py.method(node.value(2), "reshape", Py.ints(dims));
    return steps.result(Py.plus(extended, bias));
  }

  private static PyExpr cut(PyExpr y, List<Long> crops) {
    int axes = crops.size() / 2;
    List<PyExpr> ranges = new ArrayList<>(List.of(Py.all(), Py.all()));
    for (int axis = 0; axis < axes; axis++) {
      long end = crops.get(axis + axes);
      Optional<PyExpr> start = Optional.of(crops.get(axis)).filter(c -> c > 0).map(Py::num);
      ranges.add(Py.range(start, end > 0 ? Optional.of(Py.num(-end)) : Optional.empty()));
    }
    return Py.index(y, ranges.toArray(PyExpr[]::new));
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
        if (cut.size().getAsLong() < 0 && outputShape.isEmpty()) {
          throw new Refusal(
              "attribute 'auto_pad' with a kernel below the stride, which ONNX Runtime leaves small");
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
