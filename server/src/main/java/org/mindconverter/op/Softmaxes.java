// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions over all elements of an axis that make a distribution of them. */
final class Softmaxes {
  private Softmaxes() {}

  static void register(OperatorCatalog.Builder ops) {
    register(ops.onnx("Softmax"), (node, shape, axis, x) -> softmax(x, (int) axis));
    register(
        ops.onnx("LogSoftmax"),
        (node, shape, axis, x) ->
            Cell.of("nn.LogSoftmax", "log_softmax")
                .argUnless("axis", Py.num(axis), Py.num(-1))
                .call(x)
                .or(Py.call("ops.log_softmax", x, Py.num(axis))));
    register(ops.onnx("Hardmax"), Softmaxes::hardmax);
    ops.internal("MaskedSoftmax")
        .infer(TypeRules::sameAsFirst)
        .since(1)
        .lower(Softmaxes::maskedSoftmax);
  }

  private static void register(OperatorCatalog.Entry entry, Form form) {
    entry
        .infer(TypeRules::sameAsFirst)
        .since(1, 11)
        .lower(node -> overRest(node, form))
        .since(13)
        .lower(node -> overAxis(node, node.integer("axis", -1), form));
  }

  private static Lowered maskedSoftmax(NodeReading node) throws Refusal {
    int axis = node.axis(node.integer("axis", -1), node.rank(0));
    int spelled = axis == node.rank(0) - 1 ? -1 : axis;
    float fill = node.real("fill", Float.NaN);
    ElementType element = node.type(0).element();
    ElementType computing = Kernel.REALS.computing(element);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr scores = Kernel.cast(node.value(0), element, computing);
    PyExpr weights = masked(steps, scores, spelled, fill);
    return steps.result(Kernel.cast(weights, computing, element));
  }

  /**
   * The softmax of scores of which a mask may leave nothing but -inf in a row: there it is {@code
   * fill}. Such rows never reach MindSpore's softmax, which would spoil others by them.
   */
  static PyExpr masked(Lowered.Steps steps, PyExpr scores, int axis, float fill) {
    if (Float.isNaN(fill)) {
      // The logarithm of the softmax is NaN there by itself.
      return Py.call("ops.exp", Py.call("ops.log_softmax", scores, Py.num(axis)));
    }
    PyExpr most = Py.call("ops.amax", scores, Py.num(axis)).with("keepdims", Py.bool(true));
    PyExpr masked =
        steps.add(
            "masked", Py.binary(most, PyExpr.Operator.EQUAL, Py.num(Float.NEGATIVE_INFINITY)));
    PyExpr finite = steps.add("scores", Py.call("ops.where", masked, Py.num(0f), scores));
    return Py.call("ops.where", masked, Py.num(fill), softmax(finite, axis));
  }

  /** The softmax over one axis, as a layer or a function. */
  static PyExpr softmax(PyExpr scores, int axis) {
    return Cell.of("nn.Softmax", "softmax")
        .argUnless("axis", Py.num(axis), Py.num(-1))
        .call(scores)
        .or(Py.call("ops.softmax", scores, Py.num(axis)));
  }

  private static Lowered overAxis(NodeReading node, long axis, Form form) throws Refusal {
    int rank = node.rank(0);
    if (rank == 0) {
      throw new Refusal("a scalar has no axis");
    }
    int front = node.axis(axis, rank);
    long spelled = front == rank - 1 ? -1 : front;
    return Lowered.of(Kernel.REALS.apply(node, x -> form.of(node, node.shape(0), spelled, x)));
  }

  /** Before opset 13 the axis and all behind it were one. */
  private static Lowered overRest(NodeReading node, Form form) throws Refusal {
    Shape shape = node.shape(0);
    long axis = node.integer("axis", 1);
    int front = axis == shape.rank() ? shape.rank() : node.axis(axis, shape.rank());
    int wide = -1;
    for (int i = front; i < shape.rank(); i++) {
      if (!shape.dim(i).is(1)) {
        if (wide >= 0) {
          return flattened(node, front, form);
        }
        wide = i;
      }
    }
    return wide < 0 && front == shape.rank()
        ? flattened(node, front, form)
        : overAxis(node, wide < 0 ? front : wide, form);
  }

  private static Lowered flattened(NodeReading node, int front, Form form) throws Refusal {
    if (front == node.rank(0)) {
      throw new Refusal("attribute 'axis' leaves no axis to work on");
    }
    PyExpr x = node.value(0);
    ElementType element = node.type(0).element();
    ElementType computing = Kernel.REALS.computing(element);
    PyExpr flat =
        Kernel.cast(Py.method(x, "flatten").with("start_dim", Py.num(front)), element, computing);
    PyExpr result = form.of(node, flattened(node.shape(0), front), -1, flat);
    PyExpr shaped = Py.method(result, "reshape", new PyExpr.Member(x, "shape"));
    return Lowered.of(Kernel.cast(shaped, computing, element));
  }

  private static Shape flattened(Shape shape, int front) {
    List<Dim> dims = new ArrayList<>(shape.dims().subList(0, front));
    dims.add(new Shape(shape.dims().subList(front, shape.rank())).product());
    return new Shape(dims);
  }

  /** 1 at the first of the largest elements, 0 elsewhere. */
  private static PyExpr hardmax(NodeReading node, Shape shape, long axis, PyExpr x) throws Refusal {
    int front = node.axis(axis, shape.rank());
    Dim count = shape.dim(front);
    PyExpr places = Py.call("ops.arange", NodeReading.dim(count));
    if (axis != -1) {
      PyExpr[] dims = new PyExpr[shape.rank() - front];
      Arrays.fill(dims, Py.num(1));
      dims[0] = Py.num(-1);
      places = Py.method(places, "reshape", Py.tuple(dims));
    }
    PyExpr largest = Py.call("ops.argmax", x, Py.num(axis)).with("keepdim", Py.bool(true));
    ElementType computing = Kernel.REALS.computing(node.element(0));
    PyExpr hit = Py.binary(places, PyExpr.Operator.EQUAL, largest);
    return Py.method(hit, "astype", Dtypes.of(computing));
  }

  /** The function of elements of that shape over one axis, which is -1 for the last one. */
  @FunctionalInterface
  private interface Form {
    PyExpr of(NodeReading node, Shape shape, long axis, PyExpr x) throws Refusal;
  }
}
