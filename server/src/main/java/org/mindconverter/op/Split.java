// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Slicing;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Split. */
final class Split {
  private static final int SIZES_BECOME_INPUT = 13;

  private Split() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Split")
        .infer(Split::infer)
        .contents(Split::contents)
        .fold(Split::fold)
        .layout(Split::layout)
        .alias(
            node ->
                node.node().outputs().size() == 1 && sizes(node).isPresent()
                    ? OptionalInt.of(0)
                    : OptionalInt.empty())
        .since(2, 11, 13, 18)
        .lower(Split::lower);
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    int count = node.node().outputs().size();
    List<TensorType> types = new ArrayList<>();
    Optional<List<Dim>> sizes = sizes(node);
    for (int i = 0; i < count; i++) {
      if (node.shape(0).isEmpty()) {
        types.add(new TensorType(node.element(0), Optional.empty()));
      } else {
        Shape input = node.shape(0).get();
        int axis = axis(node, input);
        Dim size = sizes.isPresent() ? sizes.get().get(i) : node.fresh(i, axis);
        types.add(TensorType.of(node.element(0), input.with(axis, size)));
      }
    }
    return types;
  }

  private static int axis(NodeFacts node, Shape input) throws ConversionException {
    return Axes.front(node, node.integer("axis", 0), input.rank());
  }

  private static Optional<List<Dim>> given(NodeFacts node) {
    if (node.opset() >= SIZES_BECOME_INPUT) {
      return node.contents(1);
    }
    return node.attributes().integers("split").map(sizes -> sizes.stream().map(Dim::of).toList());
  }

  /** Size of every part, where the rank is known and the sizes are not computed. */
  private static Optional<List<Dim>> sizes(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return Optional.empty();
    }
    int count = node.node().outputs().size();
    Dim whole = node.shape(0).get().dim(axis(node, node.shape(0).get()));
    Optional<List<Dim>> given = given(node);
    if (given.isEmpty()) {
      if (node.integer("num_outputs", count) != count) {
        throw node.malformed("'num_outputs' is not the number of outputs, %d".formatted(count));
      }
      return node.has(1) ? Optional.empty() : Optional.of(even(whole, count));
    }
    Dim sum = given.get().stream().reduce(Dim.of(0), Dim::plus);
    boolean wrong = sum instanceof Dim.Known && whole instanceof Dim.Known && !sum.equals(whole);
    boolean negative =
        given.get().stream().anyMatch(d -> d instanceof Dim.Known known && known.value() < 0);
    if (given.get().size() != count || wrong || negative) {
      throw node.malformed(
          "%s is to be split into %d parts of sizes %s".formatted(whole, count, given.get()));
    }
    return given;
  }

  // Even parts, the last one smaller where they do not come out even.
  private static List<Dim> even(Dim whole, int count) {
    Dim parts = Dim.of(count);
    Dim size = whole.plus(parts).minus(Dim.of(1)).floorDiv(parts);
    Optional<Dim> exact = whole.expression().dividedBy(parts.expression()).map(e -> e.toDim());
    List<Dim> sizes = new ArrayList<>();
    Dim left = whole;
    for (int i = 0; i < count; i++) {
      Dim part = exact.orElse(left.min(size));
      sizes.add(part);
      left = left.minus(part);
    }
    return sizes;
  }

  private static Optional<List<Dim>> contents(NodeFacts node) throws ConversionException {
    Optional<List<Dim>> sizes = sizes(node);
    Optional<List<Dim>> whole = node.contents(0);
    if (sizes.isEmpty() || whole.isEmpty()) {
      return Optional.empty();
    }
    return sizes.get().get(0) instanceof Dim.Known first
        ? Optional.of(whole.get().subList(0, (int) first.value()))
        : Optional.empty();
  }

  private static Optional<List<WeightExpression>> layout(NodeFacts node)
      throws ConversionException {
    Optional<WeightExpression> whole = node.weight(0);
    Optional<List<Long>> sizes = sizes(node).map(Shape::new).flatMap(Shape::sizes);
    if (whole.isEmpty() || sizes.isEmpty()) {
      return Optional.empty();
    }
    int axis = axis(node, node.shape(0).get());
    List<WeightExpression> parts = new ArrayList<>();
    long start = 0;
    for (long size : sizes.get()) {
      parts.add(whole.get().sliced(axis, start, size));
      start += size;
    }
    return Optional.of(parts);
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) throws ConversionException {
    long axis = node.integer("axis", 0);
    Optional<List<Long>> sizes = sizes(node).map(Shape::new).flatMap(Shape::sizes);
    return sizes.flatMap(s -> node.constant(0).map(x -> Slicing.split(x, axis, s)));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    long axis = node.integer("axis", 0);
    PyExpr x = node.value(0);
    int count = node.outputCount();
    if (node.has(1) && node.contents(1).isEmpty()) {
      return computed(node, x, axis);
    }
    Optional<List<Dim>> given =
        node.opset() >= SIZES_BECOME_INPUT
            ? node.contents(1)
            : node.integers("split").map(all -> all.stream().map(Dim::of).toList());
    node.integer("num_outputs", count);
    Dim whole = given.isPresent() ? Dim.of(0) : node.shape(0).dim(node.axis(axis, node.rank(0)));
    List<Dim> sizes = given.orElse(even(whole, count));
    Lowered.Steps steps = new Lowered.Steps();
    // min and max over sizes of a run are what chunk computes itself.
    PyExpr parts =
        given.isEmpty() && !sizes.stream().allMatch(Split::isPlain)
            ? Py.call("ops.chunk", x, Py.num(count), Py.num(axis))
            : split(x, sizes, axis);
    return steps.results(steps.unpack("part", parts, count));
  }

  private static boolean isPlain(Dim size) {
    return !size.toString().contains("min(");
  }

  // One number where all parts but the last are of that size, else one for every part.
  private static PyExpr split(PyExpr x, List<Dim> sizes, long axis) {
    Dim first = sizes.get(0);
    int last = sizes.size() - 1;
    boolean even = sizes.subList(0, last).stream().allMatch(first::equals);
    boolean ends =
        sizes.get(last).equals(first)
            || (first instanceof Dim.Known f
                && sizes.get(last) instanceof Dim.Known l
                && l.value() > 0
                && l.value() < f.value());
    PyExpr how =
        even && ends && !first.is(0)
            ? NodeReading.dim(first)
            : Py.list(sizes.stream().map(NodeReading::dim).toList());
    return Py.call("ops.split", x, how, Py.num(axis));
  }

  private static Lowered computed(NodeReading node, PyExpr x, long axis) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr ends = steps.add("ends", Py.call("ops.cumsum", node.value(1), Py.num(0)));
    int front = node.axis(axis, node.rank(0));
    List<PyExpr> results = new ArrayList<>();
    for (int i = 0; i < node.outputCount(); i++) {
      Optional<PyExpr> start =
          i == 0 ? Optional.empty() : Optional.of(Py.index(ends, Py.num(i - 1)));
      PyExpr range = Py.range(start, Optional.of(Py.index(ends, Py.num(i))));
      results.add(Slice.along(x, front, range));
    }
    return steps.results(results);
  }
}
