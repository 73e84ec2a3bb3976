// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * What each round of a loop takes from the one before it: a variable each, except for what every
 * round hands on as it was.
 */
final class Carried {
  private final Body body;
  private final int firstInput;
  private final int firstOutput;
  private final List<PyExpr> values = new ArrayList<>();

  /**
   * Values that go round a body.
   *
   * @param firstInput where they enter it
   * @param firstOutput where they leave it
   */
  Carried(Body body, int firstInput, int firstOutput) {
    this.body = body;
    this.firstInput = firstInput;
    this.firstOutput = firstOutput;
  }

  /**
   * Adds the statement that gives the next variable its first value.
   *
   * @param type the first value's type
   * @param unrolled whether MindSpore compiles every round apart, so that sizes may change
   */
  void begin(PyExpr first, ValueType type, boolean unrolled, Lowered.Steps steps) throws Refusal {
    int index = values.size();
    if (body.passesOn(firstInput + index, firstOutput + index)) {
      values.add(first);
      return;
    }
    References.Temporary variable = steps.variable(body.inputHint(firstInput + index));
    steps.assign(
        variable, unrolled ? first : open(first, type, body.inputValueType(firstInput + index)));
    values.add(variable);
  }

  // A graph that is compiled once needs to know which sizes will change: `mutable` says so.
  private static PyExpr open(PyExpr first, ValueType type, ValueType everyRound) throws Refusal {
    if (!(type instanceof TensorType tensor) || !(everyRound instanceof TensorType later)) {
      // Seen in MindSpore 2.10: GRAPH mode runs it, and the list stays as it was.
      throw new Refusal("a list that changes in a loop of unknown length");
    }
    return open(first, tensor.shape(), later.shape());
  }

  private static PyExpr open(PyExpr first, Optional<Shape> before, Optional<Shape> later)
      throws Refusal {
    if (before.isEmpty() || later.isEmpty() || before.get().rank() != later.get().rank()) {
      throw new Refusal("a value of a loop of unknown length changes its rank");
    }
    List<PyExpr> subscripts = new ArrayList<>();
    int last = -1;
    for (int axis = 0; axis < later.get().rank(); axis++) {
      Dim dim = before.get().dim(axis);
      boolean changes = !dim.equals(later.get().dim(axis));
      PyExpr size = Py.call("ms.mutable", NodeReading.dim(dim));
      subscripts.add(changes ? Py.range(Optional.empty(), Optional.of(size)) : Py.all());
      last = changes ? axis : last;
    }
    return last < 0 ? first : new PyExpr.Index(first, subscripts.subList(0, last + 1));
  }

  /** What the body is given. */
  List<PyExpr> values() {
    return values;
  }

  /**
   * Adds the statements that end a round.
   *
   * @param results what the body made of all values
   * @param more a variable that changes at the same time, with its next value
   */
  void next(List<PyExpr> results, Optional<Step.Assign> more, Lowered.Steps round) {
    List<References.Temporary> targets = new ArrayList<>();
    List<PyExpr> sources = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      if (!body.passesOn(firstInput + i, firstOutput + i)) {
        targets.add((References.Temporary) values.get(i));
        sources.add(results.get(i));
      }
    }
    more.ifPresent(
        assign -> {
          targets.addAll(assign.targets());
          sources.add(assign.value());
        });
    if (areIndependent(targets, sources)) {
      for (int i = 0; i < targets.size(); i++) {
        round.assign(targets.get(i), sources.get(i));
      }
    } else {
      round.add(new Step.Assign(targets, Py.tuple(sources)));
    }
  }

  private static boolean areIndependent(List<References.Temporary> targets, List<PyExpr> sources) {
    for (int i = 0; i < targets.size(); i++) {
      for (int later = i + 1; later < sources.size(); later++) {
        if (References.reads(sources.get(later), targets.get(i))) {
          return false;
        }
      }
    }
    return true;
  }
}
