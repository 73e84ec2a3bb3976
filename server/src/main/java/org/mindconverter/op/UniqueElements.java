// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.FLOAT64;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * ONNX's Unique. Elements are told apart by a key each: themselves, or for rows along an axis their
 * rank among all rows. {@code ops.unique} leaves open in which order it finds them, so that they
 * are brought into order afterwards.
 */
final class UniqueElements {
  private static final Kernel KEYS = Kernel.of(FLOAT16, FLOAT32, FLOAT64, INT32, INT64);

  private final NodeReading node;
  private final Lowered.Steps steps = new Lowered.Steps();

  private UniqueElements(NodeReading node) {
    this.node = node;
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Unique")
        .infer(UniqueElements::infer)
        .since(11, 28)
        .lower(node -> new UniqueElements(node).lowered());
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    Dim found = node.fresh(0, 0);
    OptionalLong axis = node.attributes().integer("axis");
    Optional<Shape> shape = node.shape(0);
    TensorType numbers = TensorType.of(INT64, new Shape(List.of(found)));
    TensorType open = new TensorType(INT64, Optional.empty());
    if (axis.isEmpty()) {
      Optional<Shape> all = shape.map(s -> new Shape(List.of(s.product())));
      TensorType values = TensorType.of(node.element(0), new Shape(List.of(found)));
      return List.of(values, numbers, new TensorType(INT64, all), numbers);
    }
    if (shape.isEmpty()) {
      return List.of(new TensorType(node.element(0), shape), numbers, open, numbers);
    }
    int front = Axes.front(node, axis.getAsLong(), shape.get().rank());
    return List.of(
        TensorType.of(node.element(0), shape.get().with(front, found)),
        numbers,
        TensorType.of(INT64, new Shape(List.of(shape.get().dim(front)))),
        numbers);
  }

  private Lowered lowered() throws Refusal {
    Optional<Integer> axis = axis();
    PyExpr x =
        axis.isPresent()
            ? steps.named("x", node.value(0))
            : steps.add("x", Py.method(node.value(0), "flatten"));
    PyExpr keys = axis.isPresent() && node.rank(0) > 1 ? ranks(x, axis.get()) : comparable(x);
    Dim count = axis.isPresent() ? node.shape(0).dim(axis.get()) : node.shape(0).product();
    PyExpr length = NodeReading.dim(count);
    List<PyExpr> found = steps.unpack("found", Py.call("ops.unique", keys), 2);
    PyExpr values = found.get(0);
    PyExpr places = found.get(1);
    PyExpr first =
        steps.add(
            "first",
            Py.call("ops.unsorted_segment_min", Py.call("ops.arange", length), places, length));
    boolean sorted = node.integer("sorted", 1) != 0;
    PyExpr order =
        steps.add("order", Py.call("ops.argsort", sorted ? values : appearing(first, values)));
    PyExpr indices = steps.add("indices", Py.index(first, order));
    List<PyExpr> results = new ArrayList<>();
    results.add(Py.call("ops.gather", x, indices, Py.num(axis.orElse(0))));
    results.add(indices);
    results.add(wide(Py.index(Py.call("ops.argsort", order), places)));
    PyExpr ones = Py.call("ops.ones_like", places);
    PyExpr counts = Py.call("ops.unsorted_segment_sum", ones, places, length);
    results.add(wide(Py.index(counts, order)));
    return steps.results(results);
  }

  private Optional<Integer> axis() throws Refusal {
    if (node.attribute("axis").isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(node.axis(node.requireInteger("axis"), node.rank(0)));
  }

  // Behind those that were found, what memory holds where nothing was.
  private static PyExpr appearing(PyExpr first, PyExpr values) {
    PyExpr count = Py.index(new PyExpr.Member(values, "shape"), Py.num(0));
    return Py.index(first, Py.range(Optional.empty(), Optional.of(count)));
  }

  private static PyExpr wide(PyExpr e) {
    return Py.method(e, "astype", Dtypes.of(INT64));
  }

  private PyExpr comparable(PyExpr x) throws Refusal {
    ElementType element = node.element(0);
    return Kernel.cast(x, element, element == BOOL ? INT32 : KEYS.computing(element));
  }

  /** How many rows along the axis come before each, in the order of their first difference. */
  private PyExpr ranks(PyExpr x, int axis) throws Refusal {
    List<Integer> order = new ArrayList<>(List.of(axis));
    IntStream.range(0, node.rank(0)).filter(i -> i != axis).forEach(order::add);
    PyExpr front = axis == 0 ? x : Py.method(x, "transpose", Py.ints(order));
    PyExpr size = NodeReading.dim(node.shape(0).dim(axis));
    PyExpr flat = Py.method(comparable(front), "reshape", Py.tuple(size, Py.num(-1)));
    PyExpr rows = steps.add("rows", flat);
    PyExpr differ =
        Py.binary(
            Py.call("ops.expand_dims", rows, Py.num(1)),
            PyExpr.Operator.NOT_EQUAL,
            Py.call("ops.expand_dims", rows, Py.num(0)));
    PyExpr column =
        steps.add(
            "column",
            Py.call("ops.argmax", Py.method(differ, "astype", Dtypes.of(FLOAT32)), Py.num(-1)));
    PyExpr there = steps.add("there", Py.call("ops.gather_elements", rows, Py.num(1), column));
    PyExpr before = Py.binary(there, PyExpr.Operator.LESS, new PyExpr.Member(there, "T"));
    return Py.method(before, "sum", Py.num(0));
  }
}
