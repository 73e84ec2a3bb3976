// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * {@code mindconverter::StochasticDepth(x, random)}: x times a mask of the random operand's shape
 * that is 0 with probability {@code rate}, else 1 / (1 − rate). {@code nn.Dropout} over ones makes
 * just that mask while it trains, and leaves ones in evaluation.
 */
final class StochasticDepth {
  private StochasticDepth() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.internal("StochasticDepth")
        .infer(TypeRules::sameAsFirst)
        .since(1)
        .lower(StochasticDepth::lower);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    node.withoutInput(1, "only its shape counts");
    ElementType element = node.element(0);
    Shape mask = node.shape(1);
    Cell dropout = Cell.of("nn.Dropout", "drop_path").arg("p", Py.num(rate(node)));
    if (mask.equals(node.shape(0))) {
      return Lowered.of(dropout.call(node.value(0)));
    }
    List<PyExpr> dims = mask.dims().stream().map(NodeReading::dim).toList();
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr ones = Py.call("ops.ones", Py.tuple(dims), Dtypes.of(element));
    PyExpr kept = steps.add("mask", dropout.call(ones));
    return steps.result(Py.times(node.value(0), kept));
  }

  // 1 - 0.9 is 0.100000024 in float32; the source said 0.1.
  private static double rate(NodeReading node) {
    BigDecimal rate = BigDecimal.valueOf(node.real("rate", 0));
    return rate.round(new MathContext(6)).doubleValue();
  }
}
