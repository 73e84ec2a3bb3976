// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;

import java.util.OptionalInt;
import org.mindconverter.fold.Unary;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions of one number. */
final class UnaryMath {
  private UnaryMath() {}

  static void register(OperatorCatalog.Builder ops) {
    function(ops.onnx("Sqrt").fold(Folds.one(Unary::sqrt)), "sqrt", 6, 13);
    function(ops.onnx("Exp").fold(Folds.one(Unary::exp)), "exp", 6, 13);
    function(ops.onnx("Log").fold(Folds.one(Unary::log)), "log", 6, 13);
    function(ops.onnx("Floor").fold(Folds.one(Unary::floor)), "floor", 6, 13);
    function(ops.onnx("Ceil").fold(Folds.one(Unary::ceil)), "ceil", 6, 13);
    function(ops.onnx("Round").fold(Folds.one(Unary::round)), "round", 11, 22);
    function(ops.onnx("Erf").fold(Folds.one(Unary::erf)), "erf", 9, 13);
    function(ops.onnx("Sin").fold(Folds.one(Unary::sin)), "sin", 7, 22);
    function(ops.onnx("Cos").fold(Folds.one(Unary::cos)), "cos", 7, 22);
    function(ops.onnx("Tan"), "tan", 7, 22);
    function(ops.onnx("Asin"), "asin", 7, 22);
    function(ops.onnx("Acos"), "acos", 7, 22);
    function(ops.onnx("Atan"), "atan", 7, 22);
    function(ops.onnx("Sinh"), "sinh", 9, 22);
    function(ops.onnx("Cosh"), "cosh", 9, 22);
    function(ops.onnx("Asinh"), "asinh", 9, 22);
    function(ops.onnx("Acosh"), "acosh", 9, 22);
    function(ops.onnx("Atanh"), "atanh", 9, 22);
    function(ops.internal("Rsqrt"), "rsqrt", 1);
    ops.onnx("Reciprocal")
        .infer(TypeRules::sameAsFirst)
        .fold(Folds.one(Unary::reciprocal))
        .since(6, 13)
        .lower(node -> of(node, Kernel.REALS, x -> Py.divide(Py.num(1), x)));
    ops.onnx("Neg")
        .infer(TypeRules::sameAsFirst)
        .contents(ShapeArithmetic::negate)
        .fold(Folds.one(Unary::neg))
        .since(6, 13)
        .lower(node -> of(node, Kernel.NUMBERS, Py::negative));
    ops.onnx("Abs")
        .infer(TypeRules::sameAsFirst)
        .contents(ShapeArithmetic::absolute)
        .fold(Folds.one(Unary::abs))
        .alias(UnaryMath::unsigned)
        .since(6, 13)
        .lower(node -> of(node, Kernel.NUMBERS, x -> Py.call("ops.abs", x)));
    ops.onnx("Sign")
        .infer(TypeRules::sameAsFirst)
        .fold(Folds.one(Unary::sign))
        .since(9, 13)
        .lower(UnaryMath::sign);
  }

  private static void function(OperatorCatalog.Entry entry, String mindspore, int... generations) {
    entry
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
