// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Tensors that the rounds of a loop make, one in each, to become one tensor. A list takes them
 * where all rounds are compiled one by one and there is at least one; else a tensor grows, which
 * begins with no element, and with a size that MindSpore knows to change.
 */
final class Stacking {
  private final References.Temporary variable;
  private final int axis;
  private final boolean backwards;
  private final boolean list;

  private Stacking(References.Temporary variable, int axis, boolean backwards, boolean list) {
    this.variable = variable;
    this.axis = axis;
    this.backwards = backwards;
    this.list = list;
  }

  /**
   * Adds the statement before the loop.
   *
   * @param hint what to call the variable
   * @param part type of what one round makes
   * @param axis the result's axis along which the parts stand
   * @param backwards whether the first round's comes last
   * @param list whether the number of rounds is known and not zero
   */
  static Stacking begin(
      String hint, TensorType part, int axis, boolean backwards, boolean list, Lowered.Steps steps)
      throws Refusal {
    References.Temporary variable = steps.variable(hint);
    steps.assign(variable, list ? Py.list(List.of()) : nothing(part, axis));
    return new Stacking(variable, axis, backwards, list);
  }

  private static PyExpr nothing(TensorType part, int axis) throws Refusal {
    List<PyExpr> sizes = new ArrayList<>();
    for (Dim dim :
        part.shape()
            .orElseThrow(() -> new Refusal("the rank of what a loop stacks is not known"))
            .dims()) {
      sizes.add(NodeReading.dim(dim));
    }
    sizes.add(axis, Py.call("ms.mutable", Py.num(0)));
    return Py.call("ops.zeros", Py.tuple(sizes), Dtypes.of(part.element()));
  }

  /** Adds the statement that takes one round's. */
  void add(PyExpr part, Lowered.Steps round) {
    if (list) {
      round.add(new Step.Do(Py.method(variable, "append", part)));
      return;
    }
    PyExpr one = Py.call("ops.expand_dims", part, Py.num(axis));
    PyExpr both = backwards ? Py.tuple(one, variable) : Py.tuple(variable, one);
    round.assign(variable, Py.call("ops.cat", both, Py.num(axis)));
  }

  /** The tensor, after the loop. */
  PyExpr result() {
    if (!list) {
      return variable;
    }
    PyExpr parts = backwards ? Py.index(variable, REVERSED) : variable;
    return axis == 0 ? Py.call("ops.stack", parts) : Py.call("ops.stack", parts, Py.num(axis));
  }

  private static final PyExpr REVERSED =
      new PyExpr.Range(Optional.empty(), Optional.empty(), Optional.of(Py.num(-1)));
}
