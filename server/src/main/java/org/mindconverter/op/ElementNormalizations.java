// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.ArrayList;
import java.util.List;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Normalisations without parameters, by what stands beside each element. */
final class ElementNormalizations {
  private static final Kernel SMALL_REALS = Kernel.of(FLOAT16, FLOAT32);
  private static final float LEAST_DEVIATION = 1e-9f;
  private static final int PLANE_RANK = 4;

  private ElementNormalizations() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("LRN")
        .infer(TypeRules::sameAsFirst)
        .since(1, 13)
        .lower(ElementNormalizations::byChannelsBeside);
    ops.onnx("LpNormalization")
        .infer(TypeRules::sameAsFirst)
        .since(1, 22)
        .lower(ElementNormalizations::byLength);
    ops.onnx("MeanVarianceNormalization")
        .infer(TypeRules::sameAsFirst)
        .since(9, 13)
        .lower(ElementNormalizations::byDeviation);
  }

  private static Lowered byChannelsBeside(NodeReading node) throws Refusal {
    long size = node.requireInteger("size");
    if (size % 2 == 0) {
      throw new Refusal("attribute 'size' of %d, which has no middle".formatted(size));
    }
    // MindSpore's factor is that of a sum, ONNX's that of a mean.
    PyExpr alpha = Py.num(node.real("alpha", 1e-4f) / size);
    PyExpr bias = Py.num(node.real("bias", 1));
    PyExpr beta = Py.num(node.real("beta", 0.75f));
    if (node.rank(0) != PLANE_RANK) {
      throw new Refusal("input 0 is of another rank than 4");
    }
    return Lowered.of(
        SMALL_REALS.apply(node, x -> Py.call("ops.lrn", x, Py.num(size / 2), bias, alpha, beta)));
  }

  /** A vector of length 1 in the same direction; of no length, the same. */
  private static Lowered byLength(NodeReading node) throws Refusal {
    long p = node.integer("p", 2);
    if (p != 1 && p != 2) {
      throw new Refusal("attribute 'p' of %d".formatted(p));
    }
    PyExpr axis = Py.num(node.axis(node.integer("axis", -1), node.rank(0)));
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr result =
        Kernel.REALS.apply(
            node,
            x -> {
              PyExpr vector = steps.named("x", x);
              PyExpr sizes = Py.call(p == 1 ? "ops.abs" : "ops.square", vector);
              PyExpr sum = Py.method(sizes, "sum", axis).with("keepdims", Py.bool(true));
              PyExpr length = steps.add("length", p == 1 ? sum : Py.call("ops.sqrt", sum));
              PyExpr none = Py.binary(length, PyExpr.Operator.EQUAL, Py.num(0));
              return Py.call("ops.where", none, Py.num(0f), Py.divide(vector, length));
            });
    return steps.result(result);
  }

  private static Lowered byDeviation(NodeReading node) throws Refusal {
    List<Integer> axes = new ArrayList<>();
    for (long axis : node.integers("axes").orElse(List.of(0L, 2L, 3L))) {
      axes.add(node.axis(axis, node.rank(0)));
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr result =
        Kernel.REALS.apply(
            node,
            x -> {
              PyExpr values = steps.named("x", x);
              PyExpr centred = steps.add("centred", Py.minus(values, mean(values, axes)));
              PyExpr variance = mean(Py.call("ops.square", centred), axes);
              PyExpr deviation = Py.call("ops.sqrt", variance);
              return Py.divide(centred, Py.plus(deviation, Py.num(LEAST_DEVIATION)));
            });
    return steps.result(result);
  }

  private static PyExpr mean(PyExpr x, List<Integer> axes) {
    return Py.method(x, "mean", Py.ints(axes)).with("keep_dims", Py.bool(true));
  }
}
