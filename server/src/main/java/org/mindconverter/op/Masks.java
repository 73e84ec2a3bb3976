// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Triangles;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that mark positions: diagonals, triangles, classes, elements other than zero. */
final class Masks {
  private static final int NEGATIVE_CLASSES = 11;
  // No matrix has so many rows, and MindSpore takes 32 bits.
  private static final long FARTHEST_DIAGONAL = 1 << 30;

  private Masks() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("EyeLike").infer(Masks::inferEye).since(9, 22).lower(Masks::eye);
    ops.onnx("Trilu")
        .infer(TypeRules::sameAsFirst)
        .fold(Masks::foldTriangle)
        .since(14)
        .lower(Masks::triangle);
    ops.onnx("OneHot").infer(Masks::inferOneHot).since(9, 11, 28).lower(Masks::oneHot);
    ops.onnx("NonZero").infer(Masks::inferNonZero).since(9, 13).lower(Masks::nonZero);
  }

  private static List<TensorType> inferEye(NodeFacts node) throws ConversionException {
    if (node.shape(0).filter(shape -> shape.rank() != 2).isPresent()) {
      throw node.malformed("an input of shape %s is no matrix".formatted(node.shape(0).get()));
    }
    Optional<ElementType> element =
        node.attributes().integer("dtype").isPresent()
            ? ElementType.ofOnnx(node.attributes().integer("dtype").getAsLong())
            : Optional.of(node.element(0));
    if (element.isEmpty()) {
      throw node.malformed("'dtype' is no element type");
    }
    return List.of(node.type(0).withElement(element.get()));
  }

  // A diagonal beside the main one is the main one of a larger matrix.
  private static Lowered eye(NodeReading node) throws Refusal {
    node.integer("dtype", 0);
    PyExpr dtype = Dtypes.of(node.outputType(0).element());
    long k = node.integer("k", 0);
    if (Math.abs(k) > FARTHEST_DIAGONAL) {
      throw new Refusal("attribute 'k' of %d lies outside of any matrix".formatted(k));
    }
    Shape shape = node.shape(0);
    PyExpr rows = size(node, shape, 0);
    PyExpr columns = size(node, shape, 1);
    if (k == 0) {
      return Lowered.of(Py.call("ops.eye", rows, columns, dtype));
    }
    Optional<PyExpr> from = Optional.of(Py.num(Math.abs(k)));
    PyExpr rest = Py.range(from, Optional.empty());
    return Lowered.of(
        k > 0
            ? Py.index(Py.call("ops.eye", larger(rows, k), columns, dtype), rest)
            : Py.index(Py.call("ops.eye", rows, larger(columns, -k), dtype), Py.all(), rest));
  }

  private static PyExpr larger(PyExpr size, long by) {
    return size instanceof PyExpr.Int number
        ? Py.num(number.value() + by)
        : Py.plus(size, Py.num(by));
  }

  /** A size of the first input, asked of the input itself where only a run tells. */
  private static PyExpr size(NodeReading node, Shape shape, int axis) throws Refusal {
    if (shape.dim(axis) instanceof Dim.Known known) {
      node.withoutInput(0, "only its shape counts");
      return Py.num(known.value());
    }
    return Py.index(new PyExpr.Member(node.value(0), "shape"), Py.num(axis));
  }

  private static Optional<List<NumericTensor>> foldTriangle(NodeFacts node) {
    Optional<NumericTensor> x = node.constant(0).filter(t -> t.dims().size() >= 2);
    Optional<List<Long>> k = node.has(1) ? node.integers(1) : Optional.of(List.of(0L));
    if (x.isEmpty() || k.isEmpty() || k.get().size() != 1) {
      return Optional.empty();
    }
    long diagonal = k.get().get(0);
    return Optional.of(
        List.of(
            node.integer("upper", 1) != 0
                ? Triangles.upper(x.get(), diagonal)
                : Triangles.lower(x.get(), diagonal)));
  }

  private static Lowered triangle(NodeReading node) throws Refusal {
    boolean upper = node.integer("upper", 1) != 0;
    PyExpr x = node.value(0);
    Optional<NumericTensor> k = node.has(1) ? node.constant(1) : Optional.empty();
    if (node.has(1) && k.isEmpty()) {
      return Lowered.of(triangle(node, x, upper));
    }
    long diagonal = k.map(t -> t.integer(0)).orElse(0L);
    long near = Math.max(-FARTHEST_DIAGONAL, Math.min(FARTHEST_DIAGONAL, diagonal));
    String function = upper ? "ops.triu" : "ops.tril";
    return Lowered.of(near == 0 ? Py.call(function, x) : Py.call(function, x, Py.num(near)));
  }

  // triu and tril take no computed diagonal.
  private static PyExpr triangle(NodeReading node, PyExpr x, boolean upper) throws Refusal {
    Shape shape = node.shape(0);
    PyExpr rows = Py.call("ops.arange", NodeReading.dim(shape.dim(-2)));
    PyExpr columns = Py.call("ops.arange", NodeReading.dim(shape.dim(-1)));
    PyExpr edge = Py.plus(Py.method(rows, "expand_dims", Py.num(1)), node.value(1));
    PyExpr kept =
        Py.binary(
            columns, upper ? PyExpr.Operator.GREATER_EQUAL : PyExpr.Operator.LESS_EQUAL, edge);
    return Py.call("ops.where", kept, x, Py.call("ops.zeros_like", x));
  }

  private static List<TensorType> inferOneHot(NodeFacts node) throws ConversionException {
    ElementType element = node.element(2);
    if (node.shape(0).isEmpty()) {
      return List.of(new TensorType(element, Optional.empty()));
    }
    List<Dim> dims = new ArrayList<>(node.shape(0).get().dims());
    int axis = Axes.front(node, node.integer("axis", -1), dims.size() + 1);
    Optional<Dim> depth =
        node.constant(1).filter(t -> t.size() == 1).map(t -> Dim.of((long) t.real(0)));
    Optional<Dim> counted = node.contents(1).filter(c -> c.size() == 1).map(c -> c.get(0));
    dims.add(axis, depth.or(() -> counted).orElse(node.fresh(0, axis)));
    return List.of(TensorType.of(element, new Shape(dims)));
  }

  private static Lowered oneHot(NodeReading node) throws Refusal {
    Shape result = node.outputShape(0);
    int axis = node.axis(node.integer("axis", -1), result.rank());
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr classes = whole(node, 0);
    PyExpr depth = depth(node, steps);
    if (node.opset() >= NEGATIVE_CLASSES) {
      PyExpr given = steps.named("classes", classes);
      PyExpr isNegative = Py.binary(given, PyExpr.Operator.LESS, Py.num(0));
      classes = Py.call("ops.where", isNegative, Py.plus(given, depth), given);
    }
    Optional<NumericTensor> values = node.constant(2).filter(Masks::isPlain);
    if (values.isPresent() && depth instanceof PyExpr.Int) {
      PyExpr.Call marks = Py.call("ops.one_hot", classes, depth);
      PyExpr all = axis == result.rank() - 1 ? marks : marks.with("axis", Py.num(axis));
      ElementType element = node.element(2);
      return steps.result(
          element == ElementType.INT64 ? all : Py.method(all, "astype", Dtypes.of(element)));
    }
    PyExpr off = Py.index(node.value(2), Py.num(0));
    PyExpr on = Py.index(node.value(2), Py.num(1));
    PyExpr numbers = Py.call("ops.arange", depth);
    int behind = result.rank() - 1 - axis;
    if (behind > 0) {
      List<Long> column = new ArrayList<>(Collections.nCopies(behind + 1, 1L));
      column.set(0, -1L);
      numbers = Py.method(numbers, "reshape", Py.ints(column));
    }
    PyExpr spread = Py.method(steps.named("classes", classes), "expand_dims", Py.num(axis));
    return steps.result(
        Py.call("ops.where", Py.binary(spread, PyExpr.Operator.EQUAL, numbers), on, off));
  }

  /** Zero elsewhere and one at the class: what one_hot gives of itself. */
  private static boolean isPlain(NumericTensor values) {
    return values.size() == 2 && values.real(0) == 0 && values.real(1) == 1;
  }

  private static PyExpr depth(NodeReading node, Lowered.Steps steps) throws Refusal {
    Optional<NumericTensor> constant = node.constant(1).filter(t -> t.size() == 1);
    if (constant.isPresent()) {
      return Py.num((long) constant.get().real(0));
    }
    return node.contents(1).isPresent()
        ? node.number(1)
        : steps.add("depth", Py.method(whole(node, 1), "reshape", Py.tuple()));
  }

  private static PyExpr whole(NodeReading node, int input) throws Refusal {
    ElementType given = node.element(input);
    return given == ElementType.INT64 || given == ElementType.INT32
        ? node.value(input)
        : Py.method(node.value(input), "astype", Dtypes.of(ElementType.INT64));
  }

  private static List<TensorType> inferNonZero(NodeFacts node) {
    Dim rank = node.shape(0).map(shape -> Dim.of(shape.rank())).orElse(node.fresh(0, 0));
    return List.of(TensorType.of(ElementType.INT64, new Shape(List.of(rank, node.fresh(0, 1)))));
  }

  private static Lowered nonZero(NodeReading node) throws Refusal {
    if (node.rank(0) == 0) {
      throw new Refusal("input 0 is a scalar, which has no positions");
    }
    return Lowered.of(new PyExpr.Member(Py.call("ops.nonzero", node.value(0)), "T"));
  }
}
