// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.UINT32;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.Cumulation;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Running sums and products along an axis. */
final class Accumulations {
  private static final Kernel SUMMED = Kernel.NUMBERS.and(UINT32, UINT64);

  /** MindSpore's products of shorter whole numbers are long ones. */
  private static final Kernel MULTIPLIED = Kernel.REALS.and(INT64).wrapping();

  // Where only a run tells the axis, each is computed.
  private static final int MOST_AXES = 4;

  private Accumulations() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("CumSum")
        .infer(TypeRules::sameAsFirst)
        .fold(Accumulations::foldSum)
        .since(11, 14)
        .lower(node -> lower(node, SUMMED, "cumsum", "ops.CumSum"));
    ops.onnx("CumProd")
        .infer(TypeRules::sameAsFirst)
        .since(26)
        .lower(node -> lower(node, MULTIPLIED, "cumprod", "ops.CumProd"));
  }

  private static Optional<List<NumericTensor>> foldSum(NodeFacts node) {
    Optional<NumericTensor> axis = node.constant(1).filter(a -> a.size() == 1);
    boolean exclusive = node.integer("exclusive", 0) != 0;
    boolean reverse = node.integer("reverse", 0) != 0;
    Cumulation.Own own = exclusive ? Cumulation.Own.EXCLUDED : Cumulation.Own.INCLUDED;
    Cumulation.From from = reverse ? Cumulation.From.END : Cumulation.From.START;
    return node.constant(0)
        .flatMap(a -> axis.map(x -> List.of(Cumulation.cumSum(a, x.integer(0), own, from))));
  }

  private static Lowered lower(NodeReading node, Kernel kernel, String method, String primitive)
      throws Refusal {
    boolean exclusive = node.integer("exclusive", 0) != 0;
    boolean reverse = node.integer("reverse", 0) != 0;
    Along along =
        (x, axis) ->
            exclusive || reverse
                ? Py.call(primitive(primitive, exclusive, reverse), x, Py.num(axis))
                : Py.method(x, method, Py.num(axis));
    int rank = node.rank(0);
    Optional<NumericTensor> named = node.constant(1);
    if (named.isEmpty() && rank != 1) {
      return ofAnyAxis(node, kernel, along);
    }
    int axis = 0;
    if (named.isEmpty()) {
      node.withoutInput(1, "a row has one axis");
    } else if (named.get().size() == 1) {
      axis = node.axis(named.get().integer(0), rank);
    } else {
      throw new Refusal("input 1 is not one axis");
    }
    int only = axis;
    return Lowered.of(kernel.apply(node, x -> along.of(x, only)));
  }

  /** Along each axis, to choose from: MindSpore's kernels want to know the axis before they run. */
  private static Lowered ofAnyAxis(NodeReading node, Kernel kernel, Along along) throws Refusal {
    int rank = node.rank(0);
    if (rank == 0 || rank > MOST_AXES) {
      throw new Refusal("only a run tells the axis, of %d".formatted(rank));
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr axis = steps.add("axis", Py.binary(node.value(1), PyExpr.Operator.MODULO, Py.num(rank)));
    PyExpr result = kernel.apply(node, x -> along.of(x, rank - 1));
    for (int i = rank - 2; i >= 0; i--) {
      int other = i;
      PyExpr isIt = Py.binary(axis, PyExpr.Operator.EQUAL, Py.num(i));
      result = Py.call("ops.where", isIt, kernel.apply(node, x -> along.of(x, other)), result);
    }
    return steps.result(result);
  }

  /** A running sum or product along one axis. */
  @FunctionalInterface
  private interface Along {
    PyExpr of(PyExpr x, int axis);
  }

  private static PyExpr primitive(String name, boolean exclusive, boolean reverse) {
    PyExpr.Call call = Py.call(name);
    call = exclusive ? call.with("exclusive", Py.bool(true)) : call;
    return reverse ? call.with("reverse", Py.bool(true)) : call;
  }
}
