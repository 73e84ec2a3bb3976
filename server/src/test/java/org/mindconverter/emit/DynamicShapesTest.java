// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.GraphSketch.value;
import static org.mindconverter.testing.GraphSketch.whole;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.op.OperatorCatalog;
import org.mindconverter.op.Operators;
import org.mindconverter.pass.Pipeline;
import org.mindconverter.testing.GraphSketch;

class DynamicShapesTest {
  private static final Map<String, Attribute> NONE = Map.of();

  private static Operand number(long value) {
    return whole(List.of(), value);
  }

  private static Operand row(long... values) {
    return whole(List.of((long) values.length), values);
  }

  /** The statements of {@code construct}, and of inner classes before it. */
  private static String code(GraphSketch sketch) throws ConversionException {
    OperatorCatalog catalog = Operators.all();
    Graph graph = new Pipeline(catalog).apply(sketch.graph());
    Network network = new NetworkBuilder(catalog).build(graph, new SourceNames(), "Net", "Text.");
    String text = network.script().text();
    return text.substring(text.indexOf("class "), text.indexOf("MindSporeModel =")).strip();
  }

  @Test
  void arithmeticOnShapesLeavesNoTrace() throws ConversionException {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", "n", "s", 4)
            .node("Shape", List.of("shape"), NONE, value("x"))
            .node("Gather", List.of("length"), NONE, value("shape"), number(1))
            .node("Div", List.of("half"), NONE, value("length"), number(2))
            .node("Unsqueeze", List.of("end"), NONE, value("half"), row(0))
            .node("Slice", List.of("y"), NONE, value("x"), row(0), value("end"), row(1))
            .output("y");
    assertThat(code(sketch))
        .isEqualTo(
            """
            class Net(nn.Cell):
                def construct(self, x):
                    \"""Shapes: (n, s, 4) -> (n, floordiv(s, 2), 4).\"""
                    return x[:, :x.shape[1] // 2]""");
  }

  @Test
  void sizesThatLeaveTheNetworkBecomeATensor() throws ConversionException {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", "n", "s")
            .node("Shape", List.of("shape"), NONE, value("x"))
            .node("Mul", List.of("twice"), NONE, value("shape"), number(2))
            .node(
                "Concat",
                List.of("y"),
                Map.of("axis", new Attribute.Int(0)),
                value("twice"),
                row(3))
            .output("y");
    assertThat(code(sketch))
        .contains("return ms.tensor((x.shape[0] * 2, x.shape[1] * 2, 3), ms.int64)");
  }

  @Test
  void aValueThatAloneTellsASizeStays() throws ConversionException {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", 3, 4)
            .node("NonZero", List.of("places"), NONE, value("x"))
            .node("Shape", List.of("shape"), Map.of("start", new Attribute.Int(1)), value("places"))
            .node("Squeeze", List.of("count"), NONE, value("shape"))
            .node("Range", List.of("y"), NONE, number(0), value("count"), number(1))
            .output("y");
    assertThat(code(sketch))
        .contains("x = ops.nonzero(x).T", "return ops.arange(x.shape[1], dtype=ms.int64)");
  }

  @Test
  void aModuleIsHandedTheValueThatTellsASize() throws ConversionException {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", "n", 4)
            .input("like", "n", "s")
            .node("Shape", List.of("shape"), Map.of("start", new Attribute.Int(1)), value("like"))
            .node(
                "Concat",
                List.of("widths"),
                Map.of("axis", new Attribute.Int(0)),
                row(0, 0, 0),
                value("shape"))
            .in("inner", "acme.Inner")
            .node("Relu", List.of("r"), NONE, value("x"))
            .node("Pad", List.of("y"), NONE, value("r"), value("widths"))
            .output("y");
    assertThat(code(sketch))
        .isEqualTo(
            """
            class Inner(nn.Cell):
                \"""acme.Inner, such as inner.\"""

                def construct(self, x, like):
                    \"""Shapes in inner: (n, 4), (n, s) -> (n, s + 4).\"""
                    x = ops.relu(x)
                    return ops.pad(x, (0, like.shape[1]))


            class Net(nn.Cell):
                def __init__(self):
                    super().__init__()
                    self.inner = Inner()

                def construct(self, x, like):
                    \"""Shapes: (n, 4), (n, s) -> (n, s + 4).\"""
                    return self.inner(x, like)""");
  }

  @Test
  void partsAreTakenApartWhereTheyAreMade() throws ConversionException {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", "n", 6)
            .node(
                "Split",
                List.of("a", "", "c"),
                Map.of("axis", new Attribute.Int(1)),
                value("x"),
                row(2, 1, 3))
            .output("a")
            .output("c");
    assertThat(code(sketch)).contains("a, _, c = ops.split(x, [2, 1, 3], 1)");
  }
}
