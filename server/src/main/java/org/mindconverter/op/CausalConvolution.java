// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * ONNX's CausalConvWithState: each channel of (batch, channels, length) convolved with a kernel of
 * its own over the past, of which the last elements are handed on.
 */
final class CausalConvolution {
  private static final Kernel KERNEL = Kernel.of(FLOAT16, FLOAT32);
  private static final int WEIGHT = 1;
  private static final int BIAS = 2;
  private static final int PAST = 3;
  private static final int TIME = 2; // axis

  private CausalConvolution() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("CausalConvWithState")
        .infer(CausalConvolution::infer)
        .since(27)
        .lower(CausalConvolution::lower);
  }

  private static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> state =
        node.shape(0).flatMap(x -> node.shape(WEIGHT).map(weight -> x.with(TIME, memory(weight))));
    return List.of(node.type(0), new TensorType(node.element(0), state));
  }

  /** How many elements of the past count. */
  private static Dim memory(Shape weight) {
    return weight.dim(TIME).minus(Dim.of(1));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    String activation = node.text("activation", "none");
    if (!List.of("none", "silu", "swish").contains(activation)) {
      throw new Refusal("attribute 'activation' of '%s'".formatted(activation));
    }
    ElementType element = node.element(0);
    ElementType computing = KERNEL.computing(element);
    Dim channels = node.shape(0).dim(1);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr past = past(node, computing);
    PyExpr x = Kernel.cast(node.value(0), element, computing);
    PyExpr padded = steps.add("padded", Py.call("ops.cat", Py.tuple(past, x), Py.num(TIME)));
    PyExpr.Call convolved =
        Py.call("ops.conv1d", padded, operand(node, WEIGHT, computing))
            .with("pad_mode", Py.text("valid"))
            .with("groups", NodeReading.dim(channels));
    if (node.has(BIAS)) {
      convolved = convolved.with("bias", operand(node, BIAS, computing));
    }
    PyExpr made = activation.equals("none") ? convolved : Py.call("ops.silu", convolved);
    PyExpr length = NodeReading.dim(node.shape(0).dim(TIME));
    PyExpr state = Slice.along(padded, TIME, Py.range(Optional.of(length), Optional.empty()));
    return steps.results(
        List.of(Kernel.cast(made, computing, element), Kernel.cast(state, computing, element)));
  }

  private static PyExpr operand(NodeReading node, int input, ElementType computing) throws Refusal {
    return Kernel.cast(node.value(input), node.element(input), computing);
  }

  private static PyExpr past(NodeReading node, ElementType computing) throws Refusal {
    if (node.has(PAST)) {
      return operand(node, PAST, computing);
    }
    Shape state = node.shape(0).with(TIME, memory(node.shape(WEIGHT)));
    List<PyExpr> dims = state.dims().stream().map(NodeReading::dim).toList();
    return Py.call("ops.zeros", Py.tuple(dims), Dtypes.of(computing));
  }
}
