// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.UINT32;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.mindconverter.fold.Arithmetic;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions of any number of operands: the smallest, the largest, the sum, the mean. */
final class Extremes {
  private static final Kernel COMPARING = Kernel.NUMBERS.and(UINT32, UINT64);

  private Extremes() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Min")
        .infer(TypeRules::broadcast)
        .contents(ShapeArithmetic::minimum)
        .fold(Folds.all(Arithmetic::min))
        .alias(Extremes::alone)
        .since(6, 8, 12, 13)
        .lower(node -> nested(node, "ops.minimum"));
    ops.onnx("Max")
        .infer(TypeRules::broadcast)
        .contents(ShapeArithmetic::maximum)
        .fold(Folds.all(Arithmetic::max))
        .alias(Extremes::alone)
        .since(6, 8, 12, 13)
        .lower(node -> nested(node, "ops.maximum"));
    ops.onnx("Sum")
        .infer(TypeRules::broadcast)
        .fold(Folds.all(Arithmetic::add))
        .alias(Extremes::alone)
        .since(6, 8, 13)
        .lower(node -> sum(node, false));
    ops.onnx("Mean")
        .infer(TypeRules::broadcast)
        .alias(Extremes::alone)
        .since(6, 8, 13)
        .lower(node -> sum(node, true));
  }

  private static OptionalInt alone(NodeFacts node) {
    return node.inputCount() == 1 ? OptionalInt.of(0) : OptionalInt.empty();
  }

  private static Lowered nested(NodeReading node, String function) throws Refusal {
    Operands operands = Operands.of(node, COMPARING);
    List<PyExpr> sides = tensorsFirst(operands, node.inputCount());
    boolean floating = operands.computing().isFloating();
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr result = sides.get(0);
    for (PyExpr side : sides.subList(1, sides.size())) {
      result = floating ? withNan(function, result, side, steps) : Py.call(function, result, side);
    }
    return steps.result(operands.back(result));
  }

  // MindSpore's answer to NaN is the second operand, and NaN where that is it.
  private static PyExpr withNan(String function, PyExpr x, PyExpr y, Lowered.Steps steps) {
    if (Operands.isNumber(y)) {
      return Py.call(function, y, x);
    }
    if (Operands.isNumber(x)) {
      return Py.call(function, x, y);
    }
    PyExpr kept = steps.named("x", x);
    PyExpr better = Py.call(function, kept, y);
    return Py.call("ops.where", Py.call("ops.isnan", kept), kept, better);
  }

  // Two numbers side by side would be one function's only operands.
  private static List<PyExpr> tensorsFirst(Operands operands, int count) throws Refusal {
    List<PyExpr> all = operands.from(0);
    if (count <= 2) {
      return all;
    }
    List<PyExpr> sorted = new ArrayList<>();
    List<PyExpr> numbers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      (operands.number(i).isPresent() ? numbers : sorted).add(all.get(i));
    }
    sorted.addAll(numbers);
    return sorted;
  }

  private static Lowered sum(NodeReading node, boolean mean) throws Refusal {
    Operands operands = Operands.of(node, Kernel.REALS);
    List<PyExpr> sides = tensorsFirst(operands, node.inputCount());
    PyExpr result = sides.get(0);
    for (PyExpr side : sides.subList(1, sides.size())) {
      result = Py.plus(result, side);
    }
    result = mean ? Py.divide(result, Py.num(sides.size())) : result;
    return Lowered.of(operands.back(result));
  }
}
