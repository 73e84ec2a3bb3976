// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.GraphSketch.scalar;
import static org.mindconverter.testing.GraphSketch.shape;
import static org.mindconverter.testing.GraphSketch.value;
import static org.mindconverter.testing.GraphSketch.whole;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.TensorType;
import org.mindconverter.op.Operators;
import org.mindconverter.testing.GraphSketch;

class PipelineTest {
  private static final TensorType WHOLE = TensorType.of(ElementType.INT64, shape(1));

  private static Graph run(GraphSketch sketch) throws ConversionException {
    return new Pipeline(Operators.all()).apply(sketch.graph());
  }

  private static List<String> operators(Graph graph) {
    return graph.nodes().stream().map(n -> n.op().type()).toList();
  }

  @Test
  void whatIsConstantIsComputed() throws ConversionException {
    Graph graph =
        run(
            new GraphSketch()
                .input("x", 2, 3)
                .node("Add", "c", scalar(1), scalar(2))
                .node("Mul", "y", value("x"), value("c"))
                .output("y"));
    assertThat(operators(graph)).containsExactly("Mul");
    assertThat(graph.nodes().get(0).input(1)).isInstanceOf(Operand.Constant.class);
  }

  @Test
  void aConstantTakesTheTypeOfWhatIsComputed() throws ConversionException {
    Graph graph =
        run(
            new GraphSketch()
                .input("x", 2, 3)
                .node("CastLike", "c", whole(List.of(1L), 2), value("x"))
                .node("Mul", "y", value("x"), value("c"))
                .output("y"));
    assertThat(operators(graph)).containsExactly("Mul");
    Operand factor = graph.nodes().get(0).input(1);
    assertThat(factor).isInstanceOf(Operand.Constant.class);
    assertThat(((Operand.Constant) factor).tensor().element()).isEqualTo(ElementType.FLOAT32);
  }

  @Test
  void whatIsConstantIsSoInsideOfANodeToo() throws ConversionException {
    Graph body = new GraphSketch().node("Add", "b", value("x"), value("c")).output("b").graph();
    Graph graph =
        run(
            new GraphSketch()
                .input("x", 2, 3)
                .input("when")
                .node("Add", "c", scalar(1), scalar(2))
                .node(OpId.onnx("If"), "y", TensorType.UNKNOWN, bothWays(body), value("when"))
                .output("y"));
    assertThat(operators(graph)).containsExactly("If");
    Graph inner = graph.nodes().get(0).subGraphs().get(0);
    assertThat(inner.nodes().get(0).input(1)).isInstanceOf(Operand.Constant.class);
  }

  @Test
  void shapeArithmeticOfFixedSizesIsGone() throws ConversionException {
    Graph graph =
        run(
            new GraphSketch()
                .input("x", 2, 3, 4)
                .node(OpId.onnx("Shape"), "s", WHOLE, Map.of(), value("x"))
                .node(OpId.onnx("Gather"), "n", WHOLE, Map.of(), value("s"), whole(List.of(1L), 0))
                .node(
                    OpId.onnx("Concat"),
                    "t",
                    WHOLE,
                    Map.of("axis", new Attribute.Int(0)),
                    value("n"),
                    whole(List.of(1L), -1))
                .node(
                    OpId.onnx("Reshape"), "y", TensorType.UNKNOWN, Map.of(), value("x"), value("t"))
                .output("y"));
    assertThat(operators(graph)).containsExactly("Reshape");
    assertThat(graph.type("y")).isEqualTo(TensorType.of(ElementType.FLOAT32, shape(2, 12)));
  }

  @Test
  void symbolsTravelThroughShapeArithmetic() throws ConversionException {
    Graph graph =
        run(
            new GraphSketch()
                .input("x", "n", 3, 4)
                .node(OpId.onnx("Shape"), "s", WHOLE, Map.of(), value("x"))
                .node(OpId.onnx("Gather"), "n0", WHOLE, Map.of(), value("s"), whole(List.of(1L), 0))
                .node(
                    OpId.onnx("Concat"),
                    "t",
                    WHOLE,
                    Map.of("axis", new Attribute.Int(0)),
                    value("n0"),
                    whole(List.of(1L), 12))
                .node(
                    OpId.onnx("Reshape"), "y", TensorType.UNKNOWN, Map.of(), value("x"), value("t"))
                .output("y"));
    assertThat(graph.type("y")).isEqualTo(TensorType.of(ElementType.FLOAT32, shape("n", 12)));
  }

  @Test
  void aProductWithAParameterAndAnAdditionIsALinearLayer() throws ConversionException {
    GraphSketch sketch = new GraphSketch();
    Graph graph =
        run(
            sketch
                .input("x", 2, 5, 3)
                .node("MatMul", "p", value("x"), sketch.weight("w", 3, 4))
                .node("Add", "y", sketch.weight("b", 4), value("p"))
                .output("y"));
    assertThat(operators(graph)).containsExactly("Linear");
    Node linear = graph.nodes().get(0);
    assertThat(((Operand.Weight) linear.input(1)).expression().dims()).containsExactly(4L, 3L);
    assertThat(linear.inputs()).hasSize(3);
  }

  @Test
  void aProductThatIsReadTwiceKeepsItsOwnResult() throws ConversionException {
    GraphSketch sketch = new GraphSketch();
    Graph graph =
        run(
            sketch
                .input("x", 2, 3)
                .node("MatMul", "p", value("x"), sketch.weight("w", 3, 4))
                .node("Add", "y", value("p"), sketch.weight("b", 4))
                .output("y")
                .output("p"));
    assertThat(operators(graph)).containsExactly("Linear", "Add");
  }

  private static Map<String, Attribute> bothWays(Graph body) {
    Attribute graph = new Attribute.SubGraph(body);
    return Map.of("then_branch", graph, "else_branch", graph);
  }

  /** A node that reads the value only in a graph inside of it. */
  private static GraphSketch readInside(GraphSketch sketch, String op, String value) {
    Graph body = new GraphSketch().node(op, "b", value(value), scalar(0)).output("b").graph();
    return sketch
        .input("when")
        .node(OpId.onnx("If"), "i", TensorType.UNKNOWN, bothWays(body), value("when"))
        .output("i");
  }

  @Test
  void aProductThatIsReadInsideOfANodeKeepsItsOwnResult() throws ConversionException {
    GraphSketch sketch = new GraphSketch();
    sketch
        .input("x", 2, 3)
        .node("MatMul", "p", value("x"), sketch.weight("w", 3, 4))
        .node("Add", "y", value("p"), sketch.weight("b", 4))
        .output("y");
    Graph graph = run(readInside(sketch, "Mul", "p"));
    assertThat(operators(graph)).containsExactly("Linear", "Add", "If");
  }

  @Test
  void aSequenceThatIsReadInsideOfANodeStaysWhatItIs() throws ConversionException {
    Graph graph = run(readInside(sequence(whole(List.of(), 0)), "SequenceAt", "s"));
    assertThat(operators(graph)).containsExactly("SplitToSequence", "SequenceAt", "If");
  }

  private static GraphSketch drop(double compared, double divisor) {
    TensorType mask = TensorType.of(ElementType.FLOAT32, shape("n", 1));
    return new GraphSketch()
        .input("x", "n", 3)
        .input("like", "n", 1)
        .node(OpId.onnx("RandomUniformLike"), "r", mask, Map.of(), value("like"))
        .node("Less", "l", value("r"), scalar(compared))
        .node(OpId.onnx("Cast"), "m", mask, Map.of("to", new Attribute.Int(1)), value("l"))
        .node("Div", "d", value("m"), scalar(divisor))
        .node("Mul", "y", value("x"), value("d"))
        .output("y");
  }

  @Test
  void aScaledRandomMaskIsStochasticDepth() throws ConversionException {
    Graph graph = run(drop(0.9, 0.9));
    assertThat(operators(graph)).contains("StochasticDepth").doesNotContain("Mul", "Less");
  }

  @Test
  void aRandomMaskWithoutItsScaleIsLeftAlone() throws ConversionException {
    assertThat(operators(run(drop(0.9, 0.8)))).contains("Mul").doesNotContain("StochasticDepth");
  }

  private static GraphSketch sequence(Operand index) {
    return new GraphSketch()
        .input("x", 2, 6)
        .node(
            OpId.onnx("SplitToSequence"),
            "s",
            TensorType.UNKNOWN,
            Map.of("axis", new Attribute.Int(1)),
            value("x"),
            whole(List.of(), 2))
        .node(OpId.onnx("SequenceAt"), "y", TensorType.UNKNOWN, Map.of(), value("s"), index)
        .output("y");
  }

  @Test
  void aSequenceThatIsReadAtKnownPlacesIsASplit() throws ConversionException {
    Graph graph = run(sequence(whole(List.of(), -1)));
    assertThat(operators(graph)).containsExactly("Split");
    assertThat(graph.nodes().get(0).output(2)).contains("y");
    assertThat(graph.type("y")).isEqualTo(TensorType.of(ElementType.FLOAT32, shape(2, 2)));
  }

  @Test
  void aSequenceThatIsReadOutsideOfItsEndStaysWhatItIs() throws ConversionException {
    assertThat(operators(run(sequence(whole(List.of(), 3)))))
        .containsExactly("SplitToSequence", "SequenceAt");
  }

  @Test
  void aNetworkOfNoNodesIsOne() throws ConversionException {
    assertThat(operators(run(new GraphSketch().input("x", 2, 3).output("x")))).isEmpty();
  }

  @Test
  void whatNobodyReadsIsGone() throws ConversionException {
    Graph graph =
        run(
            new GraphSketch()
                .input("x", 2, 3)
                .node("Exp", "unused", value("x"))
                .node("Relu", "y", value("x"))
                .output("y"));
    assertThat(operators(graph)).containsExactly("Relu");
  }
}
