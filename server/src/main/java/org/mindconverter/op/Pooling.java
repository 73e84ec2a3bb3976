// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Poolings over windows and over whole planes. */
final class Pooling {
  private static final PyExpr ONE = Py.num(1);

  private Pooling() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("MaxPool").infer(Pooling::inferMax).since(1, 8, 10, 11, 12, 22).lower(Pooling::max);
    ops.onnx("AveragePool").infer(Pooling::infer).since(7, 10, 11, 19, 22).lower(Pooling::average);
    ops.onnx("GlobalAveragePool")
        .infer(Pooling::inferGlobal)
        .since(1, 22)
        .lower(node -> Lowered.of(global(node, "ops.mean")));
    ops.onnx("GlobalMaxPool")
        .infer(Pooling::inferGlobal)
        .since(1, 22)
        .lower(node -> Lowered.of(global(node, "ops.amax")));
  }

  private static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> input = node.shape(0);
    List<Long> kernel = node.integers("kernel_shape", List.of());
    if (input.isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Shape output = Window.of(node, kernel).output(input.get(), input.get().dim(1));
    return List.of(TensorType.of(node.element(0), output));
  }

  private static List<TensorType> inferMax(NodeFacts node) {
    TensorType output = infer(node).get(0);
    return List.of(output, output.withElement(ElementType.INT64));
  }

  private static List<TensorType> inferGlobal(NodeFacts node) {
    Optional<Shape> shape = node.shape(0);
    for (int axis = 2; shape.isPresent() && axis < shape.get().rank(); axis++) {
      shape = Optional.of(shape.get().with(axis, Dim.of(1)));
    }
    return List.of(new TensorType(node.element(0), shape));
  }

  private static PyExpr global(NodeReading node, String function) throws Refusal {
    List<Integer> axes = IntStream.range(2, node.rank(0)).boxed().toList();
    return Py.call(function, node.value(0), Py.ints(axes), Py.bool(true));
  }

  private static Lowered max(NodeReading node) throws Refusal {
    if (node.integer("storage_order", 0) != 0 || node.wants(1)) {
      throw new Refusal("positions of the maxima");
    }
    requireFloat(node);
    Window window = window(node);
    List<Long> pads = window.fixedPads(node.shape(0));
    if (window.axes() != 2) {
      throw new Refusal("a maximum over %d axes".formatted(window.axes()));
    }
    boolean fits = Window.isSymmetric(pads) && isBelowHalf(window, pads);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = node.value(0);
    if (!fits) {
      PyExpr lowest = Py.call("float", Py.text("-inf"));
      x =
          steps.add(
              "padded",
              Py.call(
                  "ops.pad", x, Py.ints(Window.lastAxisFirst(pads)), Py.text("constant"), lowest));
      pads = Collections.nCopies(pads.size(), 0L);
    }
    return steps.result(cell("nn.MaxPool2d", "maxpool", window, pads, true).call(x));
  }

  private static Lowered average(NodeReading node) throws Refusal {
    requireFloat(node);
    Window window = window(node);
    List<Long> pads = window.fixedPads(node.shape(0));
    boolean counted = node.integer("count_include_pad", 0) != 0;
    boolean none = pads.stream().allMatch(p -> p == 0);
    boolean dilated = window.dilations().stream().anyMatch(d -> d != 1);
    if (window.axes() != 2 || dilated) {
      throw new Refusal("an average over %d axes or with dilations".formatted(window.axes()));
    }
    if (!none && (!Window.isSymmetric(pads) || !isBelowHalf(window, pads))) {
      throw new Refusal("an average with different padding on two sides");
    }
    Cell cell = cell("nn.AvgPool2d", "avgpool", window, pads, false);
    if (!none || window.ceil()) {
      cell = cell.arg("count_include_pad", Py.bool(counted));
    }
    return Lowered.of(cell.call(node.value(0)));
  }

  private static void requireFloat(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    if (element != ElementType.FLOAT32 && element != ElementType.FLOAT16) {
      throw new Refusal("MindSpore has no such pooling of " + element.lowerName() + " on CPU");
    }
  }

  private static Window window(NodeReading node) throws Refusal {
    List<Long> kernel =
        node.integers("kernel_shape")
            .orElseThrow(() -> new Refusal("attribute 'kernel_shape' is missing"));
    return Window.of(node, kernel);
  }

  // MindSpore, like PyTorch, takes no padding above half of the kernel.
  private static boolean isBelowHalf(Window window, List<Long> pads) {
    return IntStream.range(0, window.axes())
        .allMatch(axis -> 2 * pads.get(axis) <= window.kernel().get(axis));
  }

  private static Cell cell(
      String type, String hint, Window window, List<Long> pads, boolean dilates) {
    Cell cell =
        Cell.of(type, hint)
            .arg("kernel_size", Window.compact(window.kernel()))
            .argUnless("stride", Window.compact(window.strides()), ONE);
    List<Long> half = new ArrayList<>(pads.subList(0, window.axes()));
    boolean needsPadMode =
        half.stream().anyMatch(p -> p != 0)
            || window.ceil()
            || window.dilations().stream().anyMatch(d -> d != 1);
    if (needsPadMode) {
      cell = cell.arg("pad_mode", Py.text("pad")).arg("padding", Window.compact(half));
    }
    if (dilates) {
      cell = cell.argUnless("dilation", Window.compact(window.dilations()), ONE);
    }
    return window.ceil() ? cell.arg("ceil_mode", Py.bool(true)) : cell;
  }
}
