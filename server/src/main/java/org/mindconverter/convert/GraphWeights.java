// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;

/** Changes the tensors behind a graph's weights. */
final class GraphWeights {
  private GraphWeights() {}

  /** The graph, and those inside of it, with other names for their tensors. */
  static Graph renamed(Graph graph, UnaryOperator<Tensor> naming) {
    List<Node> nodes = graph.nodes().stream().map(node -> renamed(node, naming)).toList();
    List<Graph.Output> outputs =
        graph.outputs().stream()
            .map(o -> new Graph.Output(o.name(), renamed(o.value(), naming)))
            .toList();
    return graph.with(nodes, outputs);
  }

  private static Node renamed(Node node, UnaryOperator<Tensor> naming) {
    Map<String, Attribute> attributes = new LinkedHashMap<>(node.attributes().byName());
    attributes.replaceAll(
        (name, value) ->
            value instanceof Attribute.SubGraph sub
                ? new Attribute.SubGraph(renamed(sub.value(), naming))
                : value);
    List<Operand> inputs = node.inputs().stream().map(i -> renamed(i, naming)).toList();
    return node.withInputs(inputs).withAttributes(new Attributes(attributes));
  }

  private static Operand renamed(Operand operand, UnaryOperator<Tensor> naming) {
    return operand instanceof Operand.Weight weight
        ? new Operand.Weight(
            weight.expression().over(base -> WeightExpression.of(naming.apply(base))))
        : operand;
  }
}
