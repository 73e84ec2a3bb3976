// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

class MaskedSoftmaxFusionTest {
  private static final TensorType SCORES = TensorType.of(ElementType.FLOAT32, Shape.of(2, 3));

  private static Operand use(String value) {
    return new Operand.Use(value);
  }

  private static Operand number(double value) {
    return new Operand.Constant(
        NumericTensor.ofReals(ElementType.FLOAT32, List.of(), new double[] {value}).toTensor(""));
  }

  private static Node node(String type, String output, Operand... operands) {
    return new Node(
        output,
        OpId.onnx(type),
        20,
        Arrays.asList(operands),
        List.of(Optional.of(output)),
        Attributes.NONE,
        Scope.NONE);
  }

  private static List<String> operatorsAfter(List<String> outputs, Node... nodes) {
    Graph graph =
        new Graph(
            "g",
            List.of(new Graph.Input("x", SCORES)),
            outputs.stream().map(o -> new Graph.Output(o, use(o))).toList(),
            List.of(nodes),
            Map.of("x", SCORES, "s", SCORES),
            Map.of(),
            Map.of());
    return new MaskedSoftmaxFusion()
        .apply(graph).nodes().stream().map(n -> n.op().type() + " " + n.output(0).get()).toList();
  }

  @Test
  void takesTheQuestionAndTheZerosIntoTheSoftmax() {
    assertThat(
            operatorsAfter(
                List.of("y"),
                node("Softmax", "p", use("x")),
                node("IsNaN", "q", use("p")),
                node("Where", "y", use("q"), number(0), use("p"))))
        .containsExactly("MaskedSoftmax y");
  }

  @Test
  void leavesTheAnswerToTheModelWhereItIsNotZero() {
    assertThat(
            operatorsAfter(
                List.of("y"),
                node("Softmax", "p", use("x")),
                node("IsNaN", "q", use("p")),
                node("Where", "y", use("q"), number(1), use("p"))))
        .containsExactly("MaskedSoftmax p", "IsNaN q", "Where y");
  }

  @Test
  void keepsWhatSomethingElseReads() {
    assertThat(
            operatorsAfter(
                List.of("y", "p"),
                node("Softmax", "p", use("x")),
                node("IsNaN", "q", use("p")),
                node("Where", "y", use("q"), number(0), use("p"))))
        .containsExactly("MaskedSoftmax p", "IsNaN q", "Where y");
  }

  @Test
  void dropsAQuestionThatNoMaskCanRaise() {
    double lowest = -Float.MAX_VALUE;
    assertThat(
            operatorsAfter(
                List.of("y"),
                node("Exp", "e", use("x")),
                node("Where", "m", use("x"), number(0), number(lowest)),
                node("Add", "s", use("e"), use("m")),
                node("Softmax", "p", use("s")),
                node("IsNaN", "q", use("p")),
                node("Where", "y", use("q"), number(0), use("p"))))
        .containsExactly("Exp e", "Where m", "Add s", "Softmax y");
  }

  @Test
  void answersWhereAGivenMaskOfRealNumbersMayRaiseIt() {
    assertThat(
            operatorsAfter(
                List.of("y"),
                node("Exp", "e", use("x")),
                node("Add", "s", use("e"), use("x")),
                node("Softmax", "p", use("s")),
                node("IsNaN", "q", use("p")),
                node("Where", "y", use("q"), number(0), use("p"))))
        .containsExactly("Exp e", "Add s", "MaskedSoftmax y");
  }

  @Test
  void leavesASoftmaxThatNobodyDoubts() {
    assertThat(operatorsAfter(List.of("p"), node("Softmax", "p", use("x"))))
        .containsExactly("Softmax p");
  }

  @Test
  void guardsRowsThatAGivenMaskMayLeaveNothingOf() {
    assertThat(
            operatorsAfter(
                List.of("p"),
                node("Where", "m", use("x"), number(0), number(Double.NEGATIVE_INFINITY)),
                node("Add", "s", use("x"), use("m")),
                node("Softmax", "p", use("s"))))
        .containsExactly("Where m", "Add s", "MaskedSoftmax p");
  }

  @Test
  void trustsAMaskThatIsMadeOfShapesAlone() {
    assertThat(
            operatorsAfter(
                List.of("p"),
                node("Shape", "n", use("x")),
                node("Where", "m", use("n"), number(0), number(Double.NEGATIVE_INFINITY)),
                node("Add", "s", use("x"), use("m")),
                node("Softmax", "p", use("s"))))
        .containsExactly("Shape n", "Where m", "Add s", "Softmax p");
  }

  @Test
  void looksIntoAConstantMaskRowByRow() {
    Operand causal = mask(0, Double.NEGATIVE_INFINITY, 0, 0);
    Operand empty = mask(0, 0, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);
    assertThat(operatorsAfter(List.of("p"), add(causal), node("Softmax", "p", use("s"))))
        .containsExactly("Add s", "Softmax p");
    assertThat(operatorsAfter(List.of("p"), add(empty), node("Softmax", "p", use("s"))))
        .containsExactly("Add s", "MaskedSoftmax p");
  }

  private static Node add(Operand mask) {
    return node("Add", "s", use("x"), mask);
  }

  private static Operand mask(double... values) {
    return new Operand.Constant(
        NumericTensor.ofReals(ElementType.FLOAT32, List.of(2L, 2L), values).toTensor(""));
  }
}
