// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT32;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Products of matrices of quantised numbers, exact in whole numbers of 32 bits. */
final class IntegerProducts {
  private static final List<Long> COLUMN = List.of(-1L, 1L);

  private IntegerProducts() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("MatMulInteger")
        .infer(node -> product(node, 0, 1, INT32))
        .since(10)
        .lower(node -> Lowered.of(product(node, 0, 2, 1, 3)));
    ops.onnx("QLinearMatMul")
        .infer(node -> product(node, 0, 3, node.element(7)))
        .since(10, 21)
        .lower(IntegerProducts::quantised);
  }

  private static List<TensorType> product(NodeFacts node, int left, int right, ElementType element)
      throws ConversionException {
    Optional<Shape> shape =
        node.shape(left).isPresent() && node.shape(right).isPresent()
            ? Optional.of(LinearAlgebra.product(node, left, right))
            : Optional.empty();
    return List.of(new TensorType(element, shape));
  }

  private static PyExpr product(NodeReading node, int a, int zeroA, int b, int zeroB)
      throws Refusal {
    return Py.call("ops.matmul", centred(node, a, zeroA, true), centred(node, b, zeroB, false));
  }

  private static PyExpr centred(NodeReading node, int input, int zero, boolean rows)
      throws Refusal {
    ElementType element = node.element(input);
    if (!element.isMindSpore() || element.bytes() != 1) {
      throw new Refusal("input %d of type %s".formatted(input, element.lowerName()));
    }
    PyExpr x = Kernel.cast(node.value(input), element, INT32);
    if (!node.has(zero)) {
      return x;
    }
    Optional<NumericTensor> number = node.constant(zero).filter(t -> t.size() == 1);
    if (number.isPresent()) {
      long value = number.get().integer(0);
      return value == 0 ? x : Py.minus(x, Py.num(value));
    }
    PyExpr point = Kernel.cast(node.value(zero), node.element(zero), INT32);
    return Py.minus(x, beside(node, point, zero, rows));
  }

  /** A number for each row stands as a column, and one for each column as it is. */
  private static PyExpr beside(NodeReading node, PyExpr value, int input, boolean rows)
      throws Refusal {
    Shape shape = node.shape(input);
    if (shape.rank() > 1) {
      throw new Refusal("input %d of more than one axis".formatted(input));
    }
    return rows && shape.rank() == 1 && !shape.dim(0).is(1)
        ? Py.method(value, "reshape", Py.ints(COLUMN))
        : value;
  }

  private static Lowered quantised(NodeReading node) throws Refusal {
    PyExpr whole = product(node, 0, 2, 3, 5);
    PyExpr real = Py.method(whole, "astype", Dtypes.of(FLOAT32));
    PyExpr steps = Py.times(scale(node, 1, true), scale(node, 4, false));
    PyExpr scaled = Py.times(real, Py.divide(steps, scale(node, 6, true)));
    ElementType element = node.element(7);
    Optional<NumericTensor> number = node.constant(7).filter(t -> t.size() == 1);
    PyExpr zero =
        number.isPresent()
            ? Py.num((float) number.get().integer(0))
            : beside(node, Kernel.cast(node.value(7), element, FLOAT32), 7, true);
    PyExpr moved = Py.plus(Py.call("ops.round", scaled), zero);
    return Lowered.of(Quantization.saturated(moved, element));
  }

  private static PyExpr scale(NodeReading node, int input, boolean rows) throws Refusal {
    Optional<NumericTensor> number = node.constant(input).filter(t -> t.size() == 1);
    if (number.isPresent()) {
      return Py.num((float) number.get().real(0));
    }
    PyExpr value = Kernel.cast(node.value(input), node.element(input), FLOAT32);
    return beside(node, value, input, rows);
  }
}
