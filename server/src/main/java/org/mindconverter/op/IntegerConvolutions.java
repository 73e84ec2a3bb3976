// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT32;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Convolutions of quantised numbers. MindSpore convolves real numbers only on CPU; float32 holds
 * every sum below 2^24 exactly, so kernels whose sums may reach it are convolved in two digits.
 */
final class IntegerConvolutions {
  private static final long EXACT = 1L << 24;
  private static final long DIGIT = 16;

  private final NodeReading node;
  private final Places places;
  private final Lowered.Steps steps = new Lowered.Steps();

  private IntegerConvolutions(NodeReading node, Places places) {
    this.node = node;
    this.places = places;
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("ConvInteger")
        .infer(node -> infer(node, Places.CONV_INTEGER, INT32))
        .since(10)
        .lower(node -> new IntegerConvolutions(node, Places.CONV_INTEGER).whole());
    ops.onnx("QLinearConv")
        .infer(node -> infer(node, Places.Q_LINEAR_CONV, node.element(7)))
        .since(10)
        .lower(node -> new IntegerConvolutions(node, Places.Q_LINEAR_CONV).quantised());
  }

  private static List<TensorType> infer(NodeFacts node, Places places, ElementType element)
      throws ConversionException {
    if (node.shape(places.x).isEmpty() || node.shape(places.w).isEmpty()) {
      return List.of(new TensorType(element, Optional.empty()));
    }
    Shape x = node.shape(places.x).get();
    Shape w = node.shape(places.w).get();
    if (x.rank() != w.rank() || x.rank() < 3) {
      throw node.malformed("an input of %s with a weight of %s".formatted(x, w));
    }
    Optional<List<Long>> kernel = kernel(w);
    Shape output =
        kernel.isEmpty()
            ? node.freshShape(0, x.rank())
            : Window.of(node, kernel.get()).output(x, w.dim(0));
    return List.of(TensorType.of(element, output));
  }

  private static Optional<List<Long>> kernel(Shape weight) {
    return new Shape(weight.dims().subList(2, weight.rank())).sizes();
  }

  private Lowered whole() throws Refusal {
    PyExpr sums = steps.named("sums", sums());
    return steps.result(isExact() ? Kernel.cast(sums, FLOAT32, INT32) : sums);
  }

  /** Sums, as float32 where that holds them exactly, else as int32. */
  private PyExpr sums() throws Refusal {
    List<Long> kernel =
        kernel(node.shape(places.w))
            .orElseThrow(() -> new Refusal("the kernel's size is not known"));
    if (kernel.size() > 3) {
      throw new Refusal("a convolution over %d axes".formatted(kernel.size()));
    }
    Window window = Window.of(node, kernel);
    PyExpr x = padded(window, centred(places.x, places.zeroOfX));
    PyExpr w = centred(places.w, places.zeroOfW);
    if (isExact()) {
      return convolved(window, x, w);
    }
    if (terms() * reach(places.x, places.zeroOfX) * DIGIT >= EXACT) {
      throw new Refusal("sums of %d products, which float32 does not hold".formatted(terms()));
    }
    PyExpr input = steps.named("x", x);
    PyExpr weight = steps.named("weight", w);
    PyExpr high = steps.add("high", Py.call("ops.round", Py.divide(weight, Py.num((float) DIGIT))));
    PyExpr low = Py.minus(weight, Py.times(high, Py.num((float) DIGIT)));
    PyExpr ofHigh = steps.add("high_sums", convolved(window, input, high));
    PyExpr ofLow = steps.add("low_sums", convolved(window, input, low));
    return Py.plus(
        Py.times(Kernel.cast(ofHigh, FLOAT32, INT32), Py.num(DIGIT)),
        Kernel.cast(ofLow, FLOAT32, INT32));
  }

  private boolean isExact() throws Refusal {
    long product = reach(places.x, places.zeroOfX) * reach(places.w, places.zeroOfW);
    return terms() * product < EXACT;
  }

  /** How many products are added up for an element. */
  private long terms() throws Refusal {
    long count = 1;
    for (int axis = 1; axis < node.rank(places.w); axis++) {
      count *= node.size(places.w, axis);
    }
    return count;
  }

  /** How far an operand's elements may lie from their zero point. */
  private long reach(int input, int zero) throws Refusal {
    long least = node.element(input).isUnsigned() ? 0 : Byte.MIN_VALUE;
    long most = least + 255;
    if (!node.has(zero)) {
      return Math.max(-least, most);
    }
    Optional<NumericTensor> points = node.constant(zero);
    if (points.isEmpty()) {
      return 255;
    }
    return points.get().toLongs().stream()
        .mapToLong(point -> Math.max(most - point, point - least))
        .max()
        .orElse(0);
  }

  private PyExpr convolved(Window window, PyExpr x, PyExpr w) {
    PyExpr.Call call =
        Py.call("ops.conv%dd".formatted(window.axes()), x, w)
            .with("stride", Window.compact(window.strides()))
            .with("pad_mode", Py.text("valid"));
    call = withUnlessOne(call, "dilation", Window.compact(window.dilations()));
    return withUnlessOne(call, "groups", Py.num(node.integer("group", 1)));
  }

  private static PyExpr.Call withUnlessOne(PyExpr.Call call, String name, PyExpr value) {
    return value.equals(Py.num(1)) ? call : call.with(name, value);
  }

  /** Padded with the zero point, which after centring is zero. */
  private PyExpr padded(Window window, PyExpr x) throws Refusal {
    Shape shape = node.shape(places.x);
    Optional<List<PyExpr>> open = window.openPads(shape, steps);
    List<PyExpr> pads =
        open.isPresent() ? open.get() : window.fixedPads(shape).stream().map(Py::num).toList();
    boolean none = pads.stream().allMatch(Py.num(0)::equals);
    return none
        ? x
        : steps.add("padded", ConstantPadding.of(node, pads).withoutGradient().zeros(x));
  }

  private PyExpr centred(int input, int zero) throws Refusal {
    ElementType element = node.element(input);
    if (!element.isMindSpore() || !element.isInteger() || element.bytes() != 1) {
      throw new Refusal("input %d of type %s".formatted(input, element.lowerName()));
    }
    PyExpr x = Kernel.cast(node.value(input), element, FLOAT32);
    if (!node.has(zero)) {
      return x;
    }
    Optional<NumericTensor> points = node.constant(zero);
    if (points.filter(NumericTensor::isZero).isPresent()) {
      return x;
    }
    return Py.minus(x, beside(zero, node.rank(input) - 1));
  }

  /**
   * A number for all channels as it is, or one for each.
   *
   * @param behind how many axes follow that of the channels
   */
  private PyExpr beside(int input, int behind) throws Refusal {
    Optional<NumericTensor> number = node.constant(input).filter(t -> t.size() == 1);
    if (number.isPresent()) {
      return NodeReading.numberOf(number.get(), 0) instanceof PyExpr.Int whole
          ? Py.num((float) whole.value())
          : NodeReading.numberOf(number.get(), 0);
    }
    PyExpr value = Kernel.cast(node.value(input), node.element(input), FLOAT32);
    Shape shape = node.shape(input);
    if (shape.rank() == 0 || shape.dim(0).is(1)) {
      return value;
    }
    if (shape.rank() > 1) {
      throw new Refusal("input %d of more than one axis".formatted(input));
    }
    List<Long> column = new ArrayList<>(Collections.nCopies(behind + 1, 1L));
    column.set(0, -1L);
    return Py.method(value, "reshape", Py.ints(column));
  }

  /** Scaled to the output's steps. */
  private Lowered quantised() throws Refusal {
    int spatial = node.rank(places.x) - 2;
    PyExpr sums = isExact() ? steps.add("sums", sums()) : sums();
    if (node.has(8)) {
      PyExpr products = isExact() ? Kernel.cast(sums, FLOAT32, INT32) : sums;
      List<Long> column = new ArrayList<>(Collections.nCopies(spatial + 1, 1L));
      column.set(0, -1L);
      sums = Py.plus(products, Py.method(node.value(8), "reshape", Py.ints(column)));
    }
    boolean real = isExact() && !node.has(8);
    PyExpr whole = real ? sums : steps.add("sums", sums);
    PyExpr total = Kernel.cast(whole, real ? FLOAT32 : INT32, FLOAT32);
    PyExpr scale = Py.divide(Py.times(beside(1, spatial), beside(4, spatial)), beside(6, spatial));
    PyExpr scaled = Py.call("ops.round", Py.times(total, scale));
    boolean centred = node.constant(7).filter(NumericTensor::isZero).isPresent();
    PyExpr moved = centred ? scaled : Py.plus(scaled, beside(7, spatial));
    return steps.result(Quantization.saturated(moved, node.element(7)));
  }

  /** At which inputs an operator has its operands and their zero points. */
  private record Places(int x, int zeroOfX, int w, int zeroOfW) {
    static final Places CONV_INTEGER = new Places(0, 2, 1, 3);
    static final Places Q_LINEAR_CONV = new Places(0, 2, 3, 5);
  }
}
