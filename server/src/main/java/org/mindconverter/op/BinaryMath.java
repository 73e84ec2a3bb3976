// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT64;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.UINT16;
import static org.mindconverter.ir.ElementType.UINT32;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Arithmetic;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions of two numbers, with broadcasting. */
final class BinaryMath {
  private static final Kernel ADDING = Kernel.NUMBERS.and(UINT16, UINT32, UINT64).wrapping();
  private static final Kernel SUBTRACTING = Kernel.NUMBERS.and(UINT16).wrapping();
  private static final Kernel POWERS = Kernel.REALS.and(INT32, INT64);

  private BinaryMath() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Add")
        .infer(TypeRules::broadcast)
        .contents(ShapeArithmetic::add)
        .fold(Folds.all(Arithmetic::add))
        .alias(Neutral.onEitherSide(0))
        .since(7, 13, 14)
        .lower(node -> binary(node, PyExpr.Operator.PLUS, ADDING));
    ops.onnx("Sub")
        .infer(TypeRules::broadcast)
        .contents(ShapeArithmetic::subtract)
        .fold(Folds.all(Arithmetic::sub))
        .alias(Neutral.second(0))
        .since(7, 13, 14)
        .lower(node -> binary(node, PyExpr.Operator.MINUS, SUBTRACTING));
    ops.onnx("Mul")
        .infer(TypeRules::broadcast)
        .contents(ShapeArithmetic::multiply)
        .fold(Folds.all(Arithmetic::mul))
        .alias(Neutral.onEitherSide(1))
        .since(7, 13, 14)
        .lower(node -> binary(node, PyExpr.Operator.TIMES, ADDING));
    ops.onnx("Div")
        .infer(TypeRules::broadcast)
        .contents(ShapeArithmetic::divide)
        .fold(Folds.all(Arithmetic::div))
        .alias(Neutral.second(1))
        .since(7, 13, 14)
        .lower(BinaryMath::divide);
    ops.onnx("Mod")
        .infer(TypeRules::broadcast)
        .contents(ShapeArithmetic::modulo)
        .fold(BinaryMath::foldModulo)
        .since(10, 13, 28)
        .lower(BinaryMath::modulo);
    ops.onnx("Pow")
        .infer(node -> TypeRules.broadcast(node.element(0)).infer(node))
        .fold(Folds.all(Arithmetic::pow))
        .since(7, 12, 13, 15)
        .lower(BinaryMath::power);
  }

  private static Lowered binary(NodeReading node, PyExpr.Operator operator, Kernel kernel)
      throws Refusal {
    Operands operands = Operands.of(node, kernel);
    List<PyExpr> sides = operands.from(0);
    return Lowered.of(operands.back(Py.binary(sides.get(0), operator, sides.get(1))));
  }

  /** Whole numbers lose their fraction, towards zero. */
  private static Lowered divide(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    if (element.isFloating()) {
      return binary(node, PyExpr.Operator.DIVIDE, Kernel.REALS);
    }
    if (LongDivision.has(element)) {
      return LongDivision.quotient(node);
    }
    if (element.isUnsigned()) {
      return Lowered.of(Py.binary(node.value(0), PyExpr.Operator.FLOOR_DIVIDE, node.value(1)));
    }
    List<PyExpr> sides = Operands.of(node, Kernel.NUMBERS).from(0);
    return Lowered.of(truncated("TruncateDiv", sides.get(0), sides.get(1)));
  }

  private static PyExpr truncated(String primitive, PyExpr x, PyExpr y) {
    return Py.call(Py.call("ops." + primitive), x, y);
  }

  private static Lowered modulo(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    boolean ofDividend = node.integer("fmod", 0) != 0;
    if (element.isFloating()) {
      return ofDividend ? truncatedRemainder(node) : floorRemainder(node);
    }
    if (LongDivision.has(element)) {
      return LongDivision.remainder(node, ofDividend);
    }
    return ofDividend && !element.isUnsigned()
        ? truncatedRemainder(node)
        : binary(node, PyExpr.Operator.MODULO, Kernel.NUMBERS);
  }

  private static Optional<List<NumericTensor>> foldModulo(NodeFacts node)
      throws ConversionException {
    boolean ofDividend = node.integer("fmod", 0) != 0;
    return Folds.all(ofDividend ? Arithmetic::fmod : Arithmetic::mod).fold(node);
  }

  private static Lowered truncatedRemainder(NodeReading node) throws Refusal {
    Operands operands = Operands.of(node, Kernel.REALS.and(ElementType.INT8, INT32));
    List<PyExpr> sides = operands.from(0);
    return Lowered.of(operands.back(truncated("TruncateMod", sides.get(0), sides.get(1))));
  }

  // Not the operator %: that one answers NaN for an infinite divisor.
  private static Lowered floorRemainder(NodeReading node) throws Refusal {
    Operands operands = Operands.of(node, Kernel.REALS);
    List<PyExpr> sides = operands.from(0);
    if (operands.number(1).isPresent()) {
      PyExpr rest = Py.binary(sides.get(0), PyExpr.Operator.MODULO, sides.get(1));
      return Lowered.of(operands.back(rest));
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr y = sides.get(1);
    PyExpr rest = steps.add("rest", truncated("TruncateMod", sides.get(0), y));
    PyExpr opposite = Py.binary(Py.times(rest, y), PyExpr.Operator.LESS, Py.num(0));
    return steps.result(operands.back(Py.call("ops.where", opposite, Py.plus(rest, y), rest)));
  }

  /** Of the base's type, whatever the exponent's is. */
  private static Lowered power(NodeReading node) throws Refusal {
    ElementType base = node.element(0);
    ElementType exponent = node.element(1);
    Operands bases = new Operands(node, base, POWERS);
    Optional<NumericTensor> number = bases.number(1).filter(n -> carries(node, n));
    boolean whole = !base.isFloating();
    if (number.isPresent() && (!whole || isCount(number.get()))) {
      PyExpr power =
          Py.binary(bases.tensor(0), PyExpr.Operator.POWER, Operands.exponent(number.get()));
      return Lowered.of(bases.back(power));
    }
    if (whole) {
      PyExpr x = Kernel.cast(node.value(0), base, FLOAT64);
      PyExpr y = Kernel.cast(node.value(1), exponent, FLOAT64);
      PyExpr real = Py.binary(x, PyExpr.Operator.POWER, y);
      // Powers of whole numbers are whole: what is missing to one is rounding.
      PyExpr result = exponent.isFloating() ? real : Py.call("ops.round", real);
      return Lowered.of(Kernel.cast(result, FLOAT64, base));
    }
    PyExpr y = Kernel.cast(node.value(1), exponent, bases.computing());
    return Lowered.of(bases.back(Py.binary(bases.tensor(0), PyExpr.Operator.POWER, y)));
  }

  private static boolean carries(NodeReading node, NumericTensor exponent) {
    return node.type(0).shape().map(s -> s.rank() >= exponent.dims().size()).orElse(false);
  }

  private static boolean isCount(NumericTensor exponent) {
    double value = exponent.real(0);
    return value >= 0 && value == Math.rint(value);
  }
}
