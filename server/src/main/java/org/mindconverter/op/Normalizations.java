// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.stream.IntStream;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
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
        .since(1, 6, 22)
        .lower(Normalizations::instance);
    ops.onnx("LayerNormalization")
        .infer(Normalizations::inferLayer)
        .since(17)
        .lower(Normalizations::layer);
  }

  private static Lowered instance(NodeReading node) throws Refusal {
    int rank = node.rank(0);
    PyExpr axes = Py.ints(IntStream.range(2, rank).boxed().toList());
    PyExpr x = node.value(0);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr centred = steps.add("centred", Py.minus(x, Py.call("ops.mean", x, axes, Py.bool(true))));
    PyExpr variance = Py.call("ops.mean", Py.call("ops.square", centred), axes, Py.bool(true));
    PyExpr spread =
        Py.call("ops.rsqrt", Py.plus(variance, Py.num(node.real("epsilon", USUAL_EPSILON))));
    PyExpr scaled = Py.times(Py.times(centred, spread), perChannel(node.value(1), rank));
    return steps.result(Py.plus(scaled, perChannel(node.value(2), rank)));
  }

  private static Lowered batch(NodeReading node) throws Refusal {
    // One output: the inference form, whatever training_mode says of a graph made for training.
    node.integer("training_mode", 0);
    if (node.wants(1) || node.wants(2) || node.wants(3) || node.wants(4)) {
      throw new Refusal("running statistics as results");
    }
    if (node.integer("spatial", 1) != 1) {
      throw new Refusal("attribute 'spatial' of 0");
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
    node.without("stash_type", "MindSpore computes the statistics in float32, which 1 asks for");
    if (node.wants(1) || node.wants(2)) {
      throw new Refusal("mean and deviation as results");
    }
    int rank = node.rank(0);
    int first = node.axis(node.integer("axis", -1), rank);
    float epsilon = node.real("epsilon", USUAL_EPSILON);
    List<Dim> tail = node.shape(0).dims().subList(first, rank);
    boolean cell =
        node.isWeight(1) && (!node.has(2) || node.isWeight(2)) && node.shape(1).dims().equals(tail);
    if (!cell || !node.has(2)) {
      return layerFormula(node, first, epsilon);
    }
    WeightExpression gamma = node.weight(1);
    int begin = first - rank;
    PyExpr primitive = Py.call("ops.LayerNorm", Py.num(begin), Py.num(begin), Py.num(epsilon));
    PyExpr function =
        Py.index(Py.call(primitive, node.value(0), node.value(1), node.value(2)), Py.num(0));
    return Lowered.of(
        Cell.of("nn.LayerNorm", "norm")
            .arg(Py.ints(gamma.dims()))
            .arg("epsilon", Py.num(epsilon))
            .parameter("gamma", gamma)
            .parameter("beta", node.weight(2))
            .call(node.value(0))
            .or(function));
  }

  private static Lowered layerFormula(NodeReading node, int first, float epsilon) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr axes = Py.ints(IntStream.range(first, node.rank(0)).boxed().toList());
    PyExpr x = node.value(0);
    PyExpr centred = steps.add("centred", Py.minus(x, Py.call("ops.mean", x, axes, Py.bool(true))));
    PyExpr variance = Py.call("ops.mean", Py.call("ops.square", centred), axes, Py.bool(true));
    PyExpr spread = Py.call("ops.rsqrt", Py.plus(variance, Py.num(epsilon)));
    PyExpr scaled = Py.times(Py.times(centred, spread), node.value(1));
    return steps.result(node.has(2) ? Py.plus(scaled, node.value(2)) : scaled);
  }
}
