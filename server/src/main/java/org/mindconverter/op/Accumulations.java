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
    NumericTensor named = node.requireConstant(1);
    if (named.size() != 1) {
      throw new Refusal("input 1 is not one axis");
    }
    PyExpr axis = Py.num(node.axis(named.integer(0), node.rank(0)));
    return Lowered.of(
        kernel.apply(
            node,
            x ->
                exclusive || reverse
                    ? Py.call(primitive(primitive, exclusive, reverse), x, axis)
                    : Py.method(x, method, axis)));
  }

  private static PyExpr primitive(String name, boolean exclusive, boolean reverse) {
    PyExpr.Call call = Py.call(name);
    call = exclusive ? call.with("exclusive", Py.bool(true)) : call;
    return reverse ? call.with("reverse", Py.bool(true)) : call;
  }
}
