// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.UINT8;

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

/** Real numbers as whole ones in steps of a scale, and back. */
final class Quantization {
  private static final int[] GENERATIONS = {10, 13, 19, 21, 23, 24, 25, 28};
  private static final int DEFAULT_AXIS = 1;
  private static final String ONLY_SMALL_FLOATS = "it concerns floats of 8 bits, which are refused";

  private Quantization() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("QuantizeLinear")
        .infer(node -> sameShape(node, quantized(node)))
        .since(GENERATIONS)
        .lower(Quantization::quantize);
    ops.onnx("DequantizeLinear")
        .infer(node -> sameShape(node, named(node, node.element(1))))
        .since(GENERATIONS)
        .lower(Quantization::dequantize);
    ops.onnx("DynamicQuantizeLinear")
        .infer(
            node ->
                List.of(
                    node.type(0).withElement(UINT8),
                    TensorType.of(FLOAT32, Shape.SCALAR),
                    TensorType.of(UINT8, Shape.SCALAR)))
        .since(11)
        .lower(Quantization::quantizeByRange);
  }

  private static List<TensorType> sameShape(NodeFacts node, ElementType element) {
    return List.of(node.type(0).withElement(element));
  }

  private static ElementType quantized(NodeFacts node) throws ConversionException {
    return node.has(2) ? node.element(2) : named(node, UINT8);
  }

  private static ElementType named(NodeFacts node, ElementType otherwise)
      throws ConversionException {
    long number = node.integer("output_dtype", 0);
    return number == 0
        ? otherwise
        : ElementType.ofOnnx(number)
            .orElseThrow(() -> node.malformed("there is no element type " + number));
  }

  private static Lowered quantize(NodeReading node) throws Refusal {
    ElementType element = known(node.outputType(0).element());
    node.without("output_dtype", "it is the output's type");
    node.without("saturate", ONLY_SMALL_FLOATS);
    node.without("precision", "float32 is what counts");
    ElementType given = node.element(0);
    PyExpr x = Kernel.cast(node.value(0), given, FLOAT32);
    PyExpr rounded = Py.call("ops.round", Py.divide(x, beside(node, 1, FLOAT32)));
    return Lowered.of(saturated(moved(node, PyExpr.Operator.PLUS, rounded), element));
  }

  private static ElementType known(ElementType element) throws Refusal {
    if (!element.isMindSpore() || !element.isInteger() || element.bytes() > Short.BYTES) {
      throw new Refusal("whole numbers of type " + element.lowerName());
    }
    return element;
  }

  /** Within what the type holds, and of that type. */
  static PyExpr saturated(PyExpr x, ElementType element) {
    long count = 1L << (element.bytes() * Byte.SIZE);
    long least = element.isUnsigned() ? 0 : -count / 2;
    PyExpr bounded =
        Py.call("ops.clamp", x, Py.num((float) least), Py.num((float) (least + count - 1)));
    return Py.method(bounded, "astype", Dtypes.of(element));
  }

  private static Lowered dequantize(NodeReading node) throws Refusal {
    ElementType element = node.outputType(0).element();
    node.without("output_dtype", "it is the output's type");
    if (element != FLOAT32 && element != FLOAT16) {
      throw new Refusal("real numbers of type " + element.lowerName());
    }
    ElementType given = node.element(0);
    if (!given.isMindSpore() || given.isFloating()) {
      throw new Refusal("whole numbers of type " + given.lowerName());
    }
    // Differences of int32 have no room in float32.
    ElementType computing = given == INT32 ? INT32 : FLOAT32;
    PyExpr x = Kernel.cast(node.value(0), given, computing);
    PyExpr moved = Kernel.cast(moved(node, PyExpr.Operator.MINUS, x), computing, FLOAT32);
    return Lowered.of(Kernel.cast(Py.times(moved, beside(node, 1, FLOAT32)), FLOAT32, element));
  }

  /** With the zero point added or subtracted, where there is one. */
  private static PyExpr moved(NodeReading node, PyExpr.Operator operator, PyExpr x) throws Refusal {
    if (!node.has(2)) {
      return x;
    }
    boolean nothing = node.constant(2).filter(t -> t.size() == 1 && t.integer(0) == 0).isPresent();
    ElementType computing = node.element(2) == INT32 ? INT32 : FLOAT32;
    return nothing ? x : Py.binary(x, operator, beside(node, 2, computing));
  }

  /** A scale or zero point beside the elements that it belongs to. */
  private static PyExpr beside(NodeReading node, int input, ElementType computing) throws Refusal {
    if (node.integer("block_size", 0) != 0) {
      throw new Refusal("attribute 'block_size' of blocks with a scale each");
    }
    long axis = node.integer("axis", DEFAULT_AXIS);
    Optional<NumericTensor> constant = node.constant(input).filter(t -> t.size() == 1);
    if (constant.isPresent()) {
      NumericTensor number = constant.get();
      return number.element().isFloating()
          ? Py.num((float) number.real(0))
          : computing == INT32 ? Py.num(number.integer(0)) : Py.num((float) number.integer(0));
    }
    PyExpr value = Kernel.cast(node.value(input), node.element(input), computing);
    int rank = node.rank(0);
    if (node.rank(input) == 0 || node.shape(input).dim(0).is(1)) {
      return value;
    }
    int behind = rank - 1 - node.axis(axis, rank);
    if (behind == 0) {
      return value;
    }
    List<Long> column = new ArrayList<>(Collections.nCopies(behind + 1, 1L));
    column.set(0, -1L);
    return Py.method(value, "reshape", Py.ints(column));
  }

  /** By a scale that the numbers themselves ask for. */
  private static Lowered quantizeByRange(NodeReading node) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = steps.named("x", node.value(0));
    PyExpr least = steps.add("least", Py.call("ops.minimum", Py.num(0f), Py.call("ops.amin", x)));
    PyExpr most = Py.call("ops.maximum", Py.num(0f), Py.call("ops.amax", x));
    PyExpr width = steps.add("width", Py.minus(most, least));
    PyExpr flat = Py.binary(width, PyExpr.Operator.EQUAL, Py.num(0));
    PyExpr step = Py.divide(width, Py.num(255f));
    PyExpr scale = steps.add("scale", Py.call("ops.where", flat, Py.num(1f), step));
    PyExpr place = Py.call("ops.round", Py.divide(Py.negative(least), scale));
    PyExpr zero = steps.add("zero", saturated(place, UINT8));
    PyExpr moved =
        Py.plus(
            Py.call("ops.round", Py.divide(x, scale)),
            Py.method(zero, "astype", Dtypes.of(FLOAT32)));
    return steps.results(List.of(saturated(moved, UINT8), scale, zero));
  }
}
