// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Convolutions. */
final class Convolutions {
  private static final PyExpr ONE = Py.num(1);

  private Convolutions() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Conv").infer(Convolutions::infer).since(1, 11, 22).lower(Convolutions::lower);
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Shape input = node.shape(0).get();
    Shape weight = node.shape(1).get();
    if (input.rank() != weight.rank() || input.rank() < 3) {
      throw node.malformed("an input of %s with a weight of %s".formatted(input, weight));
    }
    List<Long> kernel = kernel(weight);
    Shape output =
        kernel.isEmpty()
            ? node.freshShape(0, input.rank())
            : Window.of(node, kernel).output(input, weight.dim(0));
    return List.of(TensorType.of(node.element(0), output));
  }

  // Taken from the weight: kernel_shape is optional, and must say the same.
  private static List<Long> kernel(Shape weight) {
    List<Long> kernel = new ArrayList<>();
    for (int axis = 2; axis < weight.rank(); axis++) {
      if (weight.dim(axis).size().isEmpty()) {
        return List.of();
      }
      kernel.add(weight.dim(axis).size().getAsLong());
    }
    return kernel;
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    if (element != ElementType.FLOAT32 && element != ElementType.FLOAT16) {
      throw new Refusal("MindSpore has no convolution of " + element.lowerName() + " on CPU");
    }
    Shape weight = node.shape(1);
    List<Long> kernel = kernel(weight);
    if (kernel.isEmpty()) {
      throw new Refusal("the kernel's size is not known");
    }
    Window window = Window.of(node, kernel);
    boolean same = window.isSameAsMindSpore() && node.isWeight(1);
    Lowered.Steps steps = new Lowered.Steps();
    Optional<List<PyExpr>> open = same ? Optional.empty() : window.openPads(node.shape(0), steps);
    PyExpr x = node.value(0);
    List<Long> pads;
    if (open.isPresent()) {
      x = steps.add("padded", ConstantPadding.of(node, open.get()).zeros(x));
      pads = Collections.nCopies(2 * window.axes(), 0L);
    } else {
      pads = same ? List.of() : window.fixedPads(node.shape(0));
    }
    if (!node.isWeight(1) || (node.has(2) && !node.isWeight(2))) {
      return steps.result(computedWeight(node, window, pads, x, steps));
    }
    return steps.result(
        switch (window.axes()) {
          case 1 -> oneAxis(node, window, pads, x, steps);
          case 2 -> layer(node, "nn.Conv2d", window, pads, x);
          case 3 -> layer(node, "nn.Conv3d", window, pads, x);
          default -> throw new Refusal("a convolution over %d axes".formatted(window.axes()));
        });
  }

  private static PyExpr layer(
      NodeReading node, String type, Window window, List<Long> pads, PyExpr x) throws Refusal {
    PyExpr padded = pads.stream().allMatch(p -> p == 0) ? x : zeros(node, x, pads);
    String mode = pads.isEmpty() ? "same" : "valid";
    return cell(node, type, window, pads).call(x).or(function(node, window, padded, mode));
  }

  private static PyExpr oneAxis(
      NodeReading node, Window window, List<Long> pads, PyExpr input, Lowered.Steps steps)
      throws Refusal {
    PyExpr x = input;
    List<Long> inner = pads;
    if (!Window.isSymmetric(pads)) {
      // nn.Conv1d pads both sides alike.
      x = steps.add("padded", zeros(node, x, pads));
      inner = List.of(0L, 0L);
    }
    return layer(node, "nn.Conv1d", window, inner, x);
  }

  private static PyExpr zeros(NodeReading node, PyExpr x, List<Long> pads) throws Refusal {
    return ConstantPadding.of(node, pads.stream().map(Py::num).toList()).zeros(x);
  }

  /** Whether a bias is given that does anything: exporters fill in zeros for a missing one. */
  static boolean hasBias(NodeReading node) {
    boolean zeros = node.constant(2).filter(NumericTensor::isZero).isPresent();
    return node.has(2) && !zeros;
  }

  private static Cell cell(NodeReading node, String type, Window window, List<Long> pads)
      throws Refusal {
    WeightExpression weight = node.weight(1);
    long groups = node.integer("group", 1);
    Cell cell =
        Cell.of(type, "conv")
            .arg(weight.dims().get(1) * groups)
            .arg(weight.dims().get(0))
            .arg("kernel_size", Window.compact(window.kernel()))
            .argUnless("stride", Window.compact(window.strides()), ONE);
    cell = padded(cell, pads);
    cell =
        cell.argUnless("dilation", Window.compact(window.dilations()), ONE)
            .argUnless("group", Py.num(groups), ONE);
    boolean bias = hasBias(node);
    cell = bias ? cell.arg("has_bias", Py.bool(true)) : cell;
    cell =
        cell.typed(weight.element())
            .parameter("weight", type.equals("nn.Conv1d") ? flat(weight) : weight);
    return bias ? cell.parameter("bias", node.weight(2)) : cell;
  }

  // nn.Conv1d keeps its kernel as one row of two axes.
  static WeightExpression flat(WeightExpression weight) {
    List<Long> dims = new ArrayList<>(weight.dims());
    dims.add(2, 1L);
    return weight.reshaped(dims);
  }

  // No pads: as many as keep the size, which MindSpore knows at run time.
  private static Cell padded(Cell cell, List<Long> pads) {
    if (pads.isEmpty()) {
      return cell.arg("pad_mode", Py.text("same"));
    }
    if (pads.stream().allMatch(p -> p == 0)) {
      return cell.arg("pad_mode", Py.text("valid"));
    }
    int axes = pads.size() / 2;
    boolean one = pads.stream().distinct().count() == 1;
    PyExpr padding = one || axes == 1 ? Py.num(pads.get(0)) : Py.ints(Window.interleaved(pads));
    return cell.arg("pad_mode", Py.text("pad")).arg("padding", padding);
  }

  /** A convolution whose kernel is computed, as dynamic filters are. */
  private static PyExpr computedWeight(
      NodeReading node, Window window, List<Long> pads, PyExpr input, Lowered.Steps steps)
      throws Refusal {
    if (window.axes() > 3) {
      throw new Refusal("a computed kernel over %d axes".formatted(window.axes()));
    }
    PyExpr x = input;
    if (pads.stream().anyMatch(p -> p != 0)) {
      x = steps.add("padded", zeros(node, x, pads));
    }
    return function(node, window, x, "valid");
  }

  private static PyExpr function(NodeReading node, Window window, PyExpr x, String mode)
      throws Refusal {
    PyExpr.Call call =
        Py.call("ops.conv%dd".formatted(window.axes()), x, node.value(1))
            .with("stride", Window.compact(window.strides()))
            .with("pad_mode", Py.text(mode))
            .with("dilation", Window.compact(window.dilations()))
            .with("groups", Py.num(node.integer("group", 1)));
    return hasBias(node) ? call.with("bias", node.value(2)) : call;
  }
}
