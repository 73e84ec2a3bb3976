// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.UINT16;
import static org.mindconverter.ir.ElementType.UINT32;
import static org.mindconverter.ir.ElementType.UINT64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Where the largest and smallest numbers of an axis are: ArgMax, ArgMin, TopK. */
final class Ranking {
  private static final Kernel COMPARED = Kernel.NUMBERS.and(UINT16, UINT32, UINT64);

  private Ranking() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("ArgMax")
        .infer(Ranking::inferPlace)
        .since(1, 11, 12, 13)
        .lower(node -> place(node, "ops.argmax", "keepdim", INT64));
    ops.onnx("ArgMin")
        .infer(Ranking::inferPlace)
        .since(1, 11, 12, 13)
        .lower(node -> place(node, "ops.argmin", "keepdims", INT32));
    ops.onnx("TopK")
        .infer(node -> inferTop(node, topByAttribute(node)))
        .since(1)
        .lower(node -> top(node, Py.num(node.requireInteger("k"))))
        .infer(node -> inferTop(node, topByInput(node)))
        .since(10, 11, 24)
        .lower(node -> top(node, count(node)));
  }

  private static List<TensorType> inferPlace(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return List.of(new TensorType(INT64, Optional.empty()));
    }
    Shape shape = node.shape(0).get();
    int axis = Axes.front(node, node.integer("axis", 0), shape.rank());
    boolean keep = node.integer("keepdims", 1) != 0;
    return List.of(TensorType.of(INT64, keep ? shape.with(axis, Dim.of(1)) : without(shape, axis)));
  }

  private static Shape without(Shape shape, int axis) {
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.remove(axis);
    return new Shape(dims);
  }

  private static Lowered place(NodeReading node, String function, String keyword, ElementType made)
      throws Refusal {
    int axis = node.axis(node.integer("axis", 0), node.rank(0));
    boolean keep = node.integer("keepdims", 1) != 0;
    boolean last = node.integer("select_last_index", 0) != 0;
    ElementType element = node.type(0).element();
    PyExpr x = Kernel.cast(node.value(0), element, COMPARED.computing(element));
    PyExpr searched = last ? Py.call("ops.flip", x, Py.tuple(Py.num(axis))) : x;
    PyExpr.Call call = Py.call(function, searched, Py.num(axis));
    PyExpr found = Kernel.cast(keep ? call.with(keyword, Py.bool(true)) : call, made, INT64);
    if (!last) {
      return Lowered.of(found);
    }
    PyExpr end = NodeReading.dim(node.shape(0).dim(axis).minus(Dim.of(1)));
    return Lowered.of(Py.minus(end, found));
  }

  private static Optional<Dim> topByAttribute(NodeFacts node) {
    return Optional.of(Dim.of(node.integer("k", 0)));
  }

  private static Optional<Dim> topByInput(NodeFacts node) {
    return node.contents(1).filter(k -> k.size() == 1).map(k -> k.get(0));
  }

  private static List<TensorType> inferTop(NodeFacts node, Optional<Dim> count)
      throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return List.of(
          new TensorType(node.element(0), Optional.empty()),
          new TensorType(INT64, Optional.empty()));
    }
    Shape shape = node.shape(0).get();
    int axis = Axes.front(node, node.integer("axis", -1), shape.rank());
    Shape top = shape.with(axis, count.orElse(node.fresh(0, axis)));
    return List.of(TensorType.of(node.element(0), top), TensorType.of(INT64, top));
  }

  /** How many elements are asked for; MindSpore slices up to what only a run tells, too. */
  private static PyExpr count(NodeReading node) throws Refusal {
    Optional<List<Dim>> known = node.contents(1).filter(k -> k.size() == 1);
    return known.isPresent()
        ? NodeReading.dim(known.get().get(0))
        : Py.index(node.value(1), Py.num(0));
  }

  // Not ops.topk: of equal elements, ONNX takes the first, as a sort that is stable does.
  private static Lowered top(NodeReading node, PyExpr count) throws Refusal {
    int rank = node.rank(0);
    int axis = node.axis(node.integer("axis", -1), rank);
    boolean largest = node.integer("largest", 1) != 0;
    node.integer("sorted", 1); // sorted results are right when any order is
    ElementType element = node.type(0).element();
    ElementType computing = Kernel.NUMBERS.computing(element);
    PyExpr x = Kernel.cast(node.value(0), element, computing);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr.Call sort = Py.call("ops.sort", x, Py.num(axis == rank - 1 ? -1 : axis));
    PyExpr sorted = steps.add("ranked", largest ? sort.with("descending", Py.bool(true)) : sort);
    PyExpr[] subscripts = new PyExpr[axis + 1];
    Arrays.fill(subscripts, Py.all());
    subscripts[axis] = Py.range(Optional.empty(), Optional.of(count));
    PyExpr values = Py.index(Py.index(sorted, Py.num(0)), subscripts);
    PyExpr places = Py.index(Py.index(sorted, Py.num(1)), subscripts);
    return steps.results(
        List.of(Kernel.cast(values, computing, element), Kernel.cast(places, INT32, INT64)));
  }
}
