// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Operands that are combined element by element: constants of one element stand as Python numbers
 * where that changes neither type nor shape of the result, and all others in the type that they are
 * computed in.
 */
final class Operands {
  // Up to here every whole number is a float32, and short to write.
  private static final double LARGEST_WHOLE = 1 << 20;

  private final NodeReading node;
  private final ElementType element;
  private final ElementType computing;

  /** Operands of one type. */
  Operands(NodeReading node, ElementType element, Kernel kernel) throws Refusal {
    this.node = node;
    this.element = element;
    this.computing = kernel.computing(element);
  }

  /** Operands of the type that the first known one has. */
  static Operands of(NodeReading node, Kernel kernel) throws Refusal {
    ElementType element = ElementType.UNDEFINED;
    for (int i = 0; i < node.inputCount() && element == ElementType.UNDEFINED; i++) {
      element = node.type(i).element();
    }
    return new Operands(node, element, kernel);
  }

  /** The type that they are computed in. */
  ElementType computing() {
    return computing;
  }

  /** All inputs from that position on. */
  List<PyExpr> from(int first) throws Refusal {
    List<PyExpr> result = new ArrayList<>();
    for (int i = first; i < node.inputCount(); i++) {
      result.add(at(i, first));
    }
    return result;
  }

  /** An input as a tensor. */
  PyExpr tensor(int input) throws Refusal {
    return Kernel.cast(node.value(input), element, computing);
  }

  /** The result of an expression over these, in the type that they have. */
  PyExpr back(PyExpr result) {
    return Kernel.cast(result, computing, element);
  }

  // A number among numbers would leave no tensor: the first of them stays one.
  private PyExpr at(int input, int first) throws Refusal {
    Optional<NumericTensor> number = number(input);
    if (number.isEmpty()) {
      return tensor(input);
    }
    for (int other = first; other < node.inputCount(); other++) {
      boolean tensor = other != input && (number(other).isEmpty() || other < input);
      if (tensor && carriesRank(other, number.get().dims().size())) {
        return spelled(number.get());
      }
    }
    return tensor(input);
  }

  /** Whether that input, as a tensor, has at least that many dimensions. */
  boolean carriesRank(int input, int rank) {
    Optional<Shape> shape = node.type(input).shape();
    return rank == 0 || (shape.isPresent() && shape.get().rank() >= rank);
  }

  /** An input's one element, where it is constant and MindSpore takes it for what it is. */
  Optional<NumericTensor> number(int input) {
    TensorType type = node.type(input);
    OptionalLong count = type.shape().map(Shape::elementCount).orElse(OptionalLong.empty());
    if (!count.equals(OptionalLong.of(1))) {
      return Optional.empty();
    }
    return node.constant(input).filter(this::isExact);
  }

  private boolean isExact(NumericTensor constant) {
    return switch (computing) {
      case BOOL, FLOAT16, FLOAT32, INT8, INT16, INT32, INT64, UINT8 -> true;
      // Python's numbers become float32 before they meet a tensor.
      case FLOAT64 -> Double.compare((float) constant.real(0), constant.real(0)) == 0;
      default -> false;
    };
  }

  /** A constant of one element as a person writes it. */
  static PyExpr spelled(NumericTensor constant) {
    if (constant.element() == ElementType.FLOAT64) {
      return Py.num((float) constant.real(0)); // the same, being exact, in fewer digits
    }
    return NodeReading.numberOf(constant, 0);
  }

  /** Whether an operand stands as a Python number. */
  static boolean isNumber(PyExpr operand) {
    return operand instanceof PyExpr.Int
        || operand instanceof PyExpr.Real
        || (operand instanceof PyExpr.Call call && call.callee().equals(Py.name("float")));
  }

  /** A constant exponent as a person writes it: whole where it is. */
  static PyExpr exponent(NumericTensor constant) {
    double value = constant.real(0);
    return value == Math.rint(value) && Math.abs(value) < LARGEST_WHOLE
        ? Py.num((long) value)
        : spelled(constant);
  }
}
