// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Making;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that ask for a shape, or make a tensor out of one. */
final class Shapes {
  private static final NumericTensor ZERO =
      NumericTensor.ofReals(ElementType.FLOAT32, List.of(1L), new double[] {0});

  private Shapes() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Shape")
        .infer(Shapes::inferShape)
        .contents(Shapes::dims)
        .since(1, 13, 15, 19, 21, 23, 24, 25)
        .lower(Shapes::shape);
    ops.onnx("Size")
        .infer(node -> List.of(TensorType.of(ElementType.INT64, Shape.SCALAR)))
        .contents(node -> node.shape(0).map(shape -> List.of(shape.product())))
        .since(1, 13, 19, 21, 23, 24, 25)
        .lower(node -> Lowered.of(asTensor(new PyExpr.Member(node.value(0), "size"))));
    ops.onnx("ConstantOfShape")
        .infer(node -> List.of(new TensorType(filling(node).element(), filled(node))))
        .fold(Shapes::foldFilled)
        .since(9, 20, 21, 23, 24, 25)
        .lower(Shapes::fill);
    ops.onnx("Constant").since(1, 9, 11, 12, 13, 19, 21, 24, 25).lower(Shapes::leftOverConstant);
  }

  private static List<TensorType> inferShape(NodeFacts node) {
    Dim length =
        node.shape(0).map(shape -> Dim.of(range(node, shape).size())).orElse(node.fresh(0, 0));
    return List.of(TensorType.of(ElementType.INT64, new Shape(List.of(length))));
  }

  private static Optional<List<Dim>> dims(NodeFacts node) {
    return node.shape(0).map(shape -> range(node, shape));
  }

  // Positions past the ends are allowed here and mean the ends.
  private static List<Dim> range(NodeFacts node, Shape shape) {
    int start = clamped(node.integer("start", 0), shape.rank());
    int end = clamped(node.integer("end", shape.rank()), shape.rank());
    return shape.dims().subList(start, Math.max(start, end));
  }

  private static int clamped(long position, int rank) {
    long front = position < 0 ? position + rank : position;
    return (int) Math.max(0, Math.min(rank, front));
  }

  private static Lowered shape(NodeReading node) throws Refusal {
    PyExpr shape = new PyExpr.Member(node.value(0), "shape");
    Optional<PyExpr> start =
        Optional.of(node.integer("start", 0)).filter(position -> position != 0).map(Py::num);
    Optional<PyExpr> end =
        node.attribute("end")
            .flatMap(
                a ->
                    a instanceof Attribute.Int i
                        ? Optional.of(Py.num(i.value()))
                        : Optional.empty());
    boolean whole = start.isEmpty() && end.isEmpty();
    return Lowered.of(asTensor(whole ? shape : Py.index(shape, Py.range(start, end))));
  }

  private static PyExpr asTensor(PyExpr numbers) {
    return Py.call("ms.tensor", numbers, Dtypes.of(ElementType.INT64));
  }

  private static NumericTensor filling(NodeFacts node) throws ConversionException {
    if (!node.attributes().names().contains("value")) {
      return ZERO;
    }
    Optional<NumericTensor> value =
        node.attributes().tensor("value").filter(NumericTensor::isReadable).map(NumericTensor::of);
    return value
        .filter(v -> v.size() == 1)
        .orElseThrow(() -> node.malformed("'value' is not a tensor of one number"));
  }

  private static Optional<Shape> filled(NodeFacts node) throws ConversionException {
    Optional<List<Dim>> dims = node.contents(0);
    if (dims.isEmpty()) {
      var rank = TypeRules.rowLength(node, 0);
      return rank.isPresent() ? Optional.of(node.freshShape(0, rank.getAsInt())) : Optional.empty();
    }
    if (dims.get().stream().anyMatch(d -> d instanceof Dim.Known k && k.value() < 0)) {
      throw node.malformed("a dimension of %s is negative".formatted(dims.get()));
    }
    return dims.map(Shape::new);
  }

  private static Optional<List<NumericTensor>> foldFilled(NodeFacts node)
      throws ConversionException {
    NumericTensor value = filling(node);
    return filled(node)
        .flatMap(Shape::sizes)
        .map(dims -> List.of(Making.constantOfShape(dims, value)));
  }

  private static Lowered fill(NodeReading node) throws Refusal {
    Optional<Attribute> given = node.attribute("value");
    NumericTensor value =
        given.isPresent() && given.get() instanceof Attribute.Const c
            ? NumericTensor.of(c.value())
            : ZERO;
    PyExpr dtype = Dtypes.of(value.element());
    Optional<List<Dim>> dims = node.contents(0);
    PyExpr shape =
        dims.isPresent()
            ? Py.tuple(dims.get().stream().map(NodeReading::dim).toList())
            : node.value(0);
    PyExpr number = NodeReading.numberOf(value, 0);
    if (value.real(0) == 0) {
      return Lowered.of(Py.call("ops.zeros", shape, dtype));
    }
    PyExpr ones = Py.call("ops.ones", shape, dtype);
    if (value.real(0) == 1) {
      return Lowered.of(ones);
    }
    // full takes no computed shape.
    return Lowered.of(
        dims.isPresent()
            ? Py.call("ops.full", shape, number).with("dtype", dtype)
            : Py.times(ones, number));
  }

  private static Lowered leftOverConstant(NodeReading node) throws Refusal {
    for (String form : List.of("value", "value_string", "value_strings", "sparse_value")) {
      if (node.attribute(form).isPresent()) {
        throw new Refusal("attribute '%s' holds what MindSpore has no tensors of".formatted(form));
      }
    }
    throw new Refusal("it holds no value");
  }
}
