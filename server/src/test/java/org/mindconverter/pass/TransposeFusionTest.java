// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;
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

class TransposeFusionTest {
  private final GraphSketch sketch = new GraphSketch().input("x", "n", 4, 12, 8);

  private void layout(String type, String output, String input, Object... dims) {
    sketch.node(
        OpId.onnx(type),
        output,
        TensorType.of(ElementType.FLOAT32, shape(dims)),
        Map.of(),
        value(input));
  }

  private void transpose(String output, String input, List<Long> perm, Object... dims) {
    sketch.node(
        OpId.onnx("Transpose"),
        output,
        TensorType.of(ElementType.FLOAT32, shape(dims)),
        Map.of("perm", new Attribute.Ints(perm)),
        value(input));
  }

  private Node lastAfterFusion(String... outputs) {
    for (String output : outputs) {
      sketch.output(output);
    }
    Graph graph = new TransposeFusion().apply(sketch.graph());
    return graph.nodes().get(graph.nodes().size() - 1);
  }

  @Test
  void aNewAxisThatTakesTheOldOnesPlaceIsATransposition() {
    layout("Unsqueeze", "wide", "x", 1, "n", 4, 12, 8);
    transpose("moved", "wide", List.of(3L, 1L, 2L, 0L, 4L), 12, "n", 4, 1, 8);
    layout("Squeeze", "y", "moved", 12, "n", 4, 8);
    Node last = lastAfterFusion("y");
    assertThat(last.op()).isEqualTo(OpId.onnx("Transpose"));
    assertThat(last.input(0)).isEqualTo(new Operand.Use("x"));
    assertThat(last.attributes().integers("perm")).contains(List.of(2L, 0L, 1L, 3L));
  }

  @Test
  void stepsOfTheSourceStaySteps() {
    transpose("once", "x", List.of(0L, 2L, 1L, 3L), "n", 12, 4, 8);
    transpose("y", "once", List.of(0L, 2L, 1L, 3L), "n", 4, 12, 8);
    assertThat(lastAfterFusion("y").input(0)).isEqualTo(new Operand.Use("once"));
  }

  @Test
  void aShapeThatMixesAxesStays() {
    transpose("swapped", "x", List.of(0L, 1L, 3L, 2L), "n", 4, 8, 12);
    layout("Reshape", "y", "swapped", "n", 4, 12, 8);
    assertThat(lastAfterFusion("y").op()).isEqualTo(OpId.onnx("Reshape"));
  }

  @Test
  void whatSomebodyElseReadsStays() {
    layout("Unsqueeze", "wide", "x", 1, "n", 4, 12, 8);
    transpose("moved", "wide", List.of(3L, 1L, 2L, 0L, 4L), 12, "n", 4, 1, 8);
    layout("Squeeze", "y", "moved", 12, "n", 4, 8);
    assertThat(lastAfterFusion("y", "moved").op()).isEqualTo(OpId.onnx("Squeeze"));
  }

  @Test
  void stepsOfDifferentModulesStay() {
    layout("Unsqueeze", "wide", "x", 1, "n", 4, 12, 8);
    transpose("moved", "wide", List.of(3L, 1L, 2L, 0L, 4L), 12, "n", 4, 1, 8);
    sketch.in("inner", "Inner");
    layout("Squeeze", "y", "moved", 12, "n", 4, 8);
    assertThat(lastAfterFusion("y").op()).isEqualTo(OpId.onnx("Squeeze"));
  }
}
