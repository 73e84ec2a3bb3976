// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT64;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.UINT16;
import static org.mindconverter.ir.ElementType.UINT32;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.Reduction;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** What becomes of all numbers along some axes. */
enum ReductionForm {
  /** Their sum. */
  SUM,
  /** Their mean. */
  MEAN,
  /** Their product. */
  PRODUCT,
  /** The largest of them. */
  MAX,
  /** The smallest of them. */
  MIN,
  /** The sum of their sizes. */
  L1,
  /** The length of the vector that they are. */
  L2,
  /** The sum of their squares. */
  SUM_SQUARE,
  /** The logarithm of their sum. */
  LOG_SUM,
  /** The logarithm of the sum of their exponentials. */
  LOG_SUM_EXP;

  private static final Kernel SUMMED = Kernel.NUMBERS.and(UINT16, UINT32, UINT64).wrapping();
  private static final Kernel COMPARED = Kernel.NUMBERS.and(UINT32, UINT64, BOOL);

  /** The type that elements of that type are computed in. */
  ElementType computing(ElementType element) throws Refusal {
    return switch (this) {
      case SUM, PRODUCT, L1, SUM_SQUARE -> SUMMED.computing(element);
      case MAX, MIN -> COMPARED.computing(element);
      case MEAN, L2, LOG_SUM, LOG_SUM_EXP ->
          element.isInteger() ? FLOAT64 : Kernel.REALS.computing(element);
    };
  }

  /** The type that MindSpore's result has: sums of short whole numbers are long ones. */
  ElementType result(ElementType computing) {
    return switch (this) {
      case SUM, PRODUCT, L1, SUM_SQUARE ->
          switch (computing) {
            case INT8, INT16, INT32, UINT8 -> INT64;
            default -> computing;
          };
      case MAX, MIN, MEAN, L2, LOG_SUM, LOG_SUM_EXP -> computing;
    };
  }

  /** Each number before it is taken in. */
  PyExpr before(PyExpr x, ElementType computing) {
    return switch (this) {
      case L1 -> computing.isUnsigned() ? x : Py.call("ops.abs", x);
      case L2, SUM_SQUARE -> Py.call("ops.square", x);
      case SUM, MEAN, PRODUCT, MAX, MIN, LOG_SUM, LOG_SUM_EXP -> x;
    };
  }

  /**
   * The numbers along the axes, taken together.
   *
   * @param axes empty for all of them
   */
  PyExpr over(PyExpr x, ElementType computing, Optional<PyExpr> axes, boolean keep) {
    return switch (this) {
      case SUM, L1, L2, SUM_SQUARE, LOG_SUM ->
          kept(new PyExpr.Member(x, "sum"), List.of(), axes, keep, "keepdims");
      case MEAN -> kept(new PyExpr.Member(x, "mean"), List.of(), axes, keep, "keep_dims");
      case PRODUCT -> kept(Py.name("ops.prod"), List.of(x), axes, keep, "keep_dims");
      case MAX ->
          computing == BOOL
              ? kept(Py.name("ops.any"), List.of(x), axes, keep, "keep_dims")
              : kept(Py.name("ops.amax"), List.of(x), axes, keep, "keepdims");
      case MIN ->
          computing == BOOL
              ? kept(Py.name("ops.all"), List.of(x), axes, keep, "keep_dims")
              : kept(Py.name("ops.amin"), List.of(x), axes, keep, "keepdims");
      case LOG_SUM_EXP -> kept(Py.name("ops.logsumexp"), List.of(x), axes, keep, "keepdim");
    };
  }

  /** MindSpore's primitive for it, which takes the axes as a tensor too. */
  String primitive(ElementType computing) {
    return switch (this) {
      case SUM, L1, L2, SUM_SQUARE, LOG_SUM -> "ops.ReduceSum";
      case MEAN -> "ops.ReduceMean";
      case PRODUCT -> "ops.ReduceProd";
      case MAX -> computing == BOOL ? "ops.ReduceAny" : "ops.ReduceMax";
      case MIN -> computing == BOOL ? "ops.ReduceAll" : "ops.ReduceMin";
      case LOG_SUM_EXP -> throw new IllegalStateException("it takes more than one primitive");
    };
  }

  private static PyExpr kept(
      PyExpr callee, List<PyExpr> operands, Optional<PyExpr> axes, boolean keep, String keyword) {
    PyExpr.Call call = Py.call(callee, operands.toArray(new PyExpr[0]));
    if (axes.isPresent()) {
      call = Py.call(callee, concat(operands, axes.get()));
    }
    return keep ? call.with(keyword, Py.bool(true)) : call;
  }

  private static PyExpr[] concat(List<PyExpr> operands, PyExpr axes) {
    PyExpr[] all = operands.toArray(new PyExpr[operands.size() + 1]);
    all[operands.size()] = axes;
    return all;
  }

  /** Whether MindSpore asks for the axes even when they are all. */
  boolean namesAllAxes() {
    return this == LOG_SUM_EXP;
  }

  /** What is made of the result. */
  PyExpr after(PyExpr result) {
    return switch (this) {
      case L2 -> Py.call("ops.sqrt", result);
      case LOG_SUM -> Py.call("ops.log", result);
      case SUM, MEAN, PRODUCT, MAX, MIN, L1, SUM_SQUARE, LOG_SUM_EXP -> result;
    };
  }

  /** The result for each number alone. */
  PyExpr alone(PyExpr x, ElementType computing) {
    return switch (this) {
      case L1, L2 -> computing.isUnsigned() ? x : Py.call("ops.abs", x);
      case SUM_SQUARE -> Py.call("ops.square", x);
      case LOG_SUM -> Py.call("ops.log", x);
      case SUM, MEAN, PRODUCT, MAX, MIN, LOG_SUM_EXP -> x;
    };
  }

  /** Whether numbers alone stay as they are. */
  boolean keepsOne() {
    return switch (this) {
      case SUM, MEAN, PRODUCT, MAX, MIN, LOG_SUM_EXP -> true;
      case L1, L2, SUM_SQUARE, LOG_SUM -> false;
    };
  }

  /** The result where there is no number at all. */
  PyExpr ofNothing(ElementType element) throws Refusal {
    return switch (this) {
      case SUM, L1, L2, SUM_SQUARE -> zero(element);
      case PRODUCT -> element.isFloating() ? Py.num(1f) : Py.num(1);
      case LOG_SUM, LOG_SUM_EXP -> infinity(element, Float.NEGATIVE_INFINITY);
      case MAX -> element == BOOL ? Py.bool(false) : infinity(element, Float.NEGATIVE_INFINITY);
      case MIN -> element == BOOL ? Py.bool(true) : infinity(element, Float.POSITIVE_INFINITY);
      case MEAN -> infinity(element, Float.NaN);
    };
  }

  private static PyExpr zero(ElementType element) {
    return element.isFloating() ? Py.num(0f) : Py.num(0);
  }

  private static PyExpr infinity(ElementType element, float value) throws Refusal {
    if (!element.isFloating()) {
      throw new Refusal("no number of %s to reduce".formatted(element.lowerName()));
    }
    return Py.num(value);
  }

  /** The same at conversion time, where it is computed then. */
  Optional<Reduction> known() {
    return switch (this) {
      case SUM -> Optional.of(Reduction.SUM);
      case MEAN -> Optional.of(Reduction.MEAN);
      case PRODUCT -> Optional.of(Reduction.PROD);
      case MAX -> Optional.of(Reduction.MAX);
      case MIN -> Optional.of(Reduction.MIN);
      case L1, L2, SUM_SQUARE, LOG_SUM, LOG_SUM_EXP -> Optional.empty();
    };
  }

  /** The result for a row of shape arithmetic. */
  Optional<Dim> of(List<Dim> row) {
    return switch (this) {
      case SUM -> Optional.of(row.stream().reduce(Dim.of(0), Dim::plus));
      case PRODUCT -> Optional.of(row.stream().reduce(Dim.of(1), Dim::times));
      case MAX -> row.stream().reduce(Dim::max);
      case MIN -> row.stream().reduce(Dim::min);
      case MEAN, L1, L2, SUM_SQUARE, LOG_SUM, LOG_SUM_EXP -> Optional.empty();
    };
  }
}
