// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT16;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.INT8;

import org.mindconverter.fold.Unary;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions applied to every element that networks put between layers. */
final class Activations {
  private static final Kernel SMALL_REALS = Kernel.of(FLOAT16, FLOAT32);
  private static final float SELU_ALPHA = 1.6732632f;
  private static final float SELU_GAMMA = 1.050701f;
  private static final float SIXTH = 1 / 6f;

  private static final String MICROSOFT = "com.microsoft";

  private Activations() {}

  static void register(OperatorCatalog.Builder ops) {
    entry(ops, "Relu")
        .fold(Folds.one(Unary::relu))
        .alias(UnaryMath::unsigned)
        .since(6, 13, 14)
        .lower(
            node ->
                cell(
                    node,
                    Kernel.REALS.and(INT8, INT16, INT32, INT64),
                    Cell.of("nn.ReLU", "relu"),
                    "ops.relu"));
    plain(
        entry(ops, "Sigmoid").fold(Folds.one(Unary::sigmoid)).since(6, 13),
        "nn.Sigmoid",
        "sigmoid",
        "ops.sigmoid");
    plain(
        entry(ops, "Tanh").fold(Folds.one(Unary::tanh)).since(6, 13),
        "nn.Tanh",
        "tanh",
        "ops.tanh");
    plain(entry(ops, "Softsign").since(1, 22), "nn.Softsign", "softsign", "ops.softsign");
    plain(entry(ops, "HardSwish").since(14, 22), "nn.HSwish", "hswish", "ops.hardswish");
    entry(ops, "Softplus").since(1, 22).lower(node -> of(node, Activations::softplus));
    // Not ops.mish: that one overflows at 43.
    entry(ops, "Mish")
        .since(18, 22)
        .lower(node -> of(node, x -> Py.times(x, Py.call("ops.tanh", softplus(x)))));
    entry(ops, "Gelu").since(20).lower(Activations::gelu);
    entry(ops, "Elu").since(6, 22).lower(Activations::elu);
    entry(ops, "Selu").since(6, 22).lower(Activations::selu);
    entry(ops, "Celu").since(12, 28).lower(Activations::celu);
    entry(ops, "LeakyRelu").since(6, 16).lower(Activations::leakyRelu);
    entry(ops, "HardSigmoid").since(6, 22).lower(Activations::hardSigmoid);
    entry(ops, "Swish").since(24).lower(node -> swish(node, 1));
    entry(ops, "ThresholdedRelu").since(10, 22).lower(Activations::thresholded);
    entry(ops, "Shrink").since(9).lower(Activations::shrink);
    ops.onnx("SwiGLU").infer(TypeRules::broadcast).since(28).lower(Activations::gated);
    microsoft(ops, "Gelu").since(1).lower(node -> gelu(node, false));
    microsoft(ops, "BiasGelu").since(1).lower(node -> gelu(node, false));
    microsoft(ops, "FastGelu").since(1).lower(node -> gelu(node, true));
    microsoft(ops, "QuickGelu").since(1).lower(node -> swish(node, 1.702f));
  }

  /** What ONNX Runtime's optimizers put in the place of several operators. */
  private static OperatorCatalog.Entry microsoft(OperatorCatalog.Builder ops, String type) {
    return ops.domain(MICROSOFT, type).infer(TypeRules::sameAsFirst);
  }

  private static OperatorCatalog.Entry entry(OperatorCatalog.Builder ops, String type) {
    return ops.onnx(type).infer(TypeRules::sameAsFirst);
  }

  private static void plain(
      OperatorCatalog.Entry entry, String type, String hint, String function) {
    entry.lower(node -> cell(node, Kernel.REALS, Cell.of(type, hint), function));
  }

  private static Lowered of(NodeReading node, Kernel.Function function) throws Refusal {
    return Lowered.of(Kernel.REALS.apply(node, function));
  }

  private static Lowered cell(
      NodeReading node, Kernel kernel, Cell cell, String function, PyExpr... more) throws Refusal {
    return Lowered.of(kernel.apply(node, x -> cell.call(x).or(withMore(function, x, more))));
  }

  private static PyExpr withMore(String function, PyExpr x, PyExpr... more) {
    PyExpr[] arguments = new PyExpr[more.length + 1];
    arguments[0] = x;
    System.arraycopy(more, 0, arguments, 1, more.length);
    return Py.call(function, arguments);
  }

  private static PyExpr softplus(PyExpr x) {
    return Py.call("ops.softplus", x);
  }

  private static Lowered gelu(NodeReading node) throws Refusal {
    String approximate = node.text("approximate", "none");
    boolean tanh =
        switch (approximate) {
          case "none" -> false;
          case "tanh" -> true;
          default -> throw new Refusal("attribute 'approximate' is '%s'".formatted(approximate));
        };
    return gelu(node, tanh);
  }

  /**
   * A GELU of the first input, to which the second, a bias along the last axis, is added before.
   */
  private static Lowered gelu(NodeReading node, boolean tanh) throws Refusal {
    // Written out: where torch's GELU is exact by default, MindSpore's is not.
    Cell cell = Cell.of("nn.GELU", "gelu").arg("approximate", Py.bool(tanh));
    Operands operands = Operands.of(node, Kernel.REALS);
    PyExpr x = operands.tensor(0);
    PyExpr sum = node.has(1) ? Py.plus(x, operands.tensor(1)) : x;
    PyExpr.Call call = Py.call("ops.gelu", sum);
    PyExpr gelu = cell.call(sum).or(tanh ? call.with("approximate", Py.text("tanh")) : call);
    return Lowered.of(operands.back(gelu));
  }

  /** MindSpore's own knows no other scale than 1, but below 0 the scale is but a factor. */
  private static PyExpr scaledElu(PyExpr x, float alpha) {
    PyExpr scaled = Py.times(Py.num(alpha), Py.call("ops.elu", x));
    return Py.call("ops.where", positive(x), x, scaled);
  }

  private static PyExpr positive(PyExpr x) {
    return Py.binary(x, PyExpr.Operator.GREATER, Py.num(0));
  }

  private static Lowered elu(NodeReading node) throws Refusal {
    float alpha = node.real("alpha", 1);
    return alpha == 1
        ? cell(node, Kernel.REALS, Cell.of("nn.ELU", "elu"), "ops.elu")
        : of(node, x -> scaledElu(x, alpha));
  }

  private static Lowered selu(NodeReading node) throws Refusal {
    float alpha = node.real("alpha", SELU_ALPHA);
    float gamma = node.real("gamma", SELU_GAMMA);
    // Not ops.selu: its gradient below 0 is wrong on the CPU.
    return of(node, x -> Py.times(Py.num(gamma), scaledElu(x, alpha)));
  }

  private static Lowered celu(NodeReading node) throws Refusal {
    float alpha = node.real("alpha", 1);
    if (alpha == 0) {
      throw new Refusal("attribute 'alpha' is 0, by which Celu divides");
    }
    PyExpr number = Py.num(alpha);
    Cell cell = Cell.of("nn.CELU", "celu").argUnless("alpha", number, Py.num(1f));
    return cell(node, Kernel.REALS, cell, "ops.celu", number);
  }

  private static Lowered leakyRelu(NodeReading node) throws Refusal {
    PyExpr alpha = Py.num(node.real("alpha", 0.01f));
    Cell cell = Cell.of("nn.LeakyReLU", "leaky_relu").arg(alpha);
    return cell(node, Kernel.REALS, cell, "ops.leaky_relu", alpha);
  }

  private static Lowered hardSigmoid(NodeReading node) throws Refusal {
    float alpha = node.real("alpha", 0.2f);
    float beta = node.real("beta", 0.5f);
    if (Math.abs(alpha - SIXTH) <= Math.ulp(SIXTH) && beta == 0.5f) {
      return cell(node, Kernel.REALS, Cell.of("nn.HSigmoid", "hsigmoid"), "ops.hardsigmoid");
    }
    return of(
        node,
        x -> {
          PyExpr line = Py.plus(Py.times(x, Py.num(alpha)), Py.num(beta));
          return Py.call("ops.clamp", line, Py.num(0f), Py.num(1f));
        });
  }

  private static Lowered swish(NodeReading node, float usual) throws Refusal {
    float alpha = node.real("alpha", usual);
    return alpha == 1
        ? cell(node, Kernel.REALS, Cell.of("nn.SiLU", "silu"), "ops.silu")
        : of(node, x -> Py.times(x, gate(x, alpha)));
  }

  private static PyExpr gate(PyExpr x, float alpha) {
    return Py.call("ops.sigmoid", Py.times(x, Py.num(alpha)));
  }

  private static Lowered gated(NodeReading node) throws Refusal {
    float alpha = node.real("alpha", 1);
    Operands operands = Operands.of(node, Kernel.REALS);
    PyExpr x = operands.tensor(0);
    PyExpr swish = alpha == 1 ? Py.call("ops.silu", x) : Py.times(x, gate(x, alpha));
    return Lowered.of(operands.back(Py.times(swish, operands.tensor(1))));
  }

  private static Lowered thresholded(NodeReading node) throws Refusal {
    PyExpr alpha = Py.num(node.real("alpha", 1));
    Cell cell = Cell.of("nn.Threshold", "threshold").arg(alpha).arg(Py.num(0f));
    return cell(node, Kernel.REALS, cell, "ops.threshold", alpha, Py.num(0f));
  }

  /** What lies near 0 becomes 0, and the rest comes nearer by the bias. */
  private static Lowered shrink(NodeReading node) throws Refusal {
    float lambda = node.real("lambd", 0.5f);
    float bias = node.real("bias", 0);
    boolean small = SMALL_REALS.has(node.element(0));
    if (small && bias == lambda) {
      Cell cell = Cell.of("nn.SoftShrink", "softshrink").arg(Py.num(lambda));
      return cell(node, SMALL_REALS, cell, "ops.softshrink", Py.num(lambda));
    }
    if (small && bias == 0) {
      Cell cell = Cell.of("nn.HShrink", "hshrink").arg(Py.num(lambda));
      return cell(node, SMALL_REALS, cell, "ops.hardshrink", Py.num(lambda));
    }
    if (!node.element(0).isFloating()) {
      throw new Refusal("a Shrink of " + node.element(0).lowerName());
    }
    return of(
        node,
        x -> {
          PyExpr above = Py.binary(x, PyExpr.Operator.GREATER, Py.num(lambda));
          PyExpr below = Py.binary(x, PyExpr.Operator.LESS, Py.num(-lambda));
          PyExpr rest = Py.call("ops.where", below, Py.plus(x, Py.num(bias)), Py.num(0f));
          return Py.call("ops.where", above, Py.minus(x, Py.num(bias)), rest);
        });
  }
}
