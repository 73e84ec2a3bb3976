// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

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

/** Poolings over windows that keep the largest, and poolings over whole planes. */
final class Pooling {
  private static final PyExpr ONE = Py.num(1);

  private Pooling() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("MaxPool").infer(Pooling::inferMax).since(1, 8, 10, 11, 12, 22).lower(Pooling::max);
    ops.onnx("GlobalAveragePool")
        .infer(Pooling::inferGlobal)
        .since(1, 22)
        .lower(node -> Lowered.of(global(node, "ops.mean")));
    ops.onnx("GlobalMaxPool")
        .infer(Pooling::inferGlobal)
        .since(1, 22)
        .lower(node -> Lowered.of(global(node, "ops.amax")));
  }

  /** The window's positions over the input, with its element type. */
  static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> input = node.shape(0);
    List<Long> kernel = node.integers("kernel_shape", List.of());
    if (input.isEmpty() || input.get().rank() != kernel.size() + 2) {
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
    ElementType element = node.element(0);
    boolean small = element == ElementType.INT8 || element == ElementType.UINT8;
    if (!small) {
      requireFloat(element);
    }
    Window window = window(node);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = node.value(0);
    if (small) {
      x = steps.add("real", Py.call("ops.cast", x, Dtypes.of(ElementType.FLOAT32)));
    }
    Optional<List<PyExpr>> added = paddedBefore(node, window, steps);
    List<Long> pads;
    if (added.isPresent()) {
      ConstantPadding padding = ConstantPadding.of(node, added.get());
      PyExpr least = Py.call("float", Py.text("-inf"));
      x = steps.add("padded", padding.filled(x, least, steps));
      window = window.withoutCeil();
      pads = Collections.nCopies(2 * window.axes(), 0L);
    } else {
      pads = window.fixedPads(node.shape(0));
    }
    PyExpr result = cell("nn.MaxPool%dd", "maxpool", window, pads).call(x);
    if (!small) {
      return steps.result(result);
    }
    PyExpr largest = steps.add("largest", result);
    return steps.result(Py.call("ops.cast", largest, Dtypes.of(element)));
  }

  // Padding that MindSpore's cell does not do.
  private static Optional<List<PyExpr>> paddedBefore(
      NodeReading node, Window window, Lowered.Steps steps) throws Refusal {
    Optional<List<PyExpr>> open = window.openPads(node.shape(0), steps);
    if (open.isPresent()) {
      return open;
    }
    List<Long> pads = window.fixedPads(node.shape(0));
    if (window.isBelowHalf(pads)) {
      return Optional.empty();
    }
    List<Long> fitting = window.ceil() ? window.fitting(node.shape(0), pads) : pads;
    return Optional.of(fitting.stream().map(Py::num).toList());
  }

  /** Refuses what MindSpore cannot pool. */
  static void requireFloat(ElementType element) throws Refusal {
    if (element != ElementType.FLOAT32 && element != ElementType.FLOAT16) {
      throw new Refusal("MindSpore has no such pooling of " + element.lowerName() + " on CPU");
    }
  }

  /** The window, over up to three axes. */
  static Window window(NodeReading node) throws Refusal {
    List<Long> kernel =
        node.integers("kernel_shape")
            .orElseThrow(() -> new Refusal("attribute 'kernel_shape' is missing"));
    if (kernel.isEmpty() || kernel.size() > 3) {
      throw new Refusal("attribute 'kernel_shape' of %d axes".formatted(kernel.size()));
    }
    return Window.of(node, kernel);
  }

  /**
   * The cell of a pooling.
   *
   * @param type with a place for the number of axes
   * @param pads alike in front and behind
   */
  static Cell cell(String type, String hint, Window window, List<Long> pads) {
    Cell cell =
        Cell.of(type.formatted(window.axes()), hint)
            .arg("kernel_size", Window.compact(window.kernel()))
            .argUnless("stride", Window.compact(window.strides()), ONE);
    boolean dilated = window.dilations().stream().anyMatch(d -> d != 1);
    if (window.ceil() || dilated || pads.stream().anyMatch(p -> p != 0)) {
      PyExpr padding = Window.compact(pads.subList(0, window.axes()));
      cell = cell.arg("pad_mode", Py.text("pad")).argUnless("padding", padding, Py.num(0));
    }
    cell = dilated ? cell.arg("dilation", Window.compact(window.dilations())) : cell;
    return window.ceil() ? cell.arg("ceil_mode", Py.bool(true)) : cell;
  }
}
