// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.stream.IntStream;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Normalizations over the last axes. */
final class LayerNormalizations {
  private static final float USUAL_EPSILON = 1e-5f;

  private LayerNormalizations() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("LayerNormalization")
        .infer(LayerNormalizations::inferLayer)
        .since(17)
        .lower(LayerNormalizations::layer);
    ops.onnx("RMSNormalization")
        .infer(TypeRules::sameAsFirst)
        .since(23)
        .lower(LayerNormalizations::rms);
  }

  private static List<TensorType> inferLayer(NodeFacts node) {
    TensorType input = node.type(0);
    if (input.shape().isEmpty()) {
      return List.of(input);
    }
    Shape statistics = input.shape().get();
    long axis = node.integer("axis", -1);
    int first = (int) (axis < 0 ? axis + statistics.rank() : axis);
    for (int i = first; i < statistics.rank(); i++) {
      statistics = statistics.with(i, Dim.of(1));
    }
    TensorType side = TensorType.of(ElementType.FLOAT32, statistics);
    return List.of(input, side, side);
  }

  private static Lowered layer(NodeReading node) throws Refusal {
    requireUsualStash(node);
    int first = node.axis(node.integer("axis", -1), node.rank(0));
    PyExpr epsilon = Py.num(node.real("epsilon", USUAL_EPSILON));
    ElementType element = node.element(0);
    boolean plain =
        !node.wants(1)
            && !node.wants(2)
            && (element == ElementType.FLOAT32 || element == ElementType.FLOAT16)
            && coversTail(node, 1, first)
            && coversTail(node, 2, first);
    return plain ? layerCell(node, first, epsilon) : layerFormula(node, first, epsilon);
  }

  /** Refuses statistics of another type than float32, which is what MindSpore computes. */
  static void requireUsualStash(NodeReading node) throws Refusal {
    long stash = node.integer("stash_type", 1);
    if (stash != 1) {
      throw new Refusal("attribute 'stash_type' of " + stash);
    }
  }

  private static boolean coversTail(NodeReading node, int input, int first) throws Refusal {
    List<Dim> tail = node.shape(0).dims().subList(first, node.rank(0));
    return node.isWeight(input) && node.shape(input).dims().equals(tail);
  }

  private static Lowered layerCell(NodeReading node, int first, PyExpr epsilon) throws Refusal {
    // Counted from the front: of negative axes MindSpore knows only the last.
    PyExpr begin = Py.num(first == node.rank(0) - 1 ? -1 : first);
    PyExpr primitive = Py.call("ops.LayerNorm", begin, begin, epsilon);
    PyExpr function =
        Py.index(Py.call(primitive, node.value(0), node.value(1), node.value(2)), Py.num(0));
    return Lowered.of(
        Cell.of("nn.LayerNorm", "norm")
            .arg(Py.ints(node.weight(1).dims()))
            .argUnless("begin_norm_axis", begin, Py.num(-1))
            .argUnless("begin_params_axis", begin, Py.num(-1))
            .arg("epsilon", epsilon)
            .typed(node.element(0))
            .parameter("gamma", node.weight(1))
            .parameter("beta", node.weight(2))
            .call(node.value(0))
            .or(function));
  }

  private static Lowered layerFormula(NodeReading node, int first, PyExpr epsilon) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr axes = axesFrom(node, first);
    PyExpr x = widened(node, steps);
    PyExpr mean = steps.add("mean", Py.call("ops.mean", x, axes, Py.bool(true)));
    PyExpr centred = steps.add("centred", Py.minus(x, mean));
    PyExpr variance = Py.call("ops.mean", Py.call("ops.square", centred), axes, Py.bool(true));
    PyExpr spread = steps.add("spread", Py.call("ops.rsqrt", Py.plus(variance, epsilon)));
    PyExpr scaled = Py.times(narrowed(node, Py.times(centred, spread)), node.value(1));
    PyExpr result = node.has(2) ? Py.plus(scaled, node.value(2)) : scaled;
    return steps.results(List.of(result, side(node, mean), side(node, spread)));
  }

  private static PyExpr side(NodeReading node, PyExpr statistic) throws Refusal {
    return node.element(0) == ElementType.FLOAT64
        ? Py.call("ops.cast", statistic, Dtypes.of(ElementType.FLOAT32))
        : statistic;
  }

  private static Lowered rms(NodeReading node) throws Refusal {
    requireUsualStash(node);
    int first = node.axis(node.integer("axis", -1), node.rank(0));
    PyExpr epsilon = Py.num(node.real("epsilon", USUAL_EPSILON));
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = widened(node, steps);
    PyExpr square =
        Py.call("ops.mean", Py.call("ops.square", x), axesFrom(node, first), Py.bool(true));
    PyExpr spread = Py.call("ops.rsqrt", Py.plus(square, epsilon));
    return steps.result(Py.times(narrowed(node, Py.times(x, spread)), node.value(1)));
  }

  private static PyExpr axesFrom(NodeReading node, int first) throws Refusal {
    return Py.ints(IntStream.range(first, node.rank(0)).boxed().toList());
  }

  private static boolean isHalf(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    return element == ElementType.FLOAT16 || element == ElementType.BFLOAT16;
  }

  // The statistics of halves are those of float32, as stash_type 1 says.
  private static PyExpr widened(NodeReading node, Lowered.Steps steps) throws Refusal {
    PyExpr x = node.value(0);
    return isHalf(node)
        ? steps.add("wide", Py.call("ops.cast", x, Dtypes.of(ElementType.FLOAT32)))
        : x;
  }

  private static PyExpr narrowed(NodeReading node, PyExpr normal) throws Refusal {
    return isHalf(node) ? Py.call("ops.cast", normal, Dtypes.of(node.element(0))) : normal;
  }
}
