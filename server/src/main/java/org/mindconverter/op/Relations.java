// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.UINT16;
import static org.mindconverter.ir.ElementType.UINT32;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Comparisons;
import org.mindconverter.fold.Logic;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Unary;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Comparisons, logic, and the choice that follows from them. */
final class Relations {
  private static final Kernel COMPARED = Kernel.NUMBERS.and(UINT16, UINT32, UINT64);
  private static final Kernel CHOSEN = COMPARED.and(BOOL);

  private Relations() {}

  static void register(OperatorCatalog.Builder ops) {
    registerComparisons(ops);
    registerLogic(ops);
    ops.onnx("IsNaN")
        .infer(TypeRules.sameShape(BOOL))
        .fold(Folds.one(Unary::isNaN))
        .since(9, 13, 20)
        .lower(node -> Lowered.of(Py.call("ops.isnan", real(node))));
    ops.onnx("IsInf").infer(TypeRules.sameShape(BOOL)).since(10, 20).lower(Relations::isInfinite);
    ops.onnx("Where")
        .infer(Relations::inferWhere)
        .contents(ShapeArithmetic::where)
        .fold(Relations::foldWhere)
        .since(9, 16)
        .lower(Relations::where);
  }

  private static void registerComparisons(OperatorCatalog.Builder ops) {
    OperatorCatalog.Entry equal =
        ops.onnx("Equal").contents(ShapeArithmetic::equal).fold(Folds.all(Comparisons::equal));
    comparison(equal, PyExpr.Operator.EQUAL, 7, 11, 13, 19);
    OperatorCatalog.Entry less =
        ops.onnx("Less").contents(ShapeArithmetic::less).fold(Folds.all(Comparisons::less));
    comparison(less, PyExpr.Operator.LESS, 7, 9, 13);
    OperatorCatalog.Entry lessOrEqual =
        ops.onnx("LessOrEqual")
            .contents(ShapeArithmetic::lessOrEqual)
            .fold(Folds.all(Comparisons::lessOrEqual));
    comparison(lessOrEqual, PyExpr.Operator.LESS_EQUAL, 12, 16);
    OperatorCatalog.Entry greater =
        ops.onnx("Greater")
            .contents(ShapeArithmetic::greater)
            .fold(Folds.all(Comparisons::greater));
    comparison(greater, PyExpr.Operator.GREATER, 7, 9, 13);
    OperatorCatalog.Entry greaterOrEqual =
        ops.onnx("GreaterOrEqual")
            .contents(ShapeArithmetic::greaterOrEqual)
            .fold(Folds.all(Comparisons::greaterOrEqual));
    comparison(greaterOrEqual, PyExpr.Operator.GREATER_EQUAL, 12, 16);
  }

  private static void registerLogic(OperatorCatalog.Builder ops) {
    OperatorCatalog.Entry and =
        ops.onnx("And")
            .contents(ShapeArithmetic::and)
            .fold(Folds.all(Logic::and))
            .alias(Neutral.onEitherSide(1));
    logic(and, PyExpr.Operator.BIT_AND);
    OperatorCatalog.Entry or =
        ops.onnx("Or")
            .contents(ShapeArithmetic::or)
            .fold(Folds.all(Logic::or))
            .alias(Neutral.onEitherSide(0));
    logic(or, PyExpr.Operator.BIT_OR);
    logic(ops.onnx("Xor").fold(Folds.all(Logic::xor)), PyExpr.Operator.BIT_XOR);
    ops.onnx("Not")
        .infer(TypeRules.sameShape(BOOL))
        .contents(ShapeArithmetic::not)
        .fold(Folds.one(Logic::not))
        .since(1)
        .lower(node -> Lowered.of(new PyExpr.Unary(PyExpr.Prefix.INVERT, node.value(0))));
  }

  private static void comparison(
      OperatorCatalog.Entry entry, PyExpr.Operator operator, int... generations) {
    entry
        .infer(TypeRules.broadcast(BOOL))
        .since(generations)
        .lower(
            node -> {
              Kernel kernel = operator == PyExpr.Operator.EQUAL ? CHOSEN : COMPARED;
              List<PyExpr> sides = Operands.of(node, kernel).from(0);
              return Lowered.of(Py.binary(sides.get(0), operator, sides.get(1)));
            });
  }

  private static void logic(OperatorCatalog.Entry entry, PyExpr.Operator operator) {
    entry
        .infer(TypeRules.broadcast(BOOL))
        .since(7)
        .lower(node -> Lowered.of(Py.binary(node.value(0), operator, node.value(1))));
  }

  private static PyExpr real(NodeReading node) throws Refusal {
    ElementType element = node.type(0).element();
    return Kernel.cast(node.value(0), element, Kernel.REALS.computing(element));
  }

  private static Lowered isInfinite(NodeReading node) throws Refusal {
    boolean positive = node.integer("detect_positive", 1) != 0;
    boolean negative = node.integer("detect_negative", 1) != 0;
    PyExpr x = real(node);
    if (positive && negative) {
      return Lowered.of(Py.call("ops.isinf", x));
    }
    if (!positive && !negative) {
      return Lowered.of(Py.call("ops.zeros_like", x).with("dtype", Dtypes.of(BOOL)));
    }
    PyExpr infinity = Py.num(positive ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY);
    return Lowered.of(Py.binary(x, PyExpr.Operator.EQUAL, infinity));
  }

  private static List<TensorType> inferWhere(NodeFacts node) throws ConversionException {
    ElementType element =
        node.element(1) == ElementType.UNDEFINED ? node.element(2) : node.element(1);
    return List.of(new TensorType(element, TypeRules.broadcastShape(node, 0)));
  }

  private static Optional<List<NumericTensor>> foldWhere(NodeFacts node) {
    Optional<NumericTensor> condition = node.constant(0);
    Optional<NumericTensor> yes = node.constant(1);
    Optional<NumericTensor> no = node.constant(2);
    return condition.isPresent() && yes.isPresent() && no.isPresent()
        ? Optional.of(List.of(Logic.where(condition.get(), yes.get(), no.get())))
        : Optional.empty();
  }

  private static Lowered where(NodeReading node) throws Refusal {
    ElementType element =
        node.type(1).element() == ElementType.UNDEFINED ? node.element(2) : node.element(1);
    Operands operands = new Operands(node, element, CHOSEN);
    PyExpr yes = choice(operands, 1);
    PyExpr no = choice(operands, 2);
    return Lowered.of(operands.back(Py.call("ops.where", node.value(0), yes, no)));
  }

  // Two numbers have the type that MindSpore gives them: that is float32 for real ones.
  private static PyExpr choice(Operands operands, int input) throws Refusal {
    Optional<NumericTensor> number = operands.number(input);
    boolean otherIsNumber = operands.number(3 - input).isPresent();
    boolean typed = !otherIsNumber || input == 1 || operands.computing() == FLOAT32;
    if (number.isEmpty() || !typed) {
      return operands.tensor(input);
    }
    int rank = number.get().dims().size();
    boolean shaped =
        operands.carriesRank(0, rank) || (!otherIsNumber && operands.carriesRank(3 - input, rank));
    return shaped ? Operands.spelled(number.get()) : operands.tensor(input);
  }
}
