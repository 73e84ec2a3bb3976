// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;

/**
 * Finds a product with a random mask of mean 1 and makes it one {@code
 * mindconverter::StochasticDepth(x, random)} with attribute {@code rate}: a layer that drops while
 * it trains, and is silent in evaluation, as the source's is. Two spellings of a mask that keeps
 * with probability k: {@code cast(random < k) / k} (torchvision, timm, dropout in place) and {@code
 * x / k * floor(random + k)} (transformers).
 */
final class StochasticDepthFusion implements Pass {
  static final OpId STOCHASTIC_DEPTH = OpId.internal("StochasticDepth");

  private static final Set<OpId> CASTS = Set.of(OpId.onnx("Cast"), OpId.onnx("CastLike"));

  @Override
  public Graph apply(Graph graph) {
    Search search = new Search(new Makers(graph));
    List<Node> nodes = graph.nodes().stream().map(n -> search.layer(n).orElse(n)).toList();
    return graph.with(nodes, graph.outputs());
  }

  private record Search(Makers makers) {
    Optional<Node> layer(Node node) {
      if (!node.op().equals(OpId.onnx("Mul"))) {
        return Optional.empty();
      }
      return layer(node, node.input(0), node.input(1))
          .or(() -> layer(node, node.input(1), node.input(0)));
    }

    private Optional<Node> layer(Node product, Operand x, Operand mask) {
      Optional<Kept> compared = scaledComparison(mask);
      if (compared.isPresent()) {
        return Optional.of(fused(product, x, compared.get()));
      }
      Optional<Kept> floored = floored(mask);
      Optional<Node> quotient = makers.of(x, "Div");
      boolean scaled =
          floored.isPresent()
              && quotient.isPresent()
              && Makers.number(quotient.get().input(1))
                  .equals(OptionalDouble.of(floored.get().probability()));
      return scaled
          ? Optional.of(fused(product, quotient.get().input(0), floored.get()))
          : Optional.empty();
    }

    // cast(random < k) / k
    private Optional<Kept> scaledComparison(Operand mask) {
      Optional<Node> division = makers.of(mask, "Div");
      Optional<Node> cast =
          division.flatMap(d -> makers.of(d.input(0))).filter(n -> CASTS.contains(n.op()));
      Optional<Node> less = cast.flatMap(c -> makers.of(c.input(0), "Less"));
      if (less.isEmpty() || !isUniform(less.get().input(0))) {
        return Optional.empty();
      }
      OptionalDouble kept = Makers.number(less.get().input(1));
      return kept.isPresent() && kept.equals(Makers.number(division.get().input(1)))
          ? Optional.of(new Kept(kept.getAsDouble(), less.get().input(0)))
          : Optional.empty();
    }

    // floor(random + k)
    private Optional<Kept> floored(Operand mask) {
      Optional<Node> sum = makers.of(mask, "Floor").flatMap(f -> makers.of(f.input(0), "Add"));
      for (int i = 0; sum.isPresent() && i < 2; i++) {
        OptionalDouble kept = Makers.number(sum.get().input(1 - i));
        if (isUniform(sum.get().input(i)) && kept.isPresent()) {
          return Optional.of(new Kept(kept.getAsDouble(), sum.get().input(i)));
        }
      }
      return Optional.empty();
    }

    private boolean isUniform(Operand operand) {
      Optional<Node> node =
          makers
              .of(operand)
              .filter(
                  n ->
                      n.op().equals(OpId.onnx("RandomUniformLike"))
                          || n.op().equals(OpId.onnx("RandomUniform")));
      return node.isPresent()
          && node.get().attributes().real("low").orElse(0) == 0
          && node.get().attributes().real("high").orElse(1) == 1;
    }

    private static Node fused(Node product, Operand x, Kept kept) {
      float rate = (float) (1 - kept.probability());
      return new Node(
          product.name(),
          STOCHASTIC_DEPTH,
          1,
          List.of(x, kept.random()),
          product.outputs(),
          new Attributes(Map.of("rate", new Attribute.Real(rate))),
          product.scope());
    }
  }

  private record Kept(double probability, Operand random) {}
}
