// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Slicing;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Slice. */
final class Slice {
  private static final int INPUTS_SINCE = 10;
  private static final int STARTS = 1;
  private static final int ENDS = 2;
  private static final int AXES = 3;
  private static final int STEPS = 4;

  private Slice() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Slice")
        .infer(node -> List.of(new TensorType(node.element(0), sliced(node))))
        .contents(Slice::contents)
        .fold(Slice::fold)
        .layout(Slice::layout)
        .alias(Slice::alias)
        .since(1)
        .lower(Slice::lowerAttributes)
        .since(10, 11, 13)
        .lower(Slice::lowerInputs);
  }

  /** {@code x[:, subscript]}. */
  static PyExpr along(PyExpr x, int axis, PyExpr subscript) {
    List<PyExpr> subscripts = new ArrayList<>();
    for (int i = 0; i < axis; i++) {
      subscripts.add(Py.all());
    }
    subscripts.add(subscript);
    return new PyExpr.Index(x, subscripts);
  }

  /** What is taken of each axis that the node names, where nothing of it is computed. */
  private static Optional<SortedMap<Integer, Cut>> cuts(NodeFacts node, int rank)
      throws ConversionException {
    Optional<List<Dim>> starts = row(node, "starts", STARTS);
    Optional<List<Dim>> ends = row(node, "ends", ENDS);
    Optional<List<Long>> axes = axes(node, starts);
    Optional<List<Long>> steps = steps(node, axes);
    if (starts.isEmpty() || ends.isEmpty() || axes.isEmpty() || steps.isEmpty()) {
      return Optional.empty();
    }
    int count = starts.get().size();
    if (ends.get().size() != count
        || axes.get().size() != count
        || steps.get().size() != count
        || steps.get().contains(0L)) {
      throw node.malformed("starts, ends, axes and steps do not fit together");
    }
    List<Integer> fronts = Axes.front(node, axes.get(), rank);
    SortedMap<Integer, Cut> cuts = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      cuts.put(fronts.get(i), new Cut(starts.get().get(i), ends.get().get(i), steps.get().get(i)));
    }
    return Optional.of(cuts);
  }

  private static Optional<List<Dim>> row(NodeFacts node, String attribute, int input) {
    return node.opset() >= INPUTS_SINCE
        ? node.contents(input)
        : node.attributes().integers(attribute).map(row -> row.stream().map(Dim::of).toList());
  }

  private static Optional<List<Long>> axes(NodeFacts node, Optional<List<Dim>> starts) {
    Optional<List<Long>> all = starts.map(s -> LongStream.range(0, s.size()).boxed().toList());
    if (node.opset() < INPUTS_SINCE) {
      return node.attributes().integers("axes").or(() -> all);
    }
    return node.has(AXES) ? node.integers(AXES) : all;
  }

  private static Optional<List<Long>> steps(NodeFacts node, Optional<List<Long>> axes) {
    Optional<List<Long>> ones = axes.map(a -> a.stream().map(axis -> 1L).toList());
    return node.opset() >= INPUTS_SINCE && node.has(STEPS) ? node.integers(STEPS) : ones;
  }

  private static Optional<Shape> sliced(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return Optional.empty();
    }
    Shape input = node.shape(0).get();
    Optional<SortedMap<Integer, Cut>> cuts = cuts(node, input.rank());
    if (cuts.isEmpty()) {
      return Optional.of(unknownAlong(node, input));
    }
    Shape result = input;
    for (var cut : cuts.get().entrySet()) {
      int axis = cut.getKey();
      Dim length = cut.getValue().length(input.dim(axis)).orElse(node.fresh(0, axis));
      result = result.with(axis, length);
    }
    return Optional.of(result);
  }

  private static Shape unknownAlong(NodeFacts node, Shape input) throws ConversionException {
    Optional<List<Long>> axes = node.has(AXES) ? node.integers(AXES) : Optional.empty();
    if (axes.isEmpty()) {
      return node.freshShape(0, input.rank());
    }
    Shape result = input;
    for (int axis : Axes.front(node, axes.get(), input.rank())) {
      result = result.with(axis, node.fresh(0, axis));
    }
    return result;
  }

  private static OptionalInt alias(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty() || !node.shape(0).equals(sliced(node))) {
      return OptionalInt.empty();
    }
    boolean ahead =
        cuts(node, node.shape(0).get().rank())
            .filter(cuts -> cuts.values().stream().allMatch(cut -> cut.step() > 0))
            .isPresent();
    return ahead ? OptionalInt.of(0) : OptionalInt.empty();
  }

  private static Optional<List<Dim>> contents(NodeFacts node) throws ConversionException {
    Optional<List<Dim>> row = node.contents(0);
    if (row.isEmpty() || node.shape(0).filter(shape -> shape.rank() == 1).isEmpty()) {
      return Optional.empty();
    }
    Optional<SortedMap<Integer, Cut>> cuts = cuts(node, 1);
    if (cuts.isEmpty() || cuts.get().isEmpty()) {
      return cuts.flatMap(none -> row);
    }
    Cut cut = cuts.get().get(0);
    Dim size = Dim.of(row.get().size());
    Optional<Long> first = cut.first(size);
    Optional<Dim> length = cut.length(size).filter(d -> d instanceof Dim.Known);
    if (first.isEmpty() || length.isEmpty()) {
      return Optional.empty();
    }
    List<Dim> elements = new ArrayList<>();
    for (long i = 0; i < length.get().size().getAsLong(); i++) {
      elements.add(row.get().get((int) (first.get() + i * cut.step())));
    }
    return Optional.of(elements);
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) {
    Optional<NumericTensor> x = node.constant(0);
    Optional<List<Dim>> from = row(node, "starts", STARTS);
    Optional<List<Long>> starts = from.map(Shape::new).flatMap(Shape::sizes);
    Optional<List<Long>> ends = row(node, "ends", ENDS).map(Shape::new).flatMap(Shape::sizes);
    Optional<List<Long>> axes = axes(node, from);
    Optional<List<Long>> steps = steps(node, axes);
    return x.isPresent() && starts.isPresent() && ends.isPresent() && steps.isPresent()
        ? Optional.of(
            List.of(Slicing.slice(x.get(), starts.get(), ends.get(), axes.get(), steps.get())))
        : Optional.empty();
  }

  private static Optional<List<WeightExpression>> layout(NodeFacts node)
      throws ConversionException {
    Optional<WeightExpression> weight = node.weight(0);
    if (weight.isEmpty()) {
      return Optional.empty();
    }
    WeightExpression result = weight.get();
    Optional<SortedMap<Integer, Cut>> cuts = cuts(node, result.dims().size());
    boolean plain =
        cuts.filter(c -> c.values().stream().allMatch(cut -> cut.step() == 1)).isPresent();
    if (!plain) {
      return Optional.empty();
    }
    for (var cut : cuts.get().entrySet()) {
      Dim size = Dim.of(result.dims().get(cut.getKey()));
      Optional<Long> first = cut.getValue().first(size);
      Optional<Dim> length = cut.getValue().length(size).filter(d -> d instanceof Dim.Known);
      if (first.isEmpty() || length.isEmpty()) {
        return Optional.empty();
      }
      long taken = length.get().size().getAsLong();
      // An empty piece may begin past the end; where it is cut does not matter.
      result = result.sliced(cut.getKey(), taken == 0 ? 0 : first.get(), taken);
    }
    return Optional.of(List.of(result));
  }

  private static Lowered lowerAttributes(NodeReading node) throws Refusal {
    List<Position> starts = attribute(node, "starts");
    List<Position> ends = attribute(node, "ends");
    List<Long> axes = node.integers("axes").orElse(firstAxes(starts.size()));
    return lower(node, axes, starts, ends, Collections.nCopies(axes.size(), 1L));
  }

  private static List<Position> attribute(NodeReading node, String name) throws Refusal {
    List<Long> row =
        node.integers(name)
            .orElseThrow(() -> new Refusal("attribute '%s' is missing".formatted(name)));
    return row.stream().map(position -> Position.of(Dim.of(position))).toList();
  }

  private static Lowered lowerInputs(NodeReading node) throws Refusal {
    Optional<List<Long>> axes =
        node.has(AXES) ? Optional.of(node.requireIntegers(AXES)) : Optional.empty();
    int count = axes.isPresent() ? axes.get().size() : node.rank(0);
    List<Position> starts = positions(node, STARTS, count);
    List<Position> ends = positions(node, ENDS, count);
    List<Long> steps =
        node.has(STEPS) ? node.requireIntegers(STEPS) : Collections.nCopies(starts.size(), 1L);
    return lower(node, axes.orElse(firstAxes(starts.size())), starts, ends, steps);
  }

  private static List<Long> firstAxes(int count) {
    return LongStream.range(0, count).boxed().toList();
  }

  private static List<Position> positions(NodeReading node, int input, int count) throws Refusal {
    Optional<List<Dim>> known = node.contents(input);
    if (known.isPresent()) {
      return known.get().stream().map(Position::of).toList();
    }
    PyExpr row = node.value(input);
    return IntStream.range(0, count).mapToObj(i -> Position.of(Py.index(row, Py.num(i)))).toList();
  }

  private static Lowered lower(
      NodeReading node,
      List<Long> axes,
      List<Position> starts,
      List<Position> ends,
      List<Long> steps)
      throws Refusal {
    SortedMap<Integer, PyExpr> subscripts = new TreeMap<>();
    SortedMap<Integer, PyExpr> turns = new TreeMap<>();
    PyExpr x = node.value(0);
    for (int i = 0; i < axes.size(); i++) {
      long given = axes.get(i);
      int axis = given >= 0 ? Math.toIntExact(given) : node.axis(given, node.rank(0));
      Optional<Shape> shape = node.type(0).shape();
      Optional<PyExpr> picked =
          steps.get(i) == 1 || !node.element(0).isFloating()
              ? Optional.empty()
              : picked(x, axis, starts.get(i), ends.get(i), steps.get(i), shape);
      if (picked.isPresent()) {
        x = picked.get();
        continue;
      }
      Optional<Dim> size = shape.map(s -> s.dim(axis));
      PyExpr subscript = starts.get(i).subscript(ends.get(i), steps.get(i), size);
      starts.get(i).turn(ends.get(i), steps.get(i), size).ifPresent(t -> turns.put(axis, t));
      if (!subscript.equals(Py.all())) {
        subscripts.put(axis, subscript);
      }
    }
    return Lowered.of(taken(taken(x, subscripts), turns));
  }

  private static PyExpr taken(PyExpr x, SortedMap<Integer, PyExpr> subscripts) {
    if (subscripts.isEmpty()) {
      return x;
    }
    List<PyExpr> all = new ArrayList<>(Collections.nCopies(subscripts.lastKey() + 1, Py.all()));
    subscripts.forEach(all::set);
    return new PyExpr.Index(x, all);
  }

  /**
   * Steps in a form that can be trained through: MindSpore 2.10 has no gradient on the CPU for a
   * slice that walks backwards, or in steps along an axis between others.
   */
  private static Optional<PyExpr> picked(
      PyExpr x, int axis, Position start, Position end, long step, Optional<Shape> shape) {
    if (shape.isEmpty() || start.known.isEmpty() || end.known.isEmpty()) {
      return Optional.empty();
    }
    boolean outermost = axis == 0 || axis == shape.get().rank() - 1;
    if (step > 0 && outermost) {
      return Optional.empty();
    }
    Dim size = shape.get().dim(axis);
    Cut cut = new Cut(start.known.get(), end.known.get(), step);
    if (cut.isReversal(size)) {
      return Optional.of(Py.call("ops.flip", x, Py.tuple(Py.num(axis))));
    }
    boolean nothing = cut.length(size).filter(length -> length.is(0)).isPresent();
    return nothing
        ? Optional.empty()
        : cut.numbers(size).map(numbers -> Py.call("ops.gather", x, numbers, Py.num(axis)));
  }

  /** An end of a slice: known as a dimension, or computed. */
  private record Position(Optional<Dim> known, PyExpr expression) {
    static Position of(Dim dim) {
      return new Position(Optional.of(dim), NodeReading.dim(dim));
    }

    static Position of(PyExpr computed) {
      return new Position(Optional.empty(), computed);
    }

    PyExpr subscript(Position end, long step, Optional<Dim> size) throws Refusal {
      if (known.isPresent() && end.known.isPresent() && size.isPresent()) {
        return new Cut(known.get(), end.known.get(), step).subscript(size.get());
      }
      if (step < 0) {
        throw new Refusal("input 4 walks backwards between computed positions");
      }
      return new PyExpr.Range(
          Optional.of(expression).filter(e -> !e.equals(Py.num(0))),
          Optional.of(end.expression).filter(e -> !end.isFar()),
          Optional.of(Py.num(step)).filter(e -> step != 1));
    }

    Optional<PyExpr> turn(Position end, long step, Optional<Dim> size) {
      return known.isPresent() && end.known.isPresent() && size.isPresent()
          ? new Cut(known.get(), end.known.get(), step).turn(size.get())
          : Optional.empty();
    }

    private boolean isFar() {
      return known
          .filter(d -> d instanceof Dim.Known k && k.value() >= Integer.MAX_VALUE)
          .isPresent();
    }
  }
}
