// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.stream.IntStream;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Layers that bring values to a mean and a spread. */
final class Normalizations {
  private static final float USUAL_EPSILON = 1e-5f;

  private Normalizations() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("BatchNormalization")
        .infer(TypeRules::sameAsFirst)
        .since(7, 9, 14, 15)
        .lower(Normalizations::batch);
    ops.onnx("InstanceNormalization")
        .infer(TypeRules::sameAsFirst)
        .since(6, 22)
        .lower(Normalizations::instance);
    ops.onnx("GroupNormalization")
        .infer(TypeRules::sameAsFirst)
        .since(18)
        .lower(Normalizations::groupsScaled)
        .since(21)
        .lower(Normalizations::group);
  }

  private static Lowered instance(NodeReading node) throws Refusal {
    return overAxes(node, IntStream.range(2, node.rank(0)).boxed().toList());
  }

  private static Lowered overAxes(NodeReading node, List<Integer> positions) throws Refusal {
    int rank = node.rank(0);
    PyExpr axes = Py.ints(positions);
    PyExpr x = node.value(0);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr centred = steps.add("centred", Py.minus(x, Py.call("ops.mean", x, axes, Py.bool(true))));
    PyExpr variance = Py.call("ops.mean", Py.call("ops.square", centred), axes, Py.bool(true));
    PyExpr spread =
        Py.call("ops.rsqrt", Py.plus(variance, Py.num(node.real("epsilon", USUAL_EPSILON))));
    PyExpr normal = steps.add("normal", Py.times(centred, spread));
    PyExpr scaled = Py.times(normal, perChannel(node.value(1), rank));
    return steps.result(Py.plus(scaled, perChannel(node.value(2), rank)));
  }

  private static Lowered ofBatch(NodeReading node) throws Refusal {
    node.without("momentum", "the running statistics that it moves are not wanted");
    node.withoutInput(3, "the statistics of the batch itself count");
    node.withoutInput(4, "the statistics of the batch itself count");
    return overAxes(node, IntStream.range(0, node.rank(0)).filter(i -> i != 1).boxed().toList());
  }

  private static Lowered group(NodeReading node) throws Refusal {
    LayerNormalizations.requireUsualStash(node);
    long groups = node.requireInteger("num_groups");
    ElementType element = node.element(0);
    if (element != ElementType.FLOAT32 && element != ElementType.FLOAT16) {
      throw new Refusal("a normalization of groups of " + element.lowerName());
    }
    PyExpr epsilon = Py.num(node.real("epsilon", USUAL_EPSILON));
    PyExpr x = node.value(0);
    PyExpr function =
        Py.call("ops.group_norm", x, Py.num(groups), node.value(1), node.value(2), epsilon);
    if (!node.isWeight(1) || !node.isWeight(2) || element != ElementType.FLOAT32) {
      return Lowered.of(function);
    }
    WeightExpression gamma = node.weight(1);
    return Lowered.of(
        Cell.of("nn.GroupNorm", "norm")
            .arg(groups)
            .arg(gamma.dims().get(0))
            .argUnless("eps", epsilon, Py.num(USUAL_EPSILON))
            .parameter("gamma", gamma)
            .parameter("beta", node.weight(2))
            .call(x)
            .or(function));
  }

  // Until opset 21, one scale per group.
  private static Lowered groupsScaled(NodeReading node) throws Refusal {
    long groups = node.requireInteger("num_groups");
    PyExpr x = node.value(0);
    PyExpr batch = NodeReading.dim(node.shape(0).dim(0));
    PyExpr last = Py.ints(List.of(2));
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr apart = Py.method(x, "reshape", Py.tuple(batch, Py.num(groups), Py.num(-1)));
    PyExpr grouped = steps.add("grouped", apart);
    PyExpr mean = Py.call("ops.mean", grouped, last, Py.bool(true));
    PyExpr centred = steps.add("centred", Py.minus(grouped, mean));
    PyExpr variance = Py.call("ops.mean", Py.call("ops.square", centred), last, Py.bool(true));
    PyExpr epsilon = Py.num(node.real("epsilon", USUAL_EPSILON));
    PyExpr spread = Py.call("ops.rsqrt", Py.plus(variance, epsilon));
    PyExpr normal = steps.add("normal", Py.times(centred, spread));
    PyExpr scaled = Py.times(normal, perChannel(node.value(1), 3));
    PyExpr shifted = steps.add("shifted", Py.plus(scaled, perChannel(node.value(2), 3)));
    return steps.result(Py.method(shifted, "reshape", new PyExpr.Member(x, "shape")));
  }

  private static Lowered batch(NodeReading node) throws Refusal {
    if (node.wants(1) || node.wants(2) || node.wants(3) || node.wants(4)) {
      throw new Refusal("running statistics as results");
    }
    if (node.integer("spatial", 1) != 1) {
      throw new Refusal("attribute 'spatial' of 0");
    }
    if (node.integer("training_mode", 0) != 0) {
      return ofBatch(node);
    }
    float epsilon = node.real("epsilon", USUAL_EPSILON);
    float momentum = node.real("momentum", 0.9f);
    for (int i = 1; i <= 4; i++) {
      if (!node.isWeight(i)) {
        return batchFormula(node, epsilon);
      }
    }
    String type =
        switch (node.rank(0)) {
          case 2, 3 -> "nn.BatchNorm1d";
          case 4 -> "nn.BatchNorm2d";
          case 5 -> "nn.BatchNorm3d";
          default -> "";
        };
    if (type.isEmpty() || node.element(0) != ElementType.FLOAT32) {
      return batchFormula(node, epsilon);
    }
    String prefix = node.rank(0) == 5 ? "bn2d." : "";
    WeightExpression gamma = node.weight(1);
    Cell cell =
        Cell.of(type, "bn")
            .arg(gamma.dims().get(0))
            .argUnless("eps", Py.num(epsilon), Py.num(USUAL_EPSILON))
            .argUnless("momentum", Py.num(momentum), Py.num(0.9f))
            .parameter(prefix + "moving_mean", node.weight(3))
            .parameter(prefix + "moving_variance", node.weight(4))
            .parameter(prefix + "gamma", gamma)
            .parameter(prefix + "beta", node.weight(2));
    return Lowered.of(cell.call(node.value(0)));
  }

  private static Lowered batchFormula(NodeReading node, float epsilon) throws Refusal {
    int rank = node.rank(0);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr spread =
        steps.add(
            "scale",
            Py.divide(node.value(1), Py.call("ops.sqrt", Py.plus(node.value(4), Py.num(epsilon)))));
    PyExpr centred = Py.minus(node.value(0), perChannel(node.value(3), rank));
    return steps.result(
        Py.plus(Py.times(centred, perChannel(spread, rank)), perChannel(node.value(2), rank)));
  }

  private static PyExpr perChannel(PyExpr vector, int rank) {
    if (rank == 2) {
      return vector;
    }
    List<Long> dims = IntStream.range(0, rank).mapToObj(axis -> axis == 1 ? -1L : 1L).toList();
    return Py.method(vector, "reshape", Py.ints(dims));
  }
}
