// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.GraphSketch.value;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Graph;
import org.mindconverter.op.Operators;
import org.mindconverter.testing.GraphSketch;

class ClassDescriptionTest {
  /** The classes of the script, without the docstring, the imports and the alias. */
  private static String classes(GraphSketch sketch) {
    String text =
        new NetworkBuilder(Operators.all())
            .build(sketch.graph(), new SourceNames(), "Net", "A network.")
            .script()
            .text();
    return text.substring(text.indexOf("class "), text.indexOf("MindSporeModel =")).strip();
  }

  @Test
  void aClassNameThatIsNoPlainTextIsNotRepeated() {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", 2, 3)
            .in("a", "pkg.\"\"\"\nimport os")
            .node("Relu", "r", value("x"))
            .in("a", "pkg.\"\"\"\nimport os")
            .node("Abs", "y", value("r"))
            .output("y");
    assertThat(classes(sketch))
        .contains("class ")
        .doesNotContain("\"\"\"\nimport", "import os", "pkg.");
  }

  @Test
  void aSizeWhoseNameIsNoPlainTextIsNotRepeated() {
    GraphSketch sketch =
        new GraphSketch().input("x", "n\"\"\"\nimport os\n", 3).node("Relu", "y", value("x"));
    assertThat(classes(sketch.output("y"))).contains("class ").doesNotContain("\"\"\"", "import");
  }

  @Test
  void manyShapesStandOnLinesOfTheirOwn() {
    GraphSketch sketch = new GraphSketch();
    List<String> inputs = IntStream.range(0, 20).mapToObj(i -> "x" + i).toList();
    inputs.forEach(input -> sketch.input(input, 2, 3));
    Graph graph = sketch.output("x0").graph();
    String shapes =
        ClassDescription.ofRoot(graph, inputs, List.of(graph.outputs().get(0).value())).shapes();
    assertThat(shapes.lines()).hasSize(3).allMatch(line -> line.length() <= 86);
    assertThat(shapes.replace("\n", " "))
        .isEqualTo("Shapes: " + "(2, 3), ".repeat(19) + "(2, 3) -> (2, 3).");
  }
}
