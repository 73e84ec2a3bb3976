// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.LongStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Casting;
import org.mindconverter.fold.Extending;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Shaping;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Pad: what it adds around a tensor, or takes away where a width is negative. */
final class Pad {
  private static final int INPUTS_SINCE = 11;
  private static final int WIDTHS = 1;
  private static final int FILLING = 2;
  private static final int AXES = 3;
  private static final Dim ZERO = Dim.of(0);

  private Pad() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Pad")
        .infer(node -> List.of(new TensorType(node.element(0), padded(node))))
        .fold(Pad::fold)
        .alias(Pad::alias)
        .since(2, 11, 13, 18, 19, 21, 23, 24, 25)
        .lower(Pad::lower);
  }

  private static Optional<List<Dim>> row(NodeFacts node) {
    return node.opset() >= INPUTS_SINCE
        ? node.contents(WIDTHS)
        : node.attributes().integers("pads").map(row -> row.stream().map(Dim::of).toList());
  }

  private static Optional<Shape> padded(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return Optional.empty();
    }
    Shape shape = node.shape(0).get();
    Optional<List<Dim>> row = row(node);
    Optional<List<Long>> axes =
        node.has(AXES) ? node.integers(AXES) : Optional.of(allAxes(shape.rank()));
    if (row.isEmpty() || axes.isEmpty()) {
      return Optional.of(node.freshShape(0, shape.rank()));
    }
    int count = axes.get().size();
    if (row.get().size() != 2 * count) {
      throw node.malformed("%d widths for %d axes".formatted(row.get().size(), count));
    }
    Shape result = shape;
    List<Integer> fronts = Axes.front(node, axes.get(), shape.rank());
    for (int i = 0; i < count; i++) {
      Dim size = shape.dim(fronts.get(i)).plus(row.get().get(i)).plus(row.get().get(count + i));
      if (size instanceof Dim.Known known && known.value() < 0) {
        throw node.malformed("more is taken away than %s holds".formatted(shape));
      }
      result = result.with(fronts.get(i), size);
    }
    return Optional.of(result);
  }

  private static List<Long> allAxes(int rank) {
    return LongStream.range(0, rank).boxed().toList();
  }

  private static OptionalInt alias(NodeFacts node) {
    return row(node).filter(row -> row.stream().allMatch(ZERO::equals)).isPresent()
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) {
    Optional<NumericTensor> x = node.constant(0);
    Optional<List<Long>> row = row(node).map(Shape::new).flatMap(Shape::sizes);
    boolean plain =
        node.opset() >= INPUTS_SINCE
            && !node.has(AXES)
            && node.text("mode", "constant").equals("constant");
    if (x.isEmpty() || row.isEmpty() || !plain) {
      return Optional.empty();
    }
    NumericTensor zero = Casting.cast(NumericTensor.ofLongs(List.of(0L)), x.get().element());
    NumericTensor filling =
        Shaping.reshape(node.constant(FILLING).orElse(zero), List.of(), Shaping.Zero.EMPTY);
    return Optional.of(List.of(Extending.pad(x.get(), row.get(), filling)));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    String mode = node.text("mode", "constant");
    PyExpr x = node.value(0);
    Optional<List<Width>> widths = widths(node);
    if (!mode.equals("constant")) {
      if (node.has(FILLING)) {
        node.withoutInput(FILLING, "only the mode 'constant' fills with a value");
      }
      node.without("value", "only the mode 'constant' fills with a value");
      List<Width> known = widths.orElseThrow(() -> new Refusal("input 1, the widths, is computed"));
      EdgePadding.Mode edge = EdgePadding.Mode.of(mode);
      return new EdgePadding(edge, node.element(0), node.shape(0), known).pad(cropped(x, known));
    }
    if (widths.isEmpty()) {
      PyExpr.Call call = Py.call("ops.pad", x, lastAxisFirst(node));
      return Lowered.of(filling(node).map(value -> call.with("value", value)).orElse(call));
    }
    PyExpr cropped = cropped(x, widths.get());
    if (widths.get().stream().allMatch(Width::addsNothing)) {
      filling(node); // honoured by filling nothing
      return Lowered.of(cropped);
    }
    ConstantPadding padding = padding(node, widths.get());
    Optional<PyExpr> value = filling(node);
    Lowered.Steps steps = new Lowered.Steps();
    return steps.result(
        value.isPresent()
            ? padding.filled(cropped, value.get(), steps)
            : padding.zerosOrCell(cropped));
  }

  private static Optional<List<Width>> widths(NodeReading node) throws Refusal {
    Optional<List<Dim>> row = Optional.empty();
    if (node.opset() >= INPUTS_SINCE) {
      row = node.contents(WIDTHS);
    } else {
      row = node.integers("pads").map(all -> all.stream().map(Dim::of).toList());
    }
    if (row.isEmpty()) {
      return Optional.empty();
    }
    List<Long> axes = node.has(AXES) ? node.requireIntegers(AXES) : allAxes(row.get().size() / 2);
    int rank = node.has(AXES) ? node.rank(0) : axes.size();
    List<Width> widths = new ArrayList<>(Collections.nCopies(rank, Width.NONE));
    for (int i = 0; i < axes.size(); i++) {
      Width width = new Width(row.get().get(i), row.get().get(axes.size() + i));
      widths.set(node.axis(axes.get(i), rank), width);
    }
    return Optional.of(widths);
  }

  private static ConstantPadding padding(NodeReading node, List<Width> widths) throws Refusal {
    ConstantPadding padding = ConstantPadding.of(node, beginsThenEnds(widths));
    boolean emptied =
        node.facts()
            .shape(0)
            .map(shape -> cropped(shape, widths))
            .filter(left -> left.dims().stream().allMatch(dim -> dim.isAtLeast(1, 1)))
            .isEmpty();
    return emptied ? padding.withoutGradient() : padding;
  }

  private static List<PyExpr> beginsThenEnds(List<Width> widths) {
    List<PyExpr> pads = new ArrayList<>();
    widths.forEach(width -> pads.add(NodeReading.dim(width.added().before())));
    widths.forEach(width -> pads.add(NodeReading.dim(width.added().behind())));
    return pads;
  }

  /** The tensor without what negative widths take away: not every device pads with those. */
  static PyExpr cropped(PyExpr x, List<Width> widths) {
    List<PyExpr> subscripts = new ArrayList<>();
    for (Width width : widths) {
      subscripts.add(width.crop());
    }
    while (!subscripts.isEmpty() && subscripts.get(subscripts.size() - 1).equals(Py.all())) {
      subscripts.remove(subscripts.size() - 1);
    }
    return subscripts.isEmpty() ? x : new PyExpr.Index(x, subscripts);
  }

  /** The shape of that. */
  static Shape cropped(Shape shape, List<Width> widths) {
    Shape result = shape;
    for (int axis = 0; axis < widths.size(); axis++) {
      Width width = widths.get(axis);
      Dim taken = width.before().min(ZERO).plus(width.behind().min(ZERO));
      result = result.with(axis, result.dim(axis).plus(taken));
    }
    return result;
  }

  private static PyExpr lastAxisFirst(NodeReading node) throws Refusal {
    if (node.has(AXES)) {
      throw new Refusal("input 1, the widths along some axes, is computed");
    }
    PyExpr pairs =
        new PyExpr.Member(
            Py.method(node.value(WIDTHS), "reshape", Py.tuple(Py.num(2), Py.num(-1))), "T");
    return Py.method(Py.call("ops.flip", pairs, Py.tuple(Py.num(0))), "reshape", Py.num(-1));
  }

  /** What the new elements are, unless zero. */
  private static Optional<PyExpr> filling(NodeReading node) throws Refusal {
    if (node.opset() < INPUTS_SINCE) {
      return Optional.of(node.real("value", 0)).filter(value -> value != 0).map(Py::num);
    }
    if (!node.has(FILLING)) {
      return Optional.empty();
    }
    Optional<NumericTensor> value = node.constant(FILLING).filter(v -> v.size() == 1);
    if (value.isEmpty()) {
      return Optional.of(Py.method(node.value(FILLING), "reshape", Py.tuple()));
    }
    double number = value.get().real(0);
    if (number == 0) {
      return Optional.empty();
    }
    // Compiled graphs round a Python number to 32 bits.
    boolean wide = node.element(0) == ElementType.FLOAT64 && number != (float) number;
    PyExpr plain = NodeReading.numberOf(value.get(), 0);
    return Optional.of(wide ? Py.call("ms.Tensor", plain, Dtypes.of(ElementType.FLOAT64)) : plain);
  }

  /** What is added before and behind an axis; taken away where negative. */
  record Width(Dim before, Dim behind) {
    static final Width NONE = new Width(ZERO, ZERO);

    /** What is added, without what is taken away. */
    Width added() {
      return new Width(before.max(ZERO), behind.max(ZERO));
    }

    boolean addsNothing() {
      return added().equals(NONE);
    }

    PyExpr crop() {
      Dim first = ZERO.minus(before).max(ZERO);
      Dim last = behind.min(ZERO);
      return Py.range(
          Optional.of(first).filter(d -> !d.is(0)).map(NodeReading::dim),
          Optional.of(last).filter(d -> !d.is(0)).map(NodeReading::dim));
    }
  }
}
