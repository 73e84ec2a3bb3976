// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;

import java.util.OptionalInt;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions of one number. */
final class UnaryMath {
  private UnaryMath() {}

  static void register(OperatorCatalog.Builder ops) {
    function(ops, "Sqrt", "sqrt", 6, 13);
    function(ops, "Exp", "exp", 6, 13);
    function(ops, "Log", "log", 6, 13);
    function(ops, "Floor", "floor", 6, 13);
    function(ops, "Ceil", "ceil", 6, 13);
    function(ops, "Round", "round", 11, 22);
    function(ops, "Erf", "erf", 9, 13);
    function(ops, "Sin", "sin", 7, 22);
    function(ops, "Cos", "cos", 7, 22);
    function(ops, "Tan", "tan", 7, 22);
    function(ops, "Asin", "asin", 7, 22);
    function(ops, "Acos", "acos", 7, 22);
    function(ops, "Atan", "atan", 7, 22);
    function(ops, "Sinh", "sinh", 9, 22);
    function(ops, "Cosh", "cosh", 9, 22);
    function(ops, "Asinh", "asinh", 9, 22);
    function(ops, "Acosh", "acosh", 9, 22);
    function(ops, "Atanh", "atanh", 9, 22);
    ops.onnx("Reciprocal")
        .infer(TypeRules::sameAsFirst)
        .since(6, 13)
        .lower(node -> of(node, Kernel.REALS, x -> Py.divide(Py.num(1), x)));
    ops.onnx("Neg")
        .infer(TypeRules::sameAsFirst)
        .contents(ShapeArithmetic::negate)
        .since(6, 13)
        .lower(node -> of(node, Kernel.NUMBERS, Py::negative));
    ops.onnx("Abs")
        .infer(TypeRules::sameAsFirst)
        .contents(ShapeArithmetic::absolute)
        .alias(UnaryMath::unsigned)
        .since(6, 13)
        .lower(node -> of(node, Kernel.NUMBERS, x -> Py.call("ops.abs", x)));
    ops.onnx("Sign").infer(TypeRules::sameAsFirst).since(9, 13).lower(UnaryMath::sign);
  }

  private static void function(
      OperatorCatalog.Builder ops, String onnx, String mindspore, int... generations) {
    ops.onnx(onnx)
        .infer(TypeRules::sameAsFirst)
        .since(generations)
        .lower(node -> of(node, Kernel.REALS, x -> Py.call("ops." + mindspore, x)));
  }

  private static Lowered of(NodeReading node, Kernel kernel, Kernel.Function function)
      throws Refusal {
    return Lowered.of(kernel.apply(node, function));
  }

  /** For functions that change nothing but negative numbers. */
  static OptionalInt unsigned(NodeFacts node) {
    return node.element(0).isUnsigned() ? OptionalInt.of(0) : OptionalInt.empty();
  }

  private static Lowered sign(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    if (element.isUnsigned()) {
      PyExpr truth = Kernel.cast(node.value(0), element, BOOL);
      return Lowered.of(Kernel.cast(truth, BOOL, element));
    }
    return of(node, Kernel.REALS.and(INT32, INT64), x -> Py.call("ops.sign", x));
  }
}
