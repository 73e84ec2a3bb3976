// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

/**
 * Finds scaled dot product attention as torch's exporters spell it, {@code softmax((query * √s) @
 * (keyᵀ * √s) + mask)}, and makes it one {@code mindconverter::AttentionWeights(query, key, mask?)}
 * with attributes {@code scale} and, where masked rows are filled, {@code fill}. Attention that the
 * source itself spells out in steps stays as it is.
 */
final class AttentionFusion implements Pass {
  static final OpId ATTENTION_WEIGHTS = OpId.internal("AttentionWeights");

  private static final double LARGEST_ROUNDING = 1e-6;

  @Override
  public Graph apply(Graph graph) {
    Search search = new Search(graph, new Makers(graph), new Readers(graph));
    List<Node> nodes = graph.nodes().stream().map(n -> search.weights(n).orElse(n)).toList();
    return graph.with(nodes, graph.outputs());
  }

  private record Search(Graph graph, Makers makers, Readers readers) {
    Optional<Node> weights(Node softmax) {
      if (!isOverLastAxis(softmax)) {
        return Optional.empty();
      }
      Optional<Scores> plain = scores(softmax.input(0), softmax);
      if (plain.isPresent()) {
        return Optional.of(fused(softmax, plain.get(), Optional.empty()));
      }
      Optional<Node> sum = inner(softmax.input(0), softmax).filter(n -> isOnnx(n, "Add"));
      for (int i = 0; sum.isPresent() && i < 2; i++) {
        Optional<Scores> masked = scores(sum.get().input(i), softmax);
        if (masked.isPresent()) {
          return Optional.of(fused(softmax, masked.get(), Optional.of(sum.get().input(1 - i))));
        }
      }
      return Optional.empty();
    }

    private boolean isOverLastAxis(Node node) {
      return (node.op().equals(MaskedSoftmaxFusion.MASKED_SOFTMAX) || isOnnx(node, "Softmax"))
          && SoftmaxAxis.isLast(graph, node);
    }

    private static boolean isOnnx(Node node, String type) {
      return node.op().equals(OpId.onnx(type));
    }

    /** Who makes the operand, if nobody else reads it and it belongs to the same module. */
    private Optional<Node> inner(Operand operand, Node end) {
      return makers
          .of(operand)
          .filter(maker -> maker.scope().path().equals(end.scope().path()))
          .filter(maker -> operand instanceof Operand.Use use && readers.isOnlyUse(use.value()));
    }

    private Optional<Scores> scores(Operand operand, Node end) {
      Optional<Node> product = inner(operand, end).filter(n -> isOnnx(n, "MatMul"));
      Optional<Scaled> query = product.flatMap(p -> scaled(p.input(0), end));
      Optional<Scaled> keys = product.flatMap(p -> scaled(p.input(1), end));
      Optional<Operand> key = keys.flatMap(k -> transposed(k.of()));
      if (query.isEmpty() || key.isEmpty() || !fit(query.get().of(), key.get())) {
        return Optional.empty();
      }
      double scale = query.get().by() * keys.get().by();
      return Optional.of(new Scores(query.get().of(), key.get(), rounded(scale, query.get().of())));
    }

    // The exporter takes the root of what is rounded already.
    private float rounded(double scale, Operand query) {
      OptionalLong width = graph.type(query).shape().orElseThrow().dim(-1).size();
      double usual = 1 / Math.sqrt((double) width.orElse(1));
      return (float) (Math.abs(scale / usual - 1) < LARGEST_ROUNDING ? usual : scale);
    }

    private Optional<Scaled> scaled(Operand operand, Node end) {
      Optional<Node> product = inner(operand, end).filter(n -> isOnnx(n, "Mul"));
      for (int i = 0; product.isPresent() && i < 2; i++) {
        OptionalDouble by = Makers.number(product.get().input(i));
        if (by.isPresent()) {
          return Optional.of(new Scaled(product.get().input(1 - i), by.getAsDouble()));
        }
      }
      return Optional.empty();
    }

    private Optional<Operand> transposed(Operand operand) {
      Optional<Node> transpose = makers.of(operand, "Transpose");
      Optional<Shape> shape = transpose.flatMap(t -> graph.type(t.input(0)).shape());
      if (shape.isEmpty() || shape.get().rank() < 2) {
        return Optional.empty();
      }
      int rank = shape.get().rank();
      List<Long> swapped = new ArrayList<>(LongStream.range(0, rank - 2).boxed().toList());
      swapped.add(rank - 1L);
      swapped.add(rank - 2L);
      return transpose.get().attributes().integers("perm").filter(swapped::equals).isPresent()
          ? Optional.of(transpose.get().input(0))
          : Optional.empty();
    }

    private boolean fit(Operand query, Operand key) {
      TensorType q = graph.type(query);
      TensorType k = graph.type(key);
      return q.element() == ElementType.FLOAT32
          && k.element() == ElementType.FLOAT32
          && q.shape().isPresent()
          && k.shape().isPresent()
          && q.shape().get().rank() == k.shape().get().rank();
    }

    private static Node fused(Node softmax, Scores scores, Optional<Operand> mask) {
      List<Operand> inputs = new ArrayList<>(List.of(scores.query(), scores.key()));
      mask.ifPresent(inputs::add);
      Attributes attributes = Attributes.NONE.with("scale", new Attribute.Real(scores.scale()));
      OptionalDouble fill = softmax.attributes().real("fill");
      if (fill.isPresent()) {
        attributes = attributes.with("fill", new Attribute.Real((float) fill.getAsDouble()));
      }
      return new Node(
          softmax.name(),
          ATTENTION_WEIGHTS,
          1,
          inputs,
          softmax.outputs(),
          attributes,
          softmax.scope());
    }
  }

  private record Scaled(Operand of, double by) {}

  private record Scores(Operand query, Operand key, float scale) {}
}
