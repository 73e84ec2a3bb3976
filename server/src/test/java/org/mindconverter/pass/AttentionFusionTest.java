// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.GraphSketch.scalar;
import static org.mindconverter.testing.GraphSketch.shape;
import static org.mindconverter.testing.GraphSketch.value;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.TensorType;
import org.mindconverter.testing.GraphSketch;

class AttentionFusionTest {
  private static final double ROOT_OF_SCALE = 0.59460354;

  private final GraphSketch sketch =
      new GraphSketch().input("q", 1, 4, 5, 8).input("k", 1, 4, 6, 8).input("mask", 1, 1, 5, 6);

  private AttentionFusionTest scaled(String perm) {
    List<Long> order = perm.chars().mapToObj(c -> (long) (c - '0')).toList();
    sketch
        .node("Mul", "qs", value("q"), scalar(ROOT_OF_SCALE))
        .node(
            OpId.onnx("Transpose"),
            "kt",
            TensorType.of(ElementType.FLOAT32, shape(1, 4, 8, 6)),
            Map.of("perm", new Attribute.Ints(order)),
            value("k"))
        .node("Mul", "ks", scalar(ROOT_OF_SCALE), value("kt"));
    return this;
  }

  private AttentionFusionTest product(String left, String right) {
    sketch.node(
        OpId.onnx("MatMul"),
        "scores",
        TensorType.of(ElementType.FLOAT32, shape(1, 4, 5, 6)),
        Map.of(),
        value(left),
        value(right));
    return this;
  }

  private AttentionFusionTest softmax(String scores, Map<String, Attribute> attributes) {
    sketch.node(
        OpId.onnx("Softmax"),
        "y",
        TensorType.of(ElementType.FLOAT32, shape(1, 4, 5, 6)),
        attributes,
        value(scores));
    return this;
  }

  private Node lastAfterFusion(String... outputs) {
    for (String output : outputs) {
      sketch.output(output);
    }
    Graph graph = new AttentionFusion().apply(sketch.graph());
    return graph.nodes().get(graph.nodes().size() - 1);
  }

  @Test
  void takesQueryAndKeyWithTheScaleOfTheirWidth() {
    Node last = scaled("0132").product("qs", "ks").softmax("scores", Map.of()).lastAfterFusion("y");
    assertThat(last.op()).isEqualTo(AttentionFusion.ATTENTION_WEIGHTS);
    assertThat(last.inputs()).containsExactly(new Operand.Use("q"), new Operand.Use("k"));
    assertThat((float) last.attributes().real("scale").orElseThrow())
        .isEqualTo((float) (1 / Math.sqrt(8)));
  }

  @Test
  void takesTheMaskFromEitherSide() {
    scaled("0132").product("qs", "ks").sketch.node("Add", "masked", value("mask"), value("scores"));
    assertThat(softmax("masked", Map.of()).lastAfterFusion("y").inputs())
        .containsExactly(new Operand.Use("q"), new Operand.Use("k"), new Operand.Use("mask"));
  }

  @Test
  void leavesOtherTranspositionsAlone() {
    assertThat(
            scaled("0231")
                .product("qs", "ks")
                .softmax("scores", Map.of())
                .lastAfterFusion("y")
                .op())
        .isEqualTo(OpId.onnx("Softmax"));
  }

  @Test
  void leavesOtherAxesAlone() {
    assertThat(
            scaled("0132")
                .product("qs", "ks")
                .softmax("scores", Map.of("axis", new Attribute.Int(2)))
                .lastAfterFusion("y")
                .op())
        .isEqualTo(OpId.onnx("Softmax"));
  }

  @Test
  void leavesWhatTheSourceSpellsItself() {
    assertThat(
            scaled("0132").product("q", "kt").softmax("scores", Map.of()).lastAfterFusion("y").op())
        .isEqualTo(OpId.onnx("Softmax"));
  }

  @Test
  void leavesScoresThatSomebodyElseReads() {
    assertThat(
            scaled("0132")
                .product("qs", "ks")
                .softmax("scores", Map.of())
                .lastAfterFusion("y", "scores")
                .op())
        .isEqualTo(OpId.onnx("Softmax"));
  }
}
