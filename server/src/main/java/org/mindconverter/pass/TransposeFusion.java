// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;

/**
 * Makes one {@code Transpose} of layout changes that do nothing else together. Exporters swap the
 * last two axes of a tensor of any rank through rank 3, and move an axis through a new one.
 */
final class TransposeFusion implements Pass {
  private static final OpId TRANSPOSE = OpId.onnx("Transpose");
  private static final Set<OpId> RESHAPES =
      Set.of(OpId.onnx("Reshape"), OpId.onnx("Squeeze"), OpId.onnx("Unsqueeze"));

  @Override
  public Graph apply(Graph graph) {
    Search search = new Search(graph, new Makers(graph), new Readers(graph));
    List<Node> nodes = graph.nodes().stream().map(n -> search.transposition(n).orElse(n)).toList();
    return graph.with(nodes, graph.outputs());
  }

  private record Search(Graph graph, Makers makers, Readers readers) {
    /** The transposition that stands for the layout changes which end at this node. */
    Optional<Node> transposition(Node last) {
      List<Node> run = runTo(last);
      // The shortest: what the source transposes in steps of its own stays in steps.
      for (int start = run.size() - 2; start >= 0; start--) {
        List<Node> piece = run.subList(start, run.size());
        Optional<List<Long>> order = order(piece);
        if (order.isPresent() && piece.stream().anyMatch(n -> RESHAPES.contains(n.op()))) {
          return Optional.of(transpose(last, run.get(start).input(0), order.get()));
        }
      }
      return Optional.empty();
    }

    private List<Node> runTo(Node last) {
      Deque<Node> run = new ArrayDeque<>();
      Optional<Node> next = Optional.of(last).filter(Search::changesLayout);
      while (next.isPresent()) {
        Node node = next.get();
        run.addFirst(node);
        next =
            makers
                .of(node.input(0))
                .filter(Search::changesLayout)
                .filter(maker -> isReadOnce(node.input(0)))
                .filter(maker -> maker.scope().path().equals(last.scope().path()));
      }
      return List.copyOf(run);
    }

    private static boolean changesLayout(Node node) {
      return node.op().equals(TRANSPOSE) || RESHAPES.contains(node.op());
    }

    private boolean isReadOnce(Operand operand) {
      return operand instanceof Operand.Use use && readers.isOnlyUse(use.value());
    }

    private Optional<List<Long>> order(List<Node> run) {
      Optional<AxisOrder> order = graph.type(run.get(0).input(0)).shape().map(AxisOrder::of);
      for (Node node : run) {
        order = order.flatMap(o -> after(node, o));
      }
      return order.flatMap(AxisOrder::transposition);
    }

    private Optional<AxisOrder> after(Node node, AxisOrder order) {
      if (node.op().equals(TRANSPOSE)) {
        return Optional.of(order.transposed(perm(node, order.dims().size())));
      }
      Optional<Shape> shape = node.output(0).flatMap(value -> graph.type(value).shape());
      return shape.flatMap(order::reshaped);
    }

    private static List<Long> perm(Node transpose, int rank) {
      List<Long> reversed = new ArrayList<>(LongStream.range(0, rank).boxed().toList());
      Collections.reverse(reversed);
      List<Long> order = transpose.attributes().integers("perm").orElse(reversed);
      return order.stream().map(axis -> axis < 0 ? axis + rank : axis).toList();
    }

    private static Node transpose(Node last, Operand base, List<Long> order) {
      Attributes attributes = Attributes.NONE.with("perm", new Attribute.Ints(order));
      return new Node(
          last.name(),
          TRANSPOSE,
          last.opset(),
          List.of(base),
          last.outputs(),
          attributes,
          last.scope());
    }
  }
}
