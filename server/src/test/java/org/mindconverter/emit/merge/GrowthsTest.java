// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.emit.merge.Drafts.conv;
import static org.mindconverter.emit.merge.Drafts.definition;
import static org.mindconverter.emit.merge.Drafts.let;
import static org.mindconverter.emit.merge.Drafts.member;
import static org.mindconverter.emit.merge.Drafts.result;
import static org.mindconverter.emit.merge.Drafts.self;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

class GrowthsTest {
  private final Drafts drafts = new Drafts();

  private static PyExpr joined(String... names) {
    return Py.call("ops.cat", Py.tuple(List.of(names).stream().map(Py::name).toList()), Py.num(1));
  }

  /** A layer that joins what it takes. */
  private void layer(int channels, int inputs) {
    String[] names = IntStream.range(0, inputs).mapToObj(i -> "x" + i).toArray(String[]::new);
    List<PyStmt> work = new ArrayList<>();
    if (inputs > 1) {
      work.add(let("x0", joined(names)));
    }
    work.add(let("y", self("conv", "x0")));
    work.add(result("y"));
    List<PyStmt> members = List.of(member("conv", conv(channels, 4, 1, 1)));
    drafts.add(
        "Layer", definition("Layer" + channels + "x" + inputs, members, List.of(names), work));
  }

  private void block(String name, List<String> cells, List<String> attributes, PyStmt... end) {
    List<PyStmt> members = new ArrayList<>();
    List<PyStmt> work = new ArrayList<>();
    List<String> made = new ArrayList<>(List.of("x"));
    for (int i = 0; i < cells.size(); i++) {
      members.add(member(attributes.get(i), Py.call(cells.get(i))));
      work.add(let("f" + i, self(attributes.get(i), made.toArray(String[]::new))));
      made.add("f" + i);
    }
    work.addAll(List.of(end));
    work.add(let("x", joined(made.toArray(String[]::new))));
    work.add(result("x"));
    drafts.add("Block", definition(name, members, List.of("x"), work));
  }

  @Test
  void numberedLayersThatTakeAllBeforeThemAreALoopOverAGrowingTuple() {
    layer(8, 1);
    layer(12, 2);
    layer(16, 3);
    layer(16, 1);
    layer(20, 2);
    block(
        "Long", List.of("Layer8x1", "Layer12x2", "Layer16x3"), List.of("conv1", "conv2", "conv3"));
    block("Short", List.of("Layer16x1", "Layer20x2"), List.of("conv1", "conv2"));
    assertThat(drafts.merged("Long", "Short"))
        .contains(
            """
                def __init__(self, in_channels, depth):
                    super().__init__()
                    self.convs = [Layer(in_channels + 4 * i) for i in range(depth)]
                    for i, conv in enumerate(self.convs, start=1):
                        setattr(self, f"conv{i}", conv)
            """)
        .contains(
            """
                    features = (x,)
                    for conv in self.convs:
                        features = (*features, conv(*features))
                    x = ops.cat(features, 1)
            """)
        .contains("[Block(8, 3), Block(16, 2)]");
  }

  @Test
  void layersWhoseNumbersDoNotGrowEvenlyStayOneByOne() {
    layer(8, 1);
    layer(12, 2);
    layer(24, 3);
    block(
        "Long", List.of("Layer8x1", "Layer12x2", "Layer24x3"), List.of("conv1", "conv2", "conv3"));
    assertThat(drafts.merged("Long"))
        .contains("self.conv3 = Layer(24)", "self.conv3(x, f0, f1)")
        .doesNotContain("for ");
  }

  @Test
  void layersThatAreNotNumberedInARowStayOneByOne() {
    layer(8, 1);
    layer(12, 2);
    block("Short", List.of("Layer8x1", "Layer12x2"), List.of("conv1", "conv3"));
    assertThat(drafts.merged("Short")).contains("self.conv3(x, f0)").doesNotContain("for ");
  }

  @Test
  void whatSomebodyTakesAloneKeepsItsName() {
    layer(8, 1);
    layer(12, 2);
    block(
        "Short",
        List.of("Layer8x1", "Layer12x2"),
        List.of("conv1", "conv2"),
        let("f0", Py.call("ops.relu", Py.name("f0"))));
    assertThat(drafts.merged("Short")).contains("self.conv2(x, f0)").doesNotContain("for ");
  }
}
