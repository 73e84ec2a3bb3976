// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Shaping;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that keep the elements and their order, and change the shape around them. */
final class Reshaping {
  private static final int AXES_BECOME_INPUT = 13;

  private Reshaping() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Identity")
        .infer(TypeRules::sameAsFirst)
        .contents(ShapeArithmetic::same)
        .alias(node -> OptionalInt.of(0))
        .since(1, 13, 14, 16, 19, 21, 23, 24, 25)
        .lower(node -> Lowered.of(node.value(0)));
    regrouping(ops, "Flatten", Reshaping::flattened)
        .since(1, 9, 11, 13, 21, 23, 24, 25)
        .lower(Reshaping::flatten);
    regrouping(ops, "Squeeze", Reshaping::squeezed)
        .contents(ShapeArithmetic::same)
        .since(1, 11, 13, 21, 23, 24, 25)
        .lower(Reshaping::squeeze);
    regrouping(ops, "Unsqueeze", Reshaping::unsqueezed)
        .contents(Reshaping::unsqueezedContents)
        .since(1, 11, 13, 21, 23, 24, 25)
        .lower(Reshaping::unsqueeze);
  }

  private interface ShapeRule {
    Optional<Shape> result(NodeFacts node) throws ConversionException;
  }

  private static OperatorCatalog.Entry regrouping(
      OperatorCatalog.Builder ops, String type, ShapeRule rule) {
    return ops.onnx(type)
        .infer(node -> List.of(new TensorType(node.element(0), rule.result(node))))
        .fold(node -> refilled(node, rule))
        .layout(node -> laidOut(node, rule))
        .alias(
            node ->
                node.shape(0).isPresent() && node.shape(0).equals(rule.result(node))
                    ? OptionalInt.of(0)
                    : OptionalInt.empty());
  }

  private static Optional<List<NumericTensor>> refilled(NodeFacts node, ShapeRule rule)
      throws ConversionException {
    Optional<List<Long>> dims = rule.result(node).flatMap(Shape::sizes);
    return dims.flatMap(
        d -> node.constant(0).map(x -> List.of(Shaping.reshape(x, d, Shaping.Zero.EMPTY))));
  }

  private static Optional<List<WeightExpression>> laidOut(NodeFacts node, ShapeRule rule)
      throws ConversionException {
    Optional<List<Long>> dims = rule.result(node).flatMap(Shape::sizes);
    return dims.flatMap(d -> node.weight(0).map(w -> List.of(w.reshaped(d))));
  }

  private static Optional<Shape> flattened(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return Optional.of(node.freshShape(0, 2));
    }
    List<Dim> dims = node.shape(0).get().dims();
    int axis = flattenAxis(node, dims.size());
    Dim before = new Shape(dims.subList(0, axis)).product();
    Dim behind = new Shape(dims.subList(axis, dims.size())).product();
    return Optional.of(new Shape(List.of(before, behind)));
  }

  // Unlike other axes this one may stand behind the last dimension.
  private static int flattenAxis(NodeFacts node, int rank) throws ConversionException {
    long axis = node.integer("axis", 1);
    return axis == rank ? rank : Axes.front(node, axis, rank);
  }

  private static Lowered flatten(NodeReading node) throws Refusal {
    long given = node.integer("axis", 1);
    Shape input = node.shape(0);
    int axis = given == input.rank() ? input.rank() : node.axis(given, input.rank());
    // MindSpore's flatten leaves a row as it is.
    if (axis == 1 && input.rank() > 1) {
      return Lowered.of(Reshape.flatten(node.value(0), 1));
    }
    return Lowered.of(Reshape.to(node.value(0), node.outputShape(0).dims()));
  }

  private static Optional<Shape> squeezed(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return Optional.empty();
    }
    Shape input = node.shape(0).get();
    Optional<List<Long>> axes = axes(node);
    if (axes.isEmpty()) {
      return node.has(1) ? Optional.empty() : withoutOnes(input);
    }
    List<Integer> gone = Axes.front(node, axes.get(), input.rank());
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < input.rank(); axis++) {
      if (!gone.contains(axis)) {
        dims.add(input.dim(axis));
      } else if (input.dim(axis) instanceof Dim.Known && !input.dim(axis).is(1)) {
        throw node.malformed("axis %d of %s is not of one element".formatted(axis, input));
      }
    }
    return Optional.of(new Shape(dims));
  }

  // Which axes go is known only when it is known which are of one element.
  private static Optional<Shape> withoutOnes(Shape input) {
    return input.isKnown()
        ? Optional.of(new Shape(input.dims().stream().filter(d -> !d.is(1)).toList()))
        : Optional.empty();
  }

  private static Optional<List<Long>> axes(NodeFacts node) {
    return node.opset() < AXES_BECOME_INPUT ? node.attributes().integers("axes") : node.integers(1);
  }

  private static Optional<List<Long>> axes(NodeReading node) throws Refusal {
    if (node.opset() < AXES_BECOME_INPUT) {
      return node.integers("axes");
    }
    return node.has(1) ? Optional.of(node.requireIntegers(1)) : Optional.empty();
  }

  private static boolean areComputed(NodeReading node) {
    return node.opset() >= AXES_BECOME_INPUT && node.has(1) && node.constant(1).isEmpty();
  }

  /**
   * Only a run tells the axes, but the model says which shape comes of them; and no element moves.
   */
  private static Lowered asDeclared(NodeReading node) throws Refusal {
    Optional<Shape> declared = node.outputType(0).shape().filter(Shape::isKnown);
    if (declared.isEmpty()) {
      throw new Refusal("input 1, the axes, is computed, and the model declares no shape");
    }
    node.withoutInput(1, "the model declares the shape that comes of it");
    return Lowered.of(Reshape.to(node.value(0), declared.get().dims()));
  }

  private static Lowered squeeze(NodeReading node) throws Refusal {
    if (areComputed(node)) {
      return asDeclared(node);
    }
    Optional<List<Long>> axes = axes(node);
    if (axes.isEmpty()) {
      return Lowered.of(Py.method(node.value(0), "squeeze"));
    }
    PyExpr which = axes.get().size() == 1 ? Py.num(axes.get().get(0)) : Py.ints(axes.get());
    return Lowered.of(Py.method(node.value(0), "squeeze", which));
  }

  private static Optional<Shape> unsqueezed(NodeFacts node) throws ConversionException {
    Optional<List<Long>> axes = axes(node);
    if (node.shape(0).isEmpty() || axes.isEmpty()) {
      return Optional.empty();
    }
    int rank = node.shape(0).get().rank() + axes.get().size();
    List<Dim> dims = new ArrayList<>(node.shape(0).get().dims());
    for (int axis : new TreeSet<>(Axes.front(node, axes.get(), rank))) {
      dims.add(axis, Dim.of(1));
    }
    return Optional.of(new Shape(dims));
  }

  private static Optional<List<Dim>> unsqueezedContents(NodeFacts node) throws ConversionException {
    return unsqueezed(node).filter(shape -> shape.rank() <= 1).isPresent()
        ? node.contents(0)
        : Optional.empty();
  }

  private static Lowered unsqueeze(NodeReading node) throws Refusal {
    if (areComputed(node)) {
      return asDeclared(node);
    }
    List<Long> axes = axes(node).orElseThrow(() -> new Refusal("the attribute 'axes' is missing"));
    PyExpr result = node.value(0);
    boolean fromTheFront = axes.stream().allMatch(axis -> axis >= 0);
    int rank = axes.size() == 1 || fromTheFront ? 0 : node.rank(0) + axes.size();
    TreeSet<Long> inOrder = new TreeSet<>();
    for (long axis : axes) {
      inOrder.add(axis < 0 && axes.size() > 1 ? node.axis(axis, rank) : axis);
    }
    for (long axis : inOrder) {
      result = Py.method(result, "expand_dims", Py.num(axis));
    }
    return Lowered.of(result);
  }
}
