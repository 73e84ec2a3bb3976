// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;

/**
 * Finds {@code 1 / sqrt(x)}, which ONNX has no operator for and norms are full of, and makes it one
 * {@code mindconverter::Rsqrt(x)}. The root must have no other reader.
 */
final class ReciprocalRootFusion implements Pass {
  static final OpId RSQRT = OpId.internal("Rsqrt");

  @Override
  public Graph apply(Graph graph) {
    Search search = new Search(graph, new Makers(graph), new Readers(graph));
    List<Node> nodes = graph.nodes().stream().map(n -> search.rsqrt(n).orElse(n)).toList();
    return graph.with(nodes, graph.outputs());
  }

  private record Search(Graph graph, Makers makers, Readers readers) {
    Optional<Node> rsqrt(Node node) {
      return divisor(node)
          .filter(this::isReadOnce)
          .flatMap(root -> makers.of(root, "Sqrt"))
          .filter(sqrt -> sqrt.scope().path().equals(node.scope().path()))
          .map(
              sqrt ->
                  new Node(
                      node.name(),
                      RSQRT,
                      1,
                      sqrt.inputs(),
                      node.outputs(),
                      Attributes.NONE,
                      node.scope()));
    }

    /** What 1 is divided by. */
    private Optional<Operand> divisor(Node node) {
      if (node.op().equals(OpId.onnx("Reciprocal"))) {
        return Optional.of(node.input(0));
      }
      boolean ofOne =
          node.op().equals(OpId.onnx("Div"))
              && isScalar(node.input(0))
              && Makers.number(node.input(0)).equals(OptionalDouble.of(1));
      return ofOne ? Optional.of(node.input(1)) : Optional.empty();
    }

    private boolean isScalar(Operand operand) {
      return graph.type(operand).shape().filter(s -> s.rank() == 0).isPresent();
    }

    private boolean isReadOnce(Operand operand) {
      return operand instanceof Operand.Use use && readers.isOnlyUse(use.value());
    }
  }
}
