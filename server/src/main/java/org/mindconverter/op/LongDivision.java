// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.List;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Quotients and remainders of whole numbers of 64 bits. MindSpore computes them in float64, which
 * has but 53: what a first quotient leaves is small enough to be divided once more, exactly. Only
 * where divisor and rest lie beyond 2^53 and next to each other, the quotient may be off by one;
 * and divisors of uint64 are taken to lie below 2^63.
 */
final class LongDivision {
  private LongDivision() {}

  static boolean has(ElementType element) {
    return element == INT64 || element == UINT64;
  }

  /** Without its fraction. */
  static Lowered quotient(NodeReading node) throws Refusal {
    Sides sides = Sides.of(node);
    PyExpr x = sides.x;
    PyExpr y = sides.y;
    PyExpr first = sides.steps.add("quotient", sides.first());
    PyExpr missing = over(sides.rest(sides.x, first), y);
    PyExpr quotient = sides.steps.add("quotient", Py.plus(first, missing));
    if (sides.element == UINT64) {
      return sides.result(quotient);
    }
    // Rounded down so far, where the definition rounds towards zero.
    PyExpr negative = Py.binary(quotient, PyExpr.Operator.LESS, Py.num(0));
    PyExpr broken = Py.binary(Py.times(quotient, y), PyExpr.Operator.NOT_EQUAL, x);
    PyExpr up = Py.method(Py.call("ops.logical_and", negative, broken), "astype", Dtypes.of(INT64));
    return sides.result(Py.plus(quotient, up));
  }

  /** Of the divisor's sign, or of the dividend's. */
  static Lowered remainder(NodeReading node, boolean ofDividend) throws Refusal {
    Sides sides = Sides.of(node);
    PyExpr most = sides.steps.add("rest", sides.rest(sides.x, sides.first()));
    PyExpr rest = sides.rest(most, over(most, sides.y));
    if (!ofDividend || sides.element == UINT64) {
      return sides.result(rest);
    }
    PyExpr kept = sides.steps.add("rest", rest);
    PyExpr some = Py.binary(kept, PyExpr.Operator.NOT_EQUAL, Py.num(0));
    PyExpr opposite = Py.binary(isNegative(kept), PyExpr.Operator.NOT_EQUAL, isNegative(sides.x));
    PyExpr moved = Py.call("ops.logical_and", some, opposite);
    return sides.result(Py.call("ops.where", moved, Py.minus(kept, sides.y), kept));
  }

  private static PyExpr isNegative(PyExpr e) {
    return Py.binary(e, PyExpr.Operator.LESS, Py.num(0));
  }

  private static PyExpr over(PyExpr x, PyExpr y) {
    return Py.binary(x, PyExpr.Operator.FLOOR_DIVIDE, y);
  }

  /** Dividend and divisor as given, and as int64. */
  private record Sides(
      ElementType element, List<PyExpr> given, Lowered.Steps steps, PyExpr x, PyExpr y) {
    static Sides of(NodeReading node) throws Refusal {
      ElementType element = node.element(0);
      List<PyExpr> given = Operands.of(node, Kernel.of(INT64, UINT64)).from(0);
      Lowered.Steps steps = new Lowered.Steps();
      PyExpr x = named(steps, "x", Kernel.cast(given.get(0), element, INT64));
      PyExpr y = named(steps, "y", Kernel.cast(given.get(1), element, INT64));
      return new Sides(element, given, steps, x, y);
    }

    private static PyExpr named(Lowered.Steps steps, String hint, PyExpr side) {
      return Operands.isNumber(side) ? side : steps.named(hint, side);
    }

    /** What float64 makes of it. */
    PyExpr first() {
      return Kernel.cast(over(given.get(0), given.get(1)), element, INT64);
    }

    /** What that quotient leaves; wraps where it overflows, and so comes out right. */
    PyExpr rest(PyExpr dividend, PyExpr quotient) {
      return Py.minus(dividend, Py.times(quotient, y));
    }

    Lowered result(PyExpr result) {
      return steps.result(Kernel.cast(result, INT64, element));
    }
  }
}
