// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.UINT32;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.fold.Arithmetic;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions that treat numbers beyond a bound differently: Clip and PRelu. */
final class Bounds {
  private static final Kernel COMPARING = Kernel.NUMBERS.and(UINT32, UINT64);
  private static final Kernel SMALL_REALS = Kernel.of(FLOAT16, FLOAT32);
  private static final double SIX = 6;

  private Bounds() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Clip")
        .infer(TypeRules::sameAsFirst)
        .alias(Bounds::unboundedByAttributes)
        .since(6)
        .lower(Bounds::clipByAttributes)
        .alias(Bounds::unboundedByInputs)
        .fold(Bounds::foldClip)
        .since(11, 12, 13)
        .lower(Bounds::clipByInputs);
    ops.onnx("PRelu")
        .infer(TypeRules::sameAsFirst)
        .alias(UnaryMath::unsigned)
        .since(7, 9, 16)
        .lower(Bounds::prelu);
  }

  private static OptionalInt unboundedByAttributes(NodeFacts node) {
    boolean unbounded =
        node.attributes().real("min").isEmpty() && node.attributes().real("max").isEmpty();
    return unbounded ? OptionalInt.of(0) : OptionalInt.empty();
  }

  private static OptionalInt unboundedByInputs(NodeFacts node) {
    return node.has(1) || node.has(2) ? OptionalInt.empty() : OptionalInt.of(0);
  }

  private static Optional<List<NumericTensor>> foldClip(NodeFacts node) {
    Optional<NumericTensor> result = node.constant(0);
    if (node.has(1)) {
      result = result.flatMap(a -> node.constant(1).map(least -> Arithmetic.max(a, least)));
    }
    if (node.has(2)) {
      result = result.flatMap(a -> node.constant(2).map(most -> Arithmetic.min(a, most)));
    }
    return result.map(List::of);
  }

  private static Lowered clipByAttributes(NodeReading node) throws Refusal {
    return Lowered.of(
        COMPARING.apply(node, x -> clamp(node, x, bound(node, "min"), bound(node, "max"))));
  }

  private static Optional<PyExpr> bound(NodeReading node, String name) {
    return node.attribute(name).isPresent()
        ? Optional.of(Py.num(node.real(name, 0)))
        : Optional.empty();
  }

  private static Lowered clipByInputs(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    Operands operands = new Operands(node, element, COMPARING);
    PyExpr x = operands.tensor(0);
    Optional<PyExpr> least = bound(node, operands, 1);
    Optional<PyExpr> most = bound(node, operands, 2);
    return Lowered.of(operands.back(clamp(node, x, least, most)));
  }

  private static Optional<PyExpr> bound(NodeReading node, Operands operands, int input)
      throws Refusal {
    if (!node.has(input)) {
      return Optional.empty();
    }
    Optional<NumericTensor> number = operands.number(input);
    return Optional.of(
        number.isPresent() ? Operands.spelled(number.get()) : operands.tensor(input));
  }

  private static PyExpr clamp(
      NodeReading node, PyExpr x, Optional<PyExpr> least, Optional<PyExpr> most) throws Refusal {
    boolean six =
        least.equals(Optional.of(Py.num(0f))) && most.equals(Optional.of(Py.num((float) SIX)));
    if (six && SMALL_REALS.has(node.element(0))) {
      return Cell.of("nn.ReLU6", "relu6").call(x).or(Py.call("ops.relu6", x));
    }
    return most.isPresent()
        ? Py.call("ops.clamp", x, least.orElse(Py.none()), most.get())
        : Py.call("ops.clamp", x, least.orElse(Py.none()));
  }

  private static Lowered prelu(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    if (element == FLOAT32 && node.isWeight(1)) {
      Optional<WeightExpression> slopes = perChannel(node);
      if (slopes.isPresent()) {
        Cell cell =
            Cell.of("nn.PReLU", "prelu")
                .argUnless("channel", Py.num(slopes.get().dims().get(0)), Py.num(1))
                .parameter("w", slopes.get());
        return Lowered.of(cell.call(node.value(0)));
      }
    }
    Operands operands = new Operands(node, element, Kernel.NUMBERS);
    PyExpr x = operands.tensor(0);
    PyExpr negative = Py.binary(x, PyExpr.Operator.LESS, Py.num(0));
    PyExpr scaled = Py.times(x, operands.tensor(1));
    return Lowered.of(operands.back(Py.call("ops.where", negative, scaled, x)));
  }

  /** The slopes as a row, where there is one for each channel or one for all. */
  private static Optional<WeightExpression> perChannel(NodeReading node) throws Refusal {
    WeightExpression slopes = node.weight(1);
    Shape shape = node.shape(0);
    long count = slopes.dims().stream().reduce(1L, (a, b) -> a * b);
    if (count == 1 && slopes.dims().size() <= shape.rank()) {
      return Optional.of(slopes.reshaped(List.of(1L)));
    }
    int channelAxis = slopes.dims().size() - shape.rank() + 1;
    boolean perChannel =
        shape.rank() >= 2
            && channelAxis >= 0
            && slopes.dims().get(channelAxis) == count
            && shape.dim(1).equals(Dim.of(count));
    return perChannel ? Optional.of(slopes.reshaped(List.of(count))) : Optional.empty();
  }
}
