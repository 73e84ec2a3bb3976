// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators on sequences of tensors, which are Python's lists. */
final class Sequences {
  private Sequences() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("SequenceConstruct")
        .infer(node -> List.of(new ListType(common(node), Dim.of(node.inputCount()))))
        .since(11)
        .lower(node -> Lowered.of(Py.list(node.values(0))));
    ops.onnx("SequenceEmpty")
        .infer(node -> List.of(new ListType(ofDtype(node), Dim.of(0))))
        .since(11)
        .lower(Sequences::empty);
    ops.onnx("SequenceAt")
        .infer(node -> List.of(element(node, 0)))
        .since(11)
        .lower(node -> Lowered.of(Py.index(node.value(0), place(node, 1))));
    ops.onnx("SequenceLength")
        .infer(node -> List.of(TensorType.of(ElementType.INT64, Shape.SCALAR)))
        .contents(node -> length(node.valueType(0)).map(List::of))
        .since(11)
        .lower(node -> Lowered.of(lengthOf(node.value(0))));
    ops.onnx("SequenceInsert")
        .infer(node -> List.of(longer(node)))
        .since(11)
        .lower(Sequences::insert);
    ops.onnx("SequenceErase")
        .infer(node -> List.of(shorter(node)))
        .since(11)
        .lower(Sequences::erase);
    ops.onnx("ConcatFromSequence")
        .infer(node -> List.of(joined(node)))
        .since(11)
        .lower(Sequences::join);
  }

  /** What is known of the elements of a list; nothing of what is none. */
  static TensorType element(NodeFacts node, int input) {
    return node.valueType(input) instanceof ListType list ? list.element() : TensorType.UNKNOWN;
  }

  private static Optional<Dim> length(ValueType type) {
    return type instanceof ListType list ? Optional.of(list.length()) : Optional.empty();
  }

  private static TensorType ofDtype(NodeFacts node) {
    long dtype = node.integer("dtype", ElementType.FLOAT32.onnxNumber());
    ElementType element = ElementType.ofOnnx(dtype).orElse(ElementType.UNDEFINED);
    return new TensorType(element, Optional.empty());
  }

  private static TensorType common(NodeFacts node) {
    TensorType common = node.type(0);
    for (int i = 1; i < node.inputCount(); i++) {
      common = common(common, node.type(i));
    }
    return common;
  }

  /** What is known of both: of sizes, only those that are equal. */
  private static TensorType common(TensorType one, TensorType other) {
    ElementType element = one.element() == other.element() ? one.element() : ElementType.UNDEFINED;
    boolean same = one.shape().equals(other.shape());
    return new TensorType(element, same ? one.shape() : Optional.empty());
  }

  private static ListType longer(NodeFacts node) {
    if (!(node.valueType(0) instanceof ListType list)) {
      TensorType element = new TensorType(node.element(1), Optional.empty());
      return new ListType(element, node.freshLength(0));
    }
    TensorType element = list.length().is(0) ? node.type(1) : common(list.element(), node.type(1));
    return new ListType(element, list.length().plus(Dim.of(1)));
  }

  private static ValueType shorter(NodeFacts node) {
    return node.valueType(0) instanceof ListType list
        ? new ListType(list.element(), list.length().minus(Dim.of(1)))
        : TensorType.UNKNOWN;
  }

  private static TensorType joined(NodeFacts node) throws ConversionException {
    TensorType element = element(node, 0);
    if (element.shape().isEmpty()) {
      return element;
    }
    Shape shape = element.shape().get();
    boolean newAxis = node.integer("new_axis", 0) != 0;
    int rank = shape.rank() + (newAxis ? 1 : 0);
    int axis = Axes.front(node, node.integer("axis", 0), rank);
    Dim length =
        length(node.valueType(0))
            .map(n -> newAxis ? n : shape.dim(axis).times(n))
            .orElseGet(() -> node.fresh(0, axis));
    List<Dim> dims = new ArrayList<>(shape.dims());
    if (newAxis) {
      dims.add(axis, length);
    } else {
      dims.set(axis, length);
    }
    return element.withShape(new Shape(dims));
  }

  private static Lowered empty(NodeReading node) {
    node.without("dtype", "a list without elements has no type");
    return Lowered.of(Py.list(List.of()));
  }

  /** The length of a list, as a tensor. */
  static PyExpr lengthOf(PyExpr list) {
    return Py.call("ms.tensor", Py.call("len", list), Dtypes.of(ElementType.INT64));
  }

  /** A position, as a Python number. */
  private static PyExpr place(NodeReading node, int input) throws Refusal {
    Optional<NumericTensor> known = node.constant(input).filter(n -> n.size() == 1);
    return known.isPresent() ? Py.num(known.get().integer(0)) : Py.call("int", node.value(input));
  }

  private static Lowered insert(NodeReading node) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr list = steps.named("items", node.value(0));
    PyExpr item = node.value(1);
    if (!node.has(2)) {
      return steps.result(Py.list(List.of(all(list), item)));
    }
    Optional<PyExpr> place = Optional.of(atHand(place(node, 2), steps));
    PyExpr before = all(Py.index(list, Py.range(Optional.empty(), place)));
    PyExpr after = all(Py.index(list, Py.range(place, Optional.empty())));
    return steps.result(Py.list(List.of(before, item, after)));
  }

  private static Lowered erase(NodeReading node) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr list = steps.named("items", node.value(0));
    PyExpr place = node.has(1) ? atHand(place(node, 1), steps) : Py.num(-1);
    PyExpr before = Py.index(list, Py.range(Optional.empty(), Optional.of(place)));
    if (place.equals(Py.num(-1))) {
      return steps.result(before);
    }
    // Where the place counts from the end and a run tells it, the one behind the last is the first.
    PyExpr front =
        place instanceof PyExpr.Int
            ? place
            : steps.add("place", Py.binary(place, PyExpr.Operator.MODULO, Py.call("len", list)));
    PyExpr behind =
        place instanceof PyExpr.Int known ? Py.num(known.value() + 1) : Py.plus(front, Py.num(1));
    before = Py.index(list, Py.range(Optional.empty(), Optional.of(front)));
    PyExpr after = Py.index(list, Py.range(Optional.of(behind), Optional.empty()));
    return steps.result(Py.list(List.of(all(before), all(after))));
  }

  private static PyExpr atHand(PyExpr place, Lowered.Steps steps) {
    return place instanceof PyExpr.Int ? place : steps.add("place", place);
  }

  private static PyExpr all(PyExpr list) {
    return new PyExpr.Unary(PyExpr.Prefix.UNPACK, list);
  }

  private static Lowered join(NodeReading node) throws Refusal {
    PyExpr axis = Py.num(node.requireInteger("axis"));
    String function = node.integer("new_axis", 0) != 0 ? "ops.stack" : "ops.cat";
    return Lowered.of(Py.call(function, node.value(0), axis));
  }
}
