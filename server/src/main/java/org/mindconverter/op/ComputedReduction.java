// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.OptionalLong;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** A reduction along axes that only a run tells: MindSpore's primitives take them as a tensor. */
final class ComputedReduction {
  private final PyExpr axes;

  private ComputedReduction(PyExpr axes) {
    this.axes = axes;
  }

  /**
   * The reduced first input of a node whose second one is computed.
   *
   * @throws Refusal where a run may name no axis, or the input may have no elements
   */
  static Lowered of(NodeReading node, ReductionForm form, boolean keep) throws Refusal {
    OptionalLong named = node.shape(1).dim(0).size();
    boolean noop = node.integer("noop_with_empty_axes", 0) != 0;
    if (noop && (named.isEmpty() || named.getAsLong() == 0)) {
      throw new Refusal("a run may name no axis, and then keeps them all");
    }
    if (!node.isNeverEmpty(0)) {
      throw new Refusal("a run may reduce a tensor without elements along any axis");
    }
    ElementType element = node.element(0);
    ElementType computing = form.computing(element);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = Kernel.cast(node.value(0), element, computing);
    ComputedReduction reduction = new ComputedReduction(node.value(1));
    PyExpr reduced =
        form == ReductionForm.LOG_SUM_EXP
            ? reduction.ofExponentials(x, keep, steps)
            : form.after(
                reduction.along(form.primitive(computing), form.before(x, computing), keep));
    return steps.result(Kernel.cast(reduced, computing, element));
  }

  private PyExpr along(String primitive, PyExpr x, boolean keep) {
    PyExpr.Call made = keep ? Py.call(primitive, Py.bool(true)) : Py.call(primitive);
    return Py.call(made, x, axes);
  }

  // Less the largest of them, so that none is too large; infinite ones stay as they are.
  private PyExpr ofExponentials(PyExpr x, boolean keep, Lowered.Steps steps) {
    PyExpr largest = steps.add("largest", along("ops.ReduceMax", x, true));
    largest =
        steps.add(
            "largest", Py.call("ops.where", Py.call("ops.isfinite", largest), largest, Py.num(0f)));
    PyExpr exponentials = Py.call("ops.exp", Py.minus(x, largest));
    PyExpr sum = Py.call("ops.log", along("ops.ReduceSum", exponentials, keep));
    return Py.plus(sum, keep ? largest : along("ops.ReduceMax", largest, false));
  }
}
