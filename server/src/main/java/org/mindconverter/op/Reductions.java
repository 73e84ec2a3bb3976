// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Reduction;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that make one number of all numbers along some axes. */
final class Reductions {
  private Reductions() {}

  static void register(OperatorCatalog.Builder ops) {
    generations(ops.onnx("ReduceSum"), ReductionForm.SUM, List.of(1, 11), List.of(13));
    usual(ops.onnx("ReduceMean"), ReductionForm.MEAN);
    usual(ops.onnx("ReduceProd"), ReductionForm.PRODUCT);
    usual(ops.onnx("ReduceL1"), ReductionForm.L1);
    usual(ops.onnx("ReduceL2"), ReductionForm.L2);
    usual(ops.onnx("ReduceSumSquare"), ReductionForm.SUM_SQUARE);
    logarithm(ops.onnx("ReduceLogSum"), ReductionForm.LOG_SUM);
    logarithm(ops.onnx("ReduceLogSumExp"), ReductionForm.LOG_SUM_EXP);
    extreme(ops.onnx("ReduceMax"), ReductionForm.MAX);
    extreme(ops.onnx("ReduceMin"), ReductionForm.MIN);
  }

  private static void usual(OperatorCatalog.Entry entry, ReductionForm reduction) {
    generations(entry, reduction, List.of(1, 11, 13), List.of(18));
  }

  private static void logarithm(OperatorCatalog.Entry entry, ReductionForm reduction) {
    generations(entry, reduction, List.of(1, 11, 13), List.of(18, 28));
  }

  private static void extreme(OperatorCatalog.Entry entry, ReductionForm reduction) {
    generations(entry, reduction, List.of(1, 11, 12, 13), List.of(18, 20));
  }

  private static void generations(
      OperatorCatalog.Entry entry,
      ReductionForm reduction,
      List<Integer> byAttribute,
      List<Integer> byInput) {
    generations(entry, reduction, ReducedAxes.ATTRIBUTE, byAttribute);
    generations(entry, reduction, ReducedAxes.INPUT, byInput);
  }

  private static void generations(
      OperatorCatalog.Entry entry, ReductionForm reduction, ReducedAxes axes, List<Integer> since) {
    entry
        .infer(axes::infer)
        .contents(node -> contents(node, reduction, axes))
        .alias(node -> alias(node, reduction, axes))
        .fold(node -> fold(node, reduction, axes))
        .since(since.stream().mapToInt(Integer::intValue).toArray())
        .lower(node -> lower(node, reduction, axes));
  }

  private static Optional<List<Dim>> contents(
      NodeFacts node, ReductionForm reduction, ReducedAxes axes) {
    Optional<List<Dim>> row = node.contents(0);
    boolean counts = node.element(0) == ElementType.INT64 || node.element(0) == ElementType.INT32;
    return row.isPresent() && counts && axes.reducesRow(node)
        ? reduction.of(row.get()).map(List::of)
        : Optional.empty();
  }

  private static OptionalInt alias(NodeFacts node, ReductionForm reduction, ReducedAxes axes) {
    boolean scalar = node.shape(0).map(shape -> shape.rank() == 0).orElse(false);
    return reduction.keepsOne() && (scalar || axes.keepsAll(node))
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  private static Optional<List<NumericTensor>> fold(
      NodeFacts node, ReductionForm reduction, ReducedAxes axes) {
    Optional<Reduction> known = reduction.known();
    Optional<NumericTensor> operand = node.constant(0);
    Optional<List<Long>> named = axes.named(node);
    if (known.isEmpty() || operand.isEmpty() || named.isEmpty()) {
      return Optional.empty();
    }
    boolean keep = node.integer("keepdims", 1) != 0;
    Reduction.Axes fate = keep ? Reduction.Axes.KEPT : Reduction.Axes.DROPPED;
    return Optional.of(
        List.of(
            named.get().isEmpty()
                ? known.get().apply(operand.get(), fate)
                : known.get().apply(operand.get(), named.get(), fate)));
  }

  private static Lowered lower(NodeReading node, ReductionForm reduction, ReducedAxes where)
      throws Refusal {
    boolean keep = node.integer("keepdims", 1) != 0;
    if (where.areComputed(node)) {
      return isEmpty(node.shape(0)) && node.outputShape(0).isKnown()
          ? ofNothingAtAll(node, reduction)
          : ComputedReduction.of(node, reduction, keep);
    }
    Optional<List<Integer>> axes = where.read(node);
    ElementType element = node.element(0);
    ElementType computing = reduction.computing(element);
    if (axes.isPresent() && isEmpty(node.shape(0), axes.get())) {
      node.withoutInput(0, "nothing is read of a tensor without elements");
      return Lowered.of(ofNothing(node, reduction, element));
    }
    PyExpr x = Kernel.cast(node.value(0), element, computing);
    if (axes.isEmpty() || axes.get().isEmpty()) {
      return Lowered.of(Kernel.cast(reduction.alone(x, computing), computing, element));
    }
    boolean all = axes.get().size() == node.rank(0) && !keep && !reduction.namesAllAxes();
    Optional<PyExpr> named =
        all ? Optional.empty() : Optional.of(spelled(axes.get(), node.rank(0)));
    PyExpr reduced = reduction.over(reduction.before(x, computing), computing, named, keep);
    return Lowered.of(Kernel.cast(reduction.after(reduced), reduction.result(computing), element));
  }

  private static PyExpr spelled(List<Integer> axes, int rank) {
    if (axes.size() > 1) {
      return Py.ints(axes);
    }
    return Py.num(axes.get(0) == rank - 1 ? -1 : axes.get(0));
  }

  // MindSpore's sums over no elements are whatever its memory held.
  private static boolean isEmpty(Shape shape, List<Integer> axes) {
    return axes.stream().anyMatch(axis -> shape.dim(axis).is(0));
  }

  private static boolean isEmpty(Shape shape) {
    return shape.dims().stream().anyMatch(dim -> dim.is(0));
  }

  private static Lowered ofNothingAtAll(NodeReading node, ReductionForm reduction) throws Refusal {
    node.withoutInput(0, "nothing is read of a tensor without elements");
    node.withoutInput(1, "whichever axes it names, what is left is of no elements");
    node.without("noop_with_empty_axes", "without axes there is no result's element either");
    return Lowered.of(ofNothing(node, reduction, node.element(0)));
  }

  private static PyExpr ofNothing(NodeReading node, ReductionForm reduction, ElementType element)
      throws Refusal {
    List<PyExpr> dims = new ArrayList<>();
    for (Dim dim : node.outputShape(0).dims()) {
      dims.add(NodeReading.dim(dim));
    }
    return Py.call("ops.full", Py.tuple(dims), reduction.ofNothing(element))
        .with("dtype", Dtypes.of(element));
  }
}
