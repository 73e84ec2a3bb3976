// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Extending;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that repeat elements: Expand and Tile. */
final class Repeating {
  private Repeating() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Expand")
        .infer(node -> List.of(new TensorType(node.element(0), expanded(node))))
        .fold(Repeating::foldExpand)
        .alias(Repeating::aliasExpand)
        .since(8, 13)
        .lower(Repeating::expand);
    ops.onnx("Tile")
        .infer(node -> List.of(new TensorType(node.element(0), tiled(node))))
        .fold(Repeating::foldTile)
        .alias(Repeating::aliasTile)
        .since(6, 13)
        .lower(Repeating::tile);
  }

  private static Optional<Shape> expanded(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return Optional.empty();
    }
    Shape input = node.shape(0).get();
    Optional<List<Dim>> target = node.contents(1);
    if (target.isEmpty()) {
      OptionalInt length = TypeRules.rowLength(node, 1);
      return length.isPresent()
          ? Optional.of(node.freshShape(0, Math.max(input.rank(), length.getAsInt())))
          : Optional.empty();
    }
    if (target.get().stream().anyMatch(d -> d instanceof Dim.Known known && known.value() < 0)) {
      throw node.malformed("a dimension of %s is negative".formatted(target.get()));
    }
    Optional<Shape> both = Shape.broadcast(input, new Shape(target.get()));
    if (both.isEmpty()) {
      throw node.malformed("%s does not stretch to %s".formatted(input, target.get()));
    }
    return both;
  }

  private static OptionalInt aliasExpand(NodeFacts node) throws ConversionException {
    return node.shape(0).isPresent() && node.shape(0).equals(expanded(node))
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  private static Optional<List<NumericTensor>> foldExpand(NodeFacts node)
      throws ConversionException {
    Optional<List<Long>> dims = expanded(node).flatMap(Shape::sizes);
    Optional<NumericTensor> x = node.constant(0);
    if (x.isEmpty() || dims.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(List.of(Extending.expand(x.get(), dims.get())));
  }

  private static Lowered expand(NodeReading node) throws Refusal {
    PyExpr x = node.value(0);
    if (node.contents(1).isEmpty()) {
      return Lowered.of(stretch(x, node.value(1), node.element(0)));
    }
    Shape input = node.shape(0);
    Shape result = node.outputShape(0);
    int added = result.rank() - input.rank();
    List<PyExpr> dims = new ArrayList<>();
    for (int axis = 0; axis < result.rank(); axis++) {
      Dim dim = result.dim(axis);
      boolean stays = axis >= added && dim.equals(input.dim(axis - added));
      dims.add(stays && dim instanceof Dim.Symbolic ? Py.num(-1) : NodeReading.dim(dim));
    }
    return Lowered.of(Py.method(x, "broadcast_to", Py.tuple(dims)));
  }

  // broadcast_to would refuse a row that holds a one where the operand is larger.
  private static PyExpr stretch(PyExpr x, PyExpr shape, ElementType element) {
    PyExpr dtype = Dtypes.of(element);
    return element == ElementType.BOOL
        ? Py.call("ops.logical_or", x, Py.call("ops.zeros", shape, dtype))
        : Py.times(x, Py.call("ops.ones", shape, dtype));
  }

  private static Optional<Shape> tiled(NodeFacts node) throws ConversionException {
    Optional<Shape> input = node.shape(0);
    Optional<List<Dim>> repeats = node.contents(1);
    if (input.isEmpty() || repeats.isEmpty()) {
      return input.map(s -> node.freshShape(0, s.rank()));
    }
    if (repeats.get().size() != input.get().rank()) {
      throw node.malformed(
          "%d repeats for rank %d".formatted(repeats.get().size(), input.get().rank()));
    }
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < repeats.get().size(); axis++) {
      Dim times = repeats.get().get(axis);
      if (times instanceof Dim.Known known && known.value() < 0) {
        throw node.malformed("%d repeats".formatted(known.value()));
      }
      dims.add(input.get().dim(axis).times(times));
    }
    return Optional.of(new Shape(dims));
  }

  private static OptionalInt aliasTile(NodeFacts node) {
    Optional<List<Dim>> repeats = node.contents(1);
    return repeats.isPresent() && repeats.get().stream().allMatch(d -> d.is(1))
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  private static Optional<List<NumericTensor>> foldTile(NodeFacts node) {
    Optional<List<Long>> repeats = node.integers(1);
    return node.constant(0).flatMap(x -> repeats.map(r -> List.of(Extending.tile(x, r))));
  }

  private static Lowered tile(NodeReading node) throws Refusal {
    Optional<List<Dim>> repeats = node.contents(1);
    if (repeats.isEmpty()) {
      return Lowered.of(Py.call("ops.tile", node.value(0), node.value(1)));
    }
    return Lowered.of(
        Py.method(
            node.value(0),
            "tile",
            Py.tuple(repeats.get().stream().map(NodeReading::dim).toList())));
  }
}
