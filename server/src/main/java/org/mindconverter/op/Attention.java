// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * {@code mindconverter::AttentionWeights(query, key, mask?)}: {@code softmax(query @ keyᵀ * scale +
 * mask)} over the last axis, for a query of shape (…, L, E) and a key of shape (…, S, E) of
 * float32; the mask is of any shape that (…, L, S) and it are broadcast to. With attribute {@code
 * fill}, rows of nothing but -inf become that. The formula is that of "Attention Is All You Need"
 * (Vaswani et al., 2017), section 3.2.1.
 */
final class Attention {
  private Attention() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.internal("AttentionWeights").infer(Attention::infer).since(1).lower(Attention::weights);
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    Optional<Shape> scores = scores(node);
    Optional<Shape> result =
        node.has(2)
            ? scores.flatMap(s -> node.shape(2).flatMap(mask -> Shape.broadcast(s, mask)))
            : scores;
    return List.of(new TensorType(node.element(0), result));
  }

  private static Optional<Shape> scores(NodeFacts node) {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty()) {
      return Optional.empty();
    }
    Shape query = node.shape(0).get();
    Shape key = node.shape(1).get();
    return Shape.broadcast(batch(query), batch(key))
        .map(
            batch -> {
              List<Dim> dims = new ArrayList<>(batch.dims());
              dims.add(query.dim(-2));
              dims.add(key.dim(-2));
              return new Shape(dims);
            });
  }

  private static Shape batch(Shape shape) {
    return new Shape(shape.dims().subList(0, shape.rank() - 2));
  }

  private static Lowered weights(NodeReading node) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr key = Py.method(node.value(1), "transpose", Py.ints(swapped(node.rank(1))));
    PyExpr product = Py.call("ops.matmul", node.value(0), key);
    PyExpr scores = steps.add("scores", Py.times(product, Py.num(node.real("scale", 1))));
    if (node.has(2)) {
      scores = steps.add("scores", Py.plus(scores, node.value(2)));
    }
    OptionalDouble fill = node.real("fill");
    return steps.result(
        fill.isPresent()
            ? Softmaxes.masked(steps, scores, -1, (float) fill.getAsDouble())
            : Softmaxes.softmax(scores, -1));
  }

  private static List<Integer> swapped(int rank) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.swap(axes, rank - 1, rank - 2);
    return axes;
  }
}
