// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Padding of a tensor with one number.
 *
 * <p>What trains is padded by {@code ops.Pad}: in a compiled graph on a CPU, the gradient of {@code
 * ops.pad} loses elements from its second call on. What {@code ops.Pad} cannot do is left to {@code
 * ops.pad}: widths that only a run tells, and tensors without an element, around which it leaves
 * what memory held.
 *
 * @param rank of the tensor
 * @param isTrained whether it has a gradient, and elements in every run
 * @param pads begins of the last axes, then their ends; none below zero
 */
record ConstantPadding(int rank, boolean isTrained, List<PyExpr> pads) {
  private static final PyExpr ZERO = Py.num(0);
  private static final Set<ElementType> DIFFERENTIABLE =
      Set.of(ElementType.FLOAT16, ElementType.FLOAT32, ElementType.FLOAT64);

  ConstantPadding {
    pads = List.copyOf(pads);
  }

  /** Of a node's first input. */
  static ConstantPadding of(NodeReading node, List<PyExpr> pads) throws Refusal {
    int axes = pads.size() / 2;
    int rank = node.type(0).shape().isPresent() ? node.rank(0) : axes;
    boolean trained = node.isNeverEmpty(0) && DIFFERENTIABLE.contains(node.element(0));
    return new ConstantPadding(rank, trained, pads);
  }

  /** The same of a tensor that may be empty: whether its gradient is right does not matter. */
  ConstantPadding withoutGradient() {
    return new ConstantPadding(rank, false, pads);
  }

  /** The tensor with zeros around it. */
  PyExpr zeros(PyExpr x) {
    return isPrimitive() ? Py.call(Py.call("ops.Pad", pairs()), x) : function(x);
  }

  /** The same, as a cell where the source has a module for nothing else. */
  PyExpr zerosOrCell(PyExpr x) {
    return isPrimitive() ? Cell.of("nn.Pad", "pad").arg(pairs()).call(x).or(zeros(x)) : function(x);
  }

  /**
   * The tensor with a number around it.
   *
   * @param value a number, or a tensor of rank 0
   */
  PyExpr filled(PyExpr x, PyExpr value, Lowered.Steps steps) {
    if (!isPrimitive()) {
      return function(x).with("value", value);
    }
    PyExpr inner = steps.named("x", x);
    PyExpr inside = steps.add("inside", zeros(Py.call("ops.ones_like", inner)));
    PyExpr outside = Py.binary(inside, PyExpr.Operator.EQUAL, ZERO);
    return Py.method(zeros(inner), "masked_fill", outside, value);
  }

  private boolean isPrimitive() {
    return isTrained && pads.stream().allMatch(p -> p instanceof PyExpr.Int);
  }

  private PyExpr pairs() {
    int axes = pads.size() / 2;
    List<PyExpr> pairs = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int padded = axis - rank + axes;
      boolean none = padded < 0;
      pairs.add(Py.tuple(none ? ZERO : pads.get(padded), none ? ZERO : pads.get(padded + axes)));
    }
    return Py.tuple(pairs);
  }

  // The last axis comes first, and those in front that do not grow are left out.
  private PyExpr.Call function(PyExpr x) {
    List<PyExpr> widths = new ArrayList<>(Window.lastAxisFirst(pads));
    int end = widths.size();
    while (end > 2 && widths.get(end - 1).equals(ZERO) && widths.get(end - 2).equals(ZERO)) {
      end -= 2;
    }
    return Py.call("ops.pad", x, Py.tuple(widths.subList(0, end)));
  }
}
