// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.WeightExpression;

/**
 * Finds the linear layer in a matrix product with a parameter, and in the addition of a parameter
 * behind it: both become one {@code mindconverter::Linear(x, weight, bias?)}, whose weight is laid
 * out as (outputs, inputs).
 */
final class LinearFusion implements Pass {
  static final OpId LINEAR = OpId.internal("Linear");

  @Override
  public Graph apply(Graph graph) {
    return new Search(graph).run();
  }

  private static final class Search {
    private final Graph graph;
    private final Readers readers;
    private final Map<String, Node> linearByValue = new HashMap<>();
    private final Map<String, Node> replacementByName = new HashMap<>();
    private final Set<String> absorbed = new HashSet<>();

    Search(Graph graph) {
      this.graph = graph;
      this.readers = new Readers(graph);
    }

    Graph run() {
      for (Node node : graph.nodes()) {
        Cancellation.poll();
        if (isProductWithWeight(node)) {
          Node linear = asLinear(node);
          replacementByName.put(node.name(), linear);
          linearByValue.put(node.definedValues().get(0), linear);
        } else if (node.op().equals(OpId.onnx("Add"))) {
          absorbBias(node);
        }
      }
      List<Node> nodes = new ArrayList<>();
      for (Node node : graph.nodes()) {
        if (!absorbed.contains(node.name())) {
          nodes.add(replacementByName.getOrDefault(node.name(), node));
        }
      }
      return graph.with(nodes, graph.outputs());
    }

    private boolean isProductWithWeight(Node node) {
      boolean product =
          node.op().equals(OpId.onnx("MatMul"))
              && node.input(0) instanceof Operand.Use
              && node.input(1) instanceof Operand.Weight
              && node.output(0).isPresent();
      if (!product) {
        return false;
      }
      WeightExpression weight = ((Operand.Weight) node.input(1)).expression();
      Optional<Shape> shape = graph.type(node.input(0)).shape();
      // A vector times a matrix is no linear layer to MindSpore, whose Dense wants a batch.
      return weight.dims().size() == 2 && shape.isPresent() && shape.get().rank() >= 2;
    }

    private static Node asLinear(Node node) {
      WeightExpression weight = ((Operand.Weight) node.input(1)).expression();
      return linear(
          node,
          List.of(node.input(0), new Operand.Weight(weight.transposed(List.of(1, 0)))),
          node.outputs());
    }

    private static Node linear(Node product, List<Operand> inputs, List<Optional<String>> outputs) {
      return new Node(product.name(), LINEAR, 1, inputs, outputs, Attributes.NONE, product.scope());
    }

    private void absorbBias(Node addition) {
      for (int i = 0; i < 2; i++) {
        if (addition.input(i) instanceof Operand.Use use
            && linearByValue.containsKey(use.value())
            && readers.isOnlyUse(use.value())
            && addition.input(1 - i) instanceof Operand.Weight bias
            && isBiasOf(bias.expression(), linearByValue.get(use.value()))) {
          Node linear = linearByValue.get(use.value());
          List<Operand> inputs = new ArrayList<>(linear.inputs());
          inputs.add(bias);
          absorbed.add(linear.name());
          // The product's scope: that is where the source's linear layer stands.
          replacementByName.put(addition.name(), linear(linear, inputs, addition.outputs()));
          return;
        }
      }
    }

    private static boolean isBiasOf(WeightExpression bias, Node linear) {
      WeightExpression weight = ((Operand.Weight) linear.input(1)).expression();
      return bias.dims().equals(List.of(weight.dims().get(0)))
          && bias.element() == weight.element();
    }
  }
}
