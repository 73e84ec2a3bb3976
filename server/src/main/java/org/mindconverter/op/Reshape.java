// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Shaping;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Reshape. */
final class Reshape {
  private static final int NONE = -1;
  private static final Dim INFERRED = Dim.of(-1);

  private Reshape() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Reshape")
        .infer(node -> List.of(new TensorType(node.element(0), result(node))))
        .contents(Reshape::contents)
        .fold(Reshape::fold)
        .layout(Reshape::layout)
        .alias(Reshape::alias)
        .since(5, 13, 14, 19, 21, 23, 24, 25)
        .lower(Reshape::lower);
  }

  private static Optional<Shape> result(NodeFacts node) throws ConversionException {
    Optional<List<Dim>> wanted = node.contents(1);
    if (wanted.isPresent()) {
      return Optional.of(result(node, wanted.get()));
    }
    OptionalInt rank = TypeRules.rowLength(node, 1);
    return rank.isPresent() ? Optional.of(node.freshShape(0, rank.getAsInt())) : Optional.empty();
  }

  private static Shape result(NodeFacts node, List<Dim> wanted) throws ConversionException {
    boolean copiesZero = node.integer("allowzero", 0) == 0;
    List<Dim> dims = new ArrayList<>();
    for (int axis = 0; axis < wanted.size(); axis++) {
      Dim dim = wanted.get(axis);
      if (dim instanceof Dim.Known known && known.value() < -1) {
        throw node.malformed("a dimension of %d is wanted".formatted(known.value()));
      }
      dims.add(dim.is(0) && copiesZero ? copied(node, axis) : dim);
    }
    int inferred = dims.indexOf(INFERRED);
    if (inferred != dims.lastIndexOf(INFERRED)) {
      throw node.malformed("two dimensions are to be inferred");
    }
    if (inferred >= 0) {
      dims.remove(inferred);
      dims.add(inferred, inferred(node, dims, inferred));
    }
    Shape result = new Shape(dims);
    checkCount(node, result);
    return result;
  }

  private static Dim copied(NodeFacts node, int axis) throws ConversionException {
    Optional<Shape> input = node.shape(0);
    if (input.isPresent() && axis >= input.get().rank()) {
      throw node.malformed("axis %d is to be copied from %s".formatted(axis, input.get()));
    }
    return input.map(shape -> shape.dim(axis)).orElseGet(() -> node.fresh(0, axis));
  }

  // Dimensions that stay as they are cancel first: a product of sums has no factors any more.
  private static Dim inferred(NodeFacts node, List<Dim> others, int axis) {
    if (node.shape(0).isEmpty()) {
      return node.fresh(0, axis);
    }
    List<Dim> whole = new ArrayList<>(node.shape(0).get().dims());
    List<Dim> parts = new ArrayList<>();
    for (Dim other : others) {
      if (!whole.remove(other)) {
        parts.add(other);
      }
    }
    Dim divisor = new Shape(parts).product();
    return divisor.is(0) ? node.fresh(0, axis) : new Shape(whole).product().floorDiv(divisor);
  }

  private static void checkCount(NodeFacts node, Shape result) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return;
    }
    OptionalLong before = node.shape(0).get().elementCount();
    OptionalLong after = result.elementCount();
    if (before.isPresent() && after.isPresent() && before.getAsLong() != after.getAsLong()) {
      throw node.malformed("%s cannot become %s".formatted(node.shape(0).get(), result));
    }
  }

  private static Optional<List<Dim>> contents(NodeFacts node) throws ConversionException {
    return result(node).filter(shape -> shape.rank() <= 1).isPresent()
        ? node.contents(0)
        : Optional.empty();
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) throws ConversionException {
    Optional<List<Long>> dims = result(node).flatMap(Shape::sizes);
    return dims.flatMap(
        d -> node.constant(0).map(x -> List.of(Shaping.reshape(x, d, Shaping.Zero.EMPTY))));
  }

  private static Optional<List<WeightExpression>> layout(NodeFacts node)
      throws ConversionException {
    Optional<List<Long>> dims = result(node).flatMap(Shape::sizes);
    return dims.flatMap(d -> node.weight(0).map(w -> List.of(w.reshaped(d))));
  }

  private static OptionalInt alias(NodeFacts node) throws ConversionException {
    return node.shape(0).isPresent() && node.shape(0).equals(result(node))
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    boolean copiesZero = node.integer("allowzero", 0) == 0;
    Optional<List<Dim>> wanted = node.contents(1);
    if (wanted.isEmpty()) {
      PyExpr row = copiesZero ? withoutZeros(node) : node.value(1);
      // Eager mode reads a computed tensor's memory before it is there; a tuple waits for it.
      return Lowered.of(Py.method(node.value(0), "reshape", Py.call("tuple", row)));
    }
    Shape result = node.outputShape(0);
    if (node.type(0).shape().isPresent()) {
      OptionalInt flattened = flattenedFrom(node.shape(0), result);
      if (flattened.isPresent()) {
        return Lowered.of(flatten(node.value(0), flattened.getAsInt()));
      }
    }
    return Lowered.of(to(node.value(0), result.dims(), wanted.get().indexOf(INFERRED)));
  }

  // A zero in a computed row means the dimension that stands there in the input.
  private static PyExpr withoutZeros(NodeReading node) throws Refusal {
    PyExpr row = node.value(1);
    int length = Math.toIntExact(node.size(1, 0));
    int rank = node.rank(0);
    PyExpr own = new PyExpr.Member(node.value(0), "shape");
    if (length < rank) {
      own = Py.index(own, Py.range(Optional.empty(), Optional.of(Py.num(length))));
    } else if (length > rank) {
      own = Py.plus(own, Py.ints(Collections.nCopies(length - rank, 0)));
    }
    PyExpr isZero = Py.binary(row, PyExpr.Operator.EQUAL, Py.num(0));
    PyExpr sizes = Py.call("ms.tensor", own, Dtypes.of(ElementType.INT64));
    return Py.call("ops.where", isZero, sizes, row);
  }

  private static boolean hasZero(Shape shape) {
    return shape.dims().stream().anyMatch(d -> d.is(0));
  }

  /** The axis from which on all axes become one, those before it staying; nothing when not so. */
  static OptionalInt flattenedFrom(Shape input, Shape result) {
    int start = result.rank() - 1;
    boolean flattens =
        start >= 1
            && input.rank() > result.rank()
            && input.dims().subList(0, start).equals(result.dims().subList(0, start));
    return flattens && !hasZero(result) ? OptionalInt.of(start) : OptionalInt.empty();
  }

  /** All axes from that one on made one. */
  static PyExpr flatten(PyExpr x, int start) {
    Cell cell = Cell.of("nn.Flatten", "flatten");
    PyExpr from = Py.num(start);
    return cell.argUnless("start_dim", from, Py.num(1))
        .call(x)
        .or(Py.method(x, "flatten").with("start_dim", from));
  }

  /** The elements of one shape in another one, as {@code flatten} where that says it. */
  static PyExpr between(PyExpr x, List<Dim> from, List<Dim> to) {
    if (from.equals(to)) {
      return x;
    }
    OptionalInt start = flattenedFrom(new Shape(from), new Shape(to));
    return start.isPresent()
        ? Py.method(x, "flatten").with("start_dim", Py.num(start.getAsInt()))
        : to(x, to);
  }

  /** {@code x.reshape(…)}. */
  static PyExpr to(PyExpr x, List<Dim> dims) {
    return to(x, dims, NONE);
  }

  // Dimensions as a person writes them: numbers stay, one that only a run tells is left to
  // MindSpore as -1, further ones are read from shapes.
  private static PyExpr to(PyExpr x, List<Dim> dims, int inferredBySource) {
    int open = openAxis(dims, inferredBySource);
    List<PyExpr> result = new ArrayList<>();
    for (int axis = 0; axis < dims.size(); axis++) {
      result.add(axis == open ? Py.num(-1) : NodeReading.dim(dims.get(axis)));
    }
    return Py.method(x, "reshape", result.size() == 1 ? result.get(0) : Py.tuple(result));
  }

  private static int openAxis(List<Dim> dims, int inferredBySource) {
    List<Integer> symbolic = new ArrayList<>();
    for (int axis = 0; axis < dims.size(); axis++) {
      if (dims.get(axis) instanceof Dim.Symbolic) {
        symbolic.add(axis);
      }
    }
    if (dims.stream().anyMatch(d -> d.is(0))) {
      return NONE;
    }
    if (symbolic.size() == 1) {
      return symbolic.get(0);
    }
    // Of several, one that would have to be computed: plain ones are read from a shape.
    return inferredBySource != NONE
        ? inferredBySource
        : symbolic.stream()
            .filter(axis -> dims.get(axis).expression().soleSymbol().isEmpty())
            .findFirst()
            .orElse(NONE);
  }
}
