// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.mindconverter.ir.ElementType;

/** Every kernel under the name of its operator, with the operator's defaults. */
final class FoldKernels {
  /** Results for a case. */
  interface Kernel extends Function<FoldCase, List<NumericTensor>> {}

  static final Map<String, Kernel> ALL =
      Map.ofEntries(
          entry("Neg", unary(Unary::neg)),
          entry("Abs", unary(Unary::abs)),
          entry("Sign", unary(Unary::sign)),
          entry("Relu", unary(Unary::relu)),
          entry("Sqrt", unary(Unary::sqrt)),
          entry("Reciprocal", unary(Unary::reciprocal)),
          entry("Exp", unary(Unary::exp)),
          entry("Log", unary(Unary::log)),
          entry("Erf", unary(Unary::erf)),
          entry("Sin", unary(Unary::sin)),
          entry("Cos", unary(Unary::cos)),
          entry("Tanh", unary(Unary::tanh)),
          entry("Sigmoid", unary(Unary::sigmoid)),
          entry("Floor", unary(Unary::floor)),
          entry("Ceil", unary(Unary::ceil)),
          entry("Round", unary(Unary::round)),
          entry("IsNaN", unary(Unary::isNaN)),
          entry("Not", unary(Logic::not)),
          entry("BitwiseNot", unary(Bits::not)),
          entry("Add", binary(Arithmetic::add)),
          entry("Sub", binary(Arithmetic::sub)),
          entry("Mul", binary(Arithmetic::mul)),
          entry("Div", binary(Arithmetic::div)),
          entry("Pow", binary(Arithmetic::pow)),
          entry("Min", binary(Arithmetic::min)),
          entry("Max", binary(Arithmetic::max)),
          entry("Mod", one(FoldKernels::mod)),
          entry("BitwiseAnd", binary(Bits::and)),
          entry("BitwiseOr", binary(Bits::or)),
          entry("BitwiseXor", binary(Bits::xor)),
          entry("BitShift", one(FoldKernels::shift)),
          entry("Equal", binary(Comparisons::equal)),
          entry("Less", binary(Comparisons::less)),
          entry("LessOrEqual", binary(Comparisons::lessOrEqual)),
          entry("Greater", binary(Comparisons::greater)),
          entry("GreaterOrEqual", binary(Comparisons::greaterOrEqual)),
          entry("And", binary(Logic::and)),
          entry("Or", binary(Logic::or)),
          entry("Xor", binary(Logic::xor)),
          entry("Where", one(c -> Logic.where(c.operand(0), c.operand(1), c.operand(2)))),
          entry("Cast", one(c -> Casting.cast(c.operand(0), type(c.integer("to", 0))))),
          entry("Reshape", one(FoldKernels::reshape)),
          entry("Flatten", one(c -> Shaping.flatten(c.operand(0), c.integer("axis", 1)))),
          entry("Squeeze", one(FoldKernels::squeeze)),
          entry("Unsqueeze", one(c -> Shaping.unsqueeze(c.operand(0), c.longs(1)))),
          entry("Transpose", one(c -> Shaping.transpose(c.operand(0), c.longsAttribute("perm")))),
          entry("Slice", one(FoldKernels::slice)),
          entry("Split", c -> Slicing.split(c.operand(0), c.integer("axis", 0), c.longs(1))),
          entry("Concat", one(c -> Joining.concat(c.operands(), c.integer("axis", 0)))),
          entry("Expand", one(c -> Extending.expand(c.operand(0), c.longs(1)))),
          entry("Tile", one(c -> Extending.tile(c.operand(0), c.longs(1)))),
          entry("Pad", one(FoldKernels::pad)),
          entry("Gather", one(c -> Gathering.gather(c.operand(0), c.operand(1), axis(c)))),
          entry("GatherElements", one(FoldKernels::gatherElements)),
          entry("GatherND", one(FoldKernels::gatherNd)),
          entry("ScatterND", one(FoldKernels::scatterNd)),
          entry("ArgMax", one(c -> kept(c, Searching.argMax(c.operand(0), axis(c), tie(c))))),
          entry("ArgMin", one(c -> kept(c, Searching.argMin(c.operand(0), axis(c), tie(c))))),
          entry("NonZero", unary(Searching::nonZero)),
          entry("ReduceSum", one(c -> reduce(Reduction.SUM, c))),
          entry("ReduceMean", one(c -> reduce(Reduction.MEAN, c))),
          entry("ReduceProd", one(c -> reduce(Reduction.PROD, c))),
          entry("ReduceMax", one(c -> reduce(Reduction.MAX, c))),
          entry("ReduceMin", one(c -> reduce(Reduction.MIN, c))),
          entry("CumSum", one(FoldKernels::cumSum)),
          entry("Range", one(c -> Making.range(c.operand(0), c.operand(1), c.operand(2)))),
          entry("ConstantOfShape", one(FoldKernels::constantOfShape)),
          entry("EyeLike", one(FoldKernels::eye)),
          entry("OneHot", one(FoldKernels::oneHot)),
          entry("Trilu", one(FoldKernels::triangle)),
          entry("MatMul", binary(MatrixProduct::matMul)));

  private FoldKernels() {}

  private static Kernel one(Function<FoldCase, NumericTensor> kernel) {
    return c -> List.of(kernel.apply(c));
  }

  private static Kernel unary(UnaryOperator<NumericTensor> kernel) {
    return one(c -> kernel.apply(c.operand(0)));
  }

  private static Kernel binary(BinaryOperator<NumericTensor> kernel) {
    return one(c -> kernel.apply(c.operand(0), c.operand(1)));
  }

  private static ElementType type(long number) {
    return ElementType.ofOnnx(number).orElseThrow();
  }

  private static long axis(FoldCase c) {
    return c.integer("axis", 0);
  }

  private static NumericTensor mod(FoldCase c) {
    return c.flag("fmod")
        ? Arithmetic.fmod(c.operand(0), c.operand(1))
        : Arithmetic.mod(c.operand(0), c.operand(1));
  }

  private static NumericTensor shift(FoldCase c) {
    return c.attributes().get("direction").equals("LEFT")
        ? Bits.shiftLeft(c.operand(0), c.operand(1))
        : Bits.shiftRight(c.operand(0), c.operand(1));
  }

  private static NumericTensor reshape(FoldCase c) {
    Shaping.Zero zero = c.flag("allowzero") ? Shaping.Zero.EMPTY : Shaping.Zero.COPIED;
    return Shaping.reshape(c.operand(0), c.longs(1), zero);
  }

  private static NumericTensor squeeze(FoldCase c) {
    return c.operands().size() > 1
        ? Shaping.squeeze(c.operand(0), c.longs(1))
        : Shaping.squeeze(c.operand(0));
  }

  private static NumericTensor slice(FoldCase c) {
    List<Long> starts = c.longs(1);
    List<Long> all = LongStream.range(0, starts.size()).boxed().toList();
    List<Long> axes = c.operands().size() > 3 ? c.longs(3) : all;
    List<Long> steps = c.operands().size() > 4 ? c.longs(4) : all.stream().map(i -> 1L).toList();
    return Slicing.slice(c.operand(0), starts, c.longs(2), axes, steps);
  }

  private static NumericTensor pad(FoldCase c) {
    NumericTensor zero = Casting.cast(NumericTensor.ofLongs(List.of(0L)), c.operand(0).element());
    NumericTensor fill = c.operands().size() > 2 ? c.operand(2) : zero;
    return Extending.pad(c.operand(0), c.longs(1), fill);
  }

  private static NumericTensor gatherElements(FoldCase c) {
    return Gathering.gatherElements(c.operand(0), c.operand(1), axis(c));
  }

  private static NumericTensor gatherNd(FoldCase c) {
    return Gathering.gatherNd(c.operand(0), c.operand(1), c.integer("batch_dims", 0));
  }

  private static NumericTensor scatterNd(FoldCase c) {
    Scattering.Onto onto =
        switch (Optional.ofNullable(c.attributes().get("reduction")).orElse("none")) {
          case "add" -> Scattering.Onto.ADD;
          case "mul" -> Scattering.Onto.MULTIPLY;
          case "max" -> Scattering.Onto.MAXIMUM;
          case "min" -> Scattering.Onto.MINIMUM;
          default -> Scattering.Onto.REPLACE;
        };
    return Scattering.scatterNd(c.operand(0), c.operand(1), c.operand(2), onto);
  }

  private static Searching.Tie tie(FoldCase c) {
    return c.flag("select_last_index") ? Searching.Tie.LAST : Searching.Tie.FIRST;
  }

  private static NumericTensor kept(FoldCase c, NumericTensor found) {
    return c.flag("keepdims") ? found : Shaping.squeeze(found, List.of(axis(c)));
  }

  private static NumericTensor reduce(Reduction reduction, FoldCase c) {
    Reduction.Axes fate = c.flag("keepdims") ? Reduction.Axes.KEPT : Reduction.Axes.DROPPED;
    return c.operands().size() > 1
        ? reduction.apply(c.operand(0), c.longs(1), fate)
        : reduction.apply(c.operand(0), fate);
  }

  private static NumericTensor cumSum(FoldCase c) {
    return Cumulation.cumSum(
        c.operand(0),
        c.longs(1).get(0),
        c.flag("exclusive") ? Cumulation.Own.EXCLUDED : Cumulation.Own.INCLUDED,
        c.flag("reverse") ? Cumulation.From.END : Cumulation.From.START);
  }

  private static NumericTensor constantOfShape(FoldCase c) {
    return Making.constantOfShape(c.longs(0), c.tensorAttribute("value"));
  }

  private static NumericTensor eye(FoldCase c) {
    List<Long> dims = c.operand(0).dims();
    ElementType type = type(c.integer("dtype", 1));
    return Making.eye(type, dims.get(0), dims.get(1), c.integer("k", 0));
  }

  private static NumericTensor oneHot(FoldCase c) {
    long depth = c.longs(1).get(0);
    return Making.oneHot(c.operand(0), depth, c.operand(2), c.integer("axis", -1));
  }

  private static NumericTensor triangle(FoldCase c) {
    long k = c.operands().size() > 1 ? c.longs(1).get(0) : 0;
    return c.integer("upper", 1) != 0
        ? Triangles.upper(c.operand(0), k)
        : Triangles.lower(c.operand(0), k);
  }
}
