// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Making;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Range. */
final class Range {
  private static final int START = 0;
  private static final int LIMIT = 1;
  private static final int DELTA = 2;

  private Range() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Range")
        .infer(node -> List.of(TensorType.of(node.element(0), new Shape(List.of(length(node))))))
        .fold(Range::fold)
        .since(11, 27)
        .lower(Range::lower);
  }

  private static Dim length(NodeFacts node) throws ConversionException {
    Optional<NumericTensor> delta = node.constant(DELTA).filter(d -> d.size() == 1);
    if (delta.isEmpty()) {
      return node.fresh(0, 0);
    }
    if (delta.get().real(0) == 0) {
      throw node.malformed("a range in steps of zero");
    }
    return delta.get().element().isFloating()
        ? realLength(node, delta.get().real(0))
        : wholeLength(node, delta.get().integer(0));
  }

  private static Dim realLength(NodeFacts node, double delta) {
    Optional<NumericTensor> start = node.constant(START).filter(t -> t.size() == 1);
    Optional<NumericTensor> limit = node.constant(LIMIT).filter(t -> t.size() == 1);
    if (start.isEmpty() || limit.isEmpty()) {
      return node.fresh(0, 0);
    }
    double count = Math.ceil((limit.get().real(0) - start.get().real(0)) / delta);
    return Double.isNaN(count) || count > Integer.MAX_VALUE
        ? node.fresh(0, 0)
        : Dim.of((long) Math.max(count, 0));
  }

  private static Dim wholeLength(NodeFacts node, long delta) {
    Optional<Dim> start = node.contents(START).filter(c -> c.size() == 1).map(c -> c.get(0));
    Optional<Dim> limit = node.contents(LIMIT).filter(c -> c.size() == 1).map(c -> c.get(0));
    if (start.isEmpty() || limit.isEmpty()) {
      return node.fresh(0, 0);
    }
    Dim distance = delta > 0 ? limit.get().minus(start.get()) : start.get().minus(limit.get());
    Dim step = Dim.of(Math.absExact(delta));
    return distance.plus(step).minus(Dim.of(1)).floorDiv(step).max(Dim.of(0));
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) {
    Optional<NumericTensor> start = node.constant(START);
    Optional<NumericTensor> limit = node.constant(LIMIT);
    Optional<NumericTensor> delta = node.constant(DELTA);
    return start.isPresent() && limit.isPresent() && delta.isPresent()
        ? Optional.of(List.of(Making.range(start.get(), limit.get(), delta.get())))
        : Optional.empty();
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    node.without("stash_type", "every way to add up rounds within the type's own precision");
    ElementType element = node.element(START);
    PyExpr start = number(node, START, element);
    PyExpr limit = number(node, LIMIT, element);
    PyExpr delta = number(node, DELTA, element);
    boolean inOnes = isNumber(node, DELTA, 1);
    PyExpr.Call call;
    if (inOnes && isNumber(node, START, 0)) {
      call = Py.call("ops.arange", limit);
    } else {
      call =
          inOnes ? Py.call("ops.arange", start, limit) : Py.call("ops.arange", start, limit, delta);
    }
    return Lowered.of(call.with("dtype", Dtypes.of(element)));
  }

  // arange takes numbers of the usual types only.
  private static PyExpr number(NodeReading node, int input, ElementType element) throws Refusal {
    PyExpr number = node.number(input);
    boolean computed =
        number instanceof References.ValueRef || number instanceof References.WeightRef;
    if (computed && node.type(input).shape().filter(shape -> shape.rank() == 1).isPresent()) {
      number = Py.index(number, Py.num(0)); // not what ONNX allows, but what models hold
    }
    return switch (element) {
      case FLOAT32, FLOAT64, INT32, INT64 -> number;
      case FLOAT16, BFLOAT16 -> computed ? as(number, ElementType.FLOAT32) : number;
      default -> computed ? as(number, ElementType.INT32) : number;
    };
  }

  private static PyExpr as(PyExpr number, ElementType element) {
    return Py.method(number, "astype", Dtypes.of(element));
  }

  private static boolean isNumber(NodeReading node, int input, double number) {
    return node.constant(input).filter(t -> t.size() == 1 && t.real(0) == number).isPresent();
  }
}
