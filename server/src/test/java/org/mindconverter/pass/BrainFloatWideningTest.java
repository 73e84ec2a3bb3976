// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.ir.ElementType.BFLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.GraphVerifier;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;

class BrainFloatWideningTest {
  private static final Tensor NARROW =
      NumericTensor.ofReals(BFLOAT16, List.of(2L), new double[] {1, 2}).toTensor("w");

  private static Graph graph(ElementType element, Node... nodes) {
    TensorType type = TensorType.of(element, Shape.of(2));
    return new Graph(
        "g",
        List.of(new Graph.Input("x", type)),
        List.of(new Graph.Output("y", new Operand.Use("y"))),
        List.of(nodes),
        Map.of("x", type, "y", type),
        Map.of(),
        Map.of());
  }

  private static Node node(String type, Attributes attributes, Operand... inputs) {
    return new Node(
        "y",
        OpId.onnx(type),
        13,
        Arrays.asList(inputs),
        List.of(Optional.of("y")),
        attributes,
        Scope.NONE);
  }

  private static Graph widened(Graph graph) throws Exception {
    return GraphVerifier.verified(new BrainFloatWidening().apply(graph));
  }

  private static Node add(Operand other) {
    return node("Add", Attributes.NONE, new Operand.Use("x"), other);
  }

  @Test
  void computesInFloat32AndKeepsTheTypesOfInputsAndOutputs() throws Exception {
    Graph graph = widened(graph(BFLOAT16, add(new Operand.Constant(NARROW))));
    assertThat(graph.nodes()).extracting(n -> n.op().type()).containsExactly("Cast", "Add", "Cast");
    assertThat(graph.inputs().get(0).type().element()).isEqualTo(BFLOAT16);
    assertThat(graph.type("y").element()).isEqualTo(FLOAT32);
    assertThat(graph.nodes().get(1).input(0)).isEqualTo(new Operand.Use("x.float32"));
    assertThat(graph.type(graph.nodes().get(1).input(1)).element()).isEqualTo(FLOAT32);
    assertThat(graph.outputs())
        .containsExactly(new Graph.Output("y", new Operand.Use("y.bfloat16")));
  }

  @Test
  void makesParametersFloat32() throws Exception {
    Operand weight = new Operand.Weight(WeightExpression.of(NARROW));
    Graph graph = widened(graph(BFLOAT16, add(weight)));
    assertThat(graph.nodes().get(1).input(1))
        .isEqualTo(new Operand.Weight(WeightExpression.of(NARROW).converted(FLOAT32)));
  }

  @Test
  void namesFloat32WhereTheModelNamesBfloat16() throws Exception {
    Attributes to = Attributes.NONE.with("to", new Attribute.Int(BFLOAT16.onnxNumber()));
    Graph graph = widened(graph(FLOAT32, node("Cast", to, new Operand.Use("x"))));
    assertThat(graph.nodes().get(0).attributes().integer("to")).hasValue(FLOAT32.onnxNumber());
  }

  @Test
  void leavesOtherModelsAsTheyAre() throws Exception {
    Graph graph = graph(FLOAT32, add(new Operand.Use("x")));
    assertThat(widened(graph)).isEqualTo(graph);
  }
}
