// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.emit.Built.build;
import static org.mindconverter.emit.Built.classes;
import static org.mindconverter.emit.Built.names;
import static org.mindconverter.testing.GraphSketch.value;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.TensorType;
import org.mindconverter.op.Operators;
import org.mindconverter.testing.GraphSketch;

class NetworkBuilderTest {
  private static final String SEQUENTIAL = "torch.nn.modules.container.Sequential";
  private static final String LINEAR = "torch.nn.modules.linear.Linear";
  private static final String RELU = "torch.nn.modules.activation.ReLU";

  @Test
  void aLeafModuleIsACellUnderItsNameInTheSource() {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", 2, 3)
            .in("fc", LINEAR)
            .linear("y", "x", "fc", 4, 3)
            .output("y");
    assertThat(classes(sketch))
        .isEqualTo(
            """
            class Net(nn.Cell):
                def __init__(self):
                    super().__init__()
                    self.fc = nn.Dense(3, 4)

                def construct(self, x):
                    \"""Shapes: (2, 3) -> (2, 4).\"""
                    return self.fc(x)""");
    assertThat(names(build(sketch))).containsExactly("fc.weight", "fc.bias");
  }

  @Test
  void aChainIsASequentialCellWithIdentitiesWhereTheSourceHasMembersThatLeftNoTrace() {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", 2, 3)
            .in("head", SEQUENTIAL, "head.0", LINEAR)
            .linear("a", "x", "head.0", 4, 3)
            .in("head", SEQUENTIAL, "head.1", RELU)
            .node("Relu", "b", value("a"))
            .in("head", SEQUENTIAL, "head.3", LINEAR)
            .linear("y", "b", "head.3", 5, 4)
            .output("y");
    assertThat(classes(sketch))
        .isEqualTo(
            """
            class Net(nn.Cell):
                def __init__(self):
                    super().__init__()
                    self.head = nn.SequentialCell(nn.Dense(3, 4), nn.ReLU(), nn.Identity(), nn.Dense(4, 5))

                def construct(self, x):
                    \"""Shapes: (2, 3) -> (2, 5).\"""
                    return self.head(x)""");
    assertThat(names(build(sketch)))
        .containsExactly("head.0.weight", "head.0.bias", "head.3.weight", "head.3.bias");
  }

  private static GraphSketch blocks(int second) {
    GraphSketch sketch = new GraphSketch().input("x", 2, 3);
    for (String block : List.of("blocks.0", "blocks.1")) {
      String in = block.equals("blocks.0") ? "x" : "blocks.0.sum";
      int width = block.equals("blocks.0") ? 4 : second;
      sketch
          .in(block, "pkg.Block", block + ".fc1", LINEAR)
          .linear(block + ".a", in, block + ".fc1", width, 3)
          .in(block, "pkg.Block", block + ".fc2", LINEAR)
          .linear(block + ".b", block + ".a", block + ".fc2", 3, width)
          .in(block, "pkg.Block")
          .node("Relu", block + ".sum", value(block + ".b"));
    }
    return sketch.output("blocks.1.sum");
  }

  @Test
  void equalModulesShareOneClassAndListsKeepTheirNumbers() {
    assertThat(classes(blocks(4)))
        .isEqualTo(
            """
            class Block(nn.Cell):
                \"""pkg.Block, such as blocks.0.\"""

                def __init__(self):
                    super().__init__()
                    self.fc1 = nn.Dense(3, 4)
                    self.fc2 = nn.Dense(4, 3)

                def construct(self, x):
                    \"""Shapes in blocks.0: (2, 3) -> (2, 3).\"""
                    x = self.fc1(x)
                    x = self.fc2(x)
                    return ops.relu(x)


            class Net(nn.Cell):
                def __init__(self):
                    super().__init__()
                    self.blocks = nn.CellList([Block(), Block()])

                def construct(self, x):
                    \"""Shapes: (2, 3) -> (2, 3).\"""
                    for block in self.blocks:
                        x = block(x)
                    return x""");
    assertThat(names(build(blocks(4)))).contains("blocks.0.fc1.weight", "blocks.1.fc2.bias");
  }

  @Test
  void aModuleThatOnlyHoldsOthersIsAGroupWhoseMembersMayBeLists() {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", 2, 3)
            .in("body.left.0", LINEAR)
            .linear("a", "x", "body.left.0", 3, 3)
            .in("body.right", LINEAR)
            .linear("y", "a", "body.right", 3, 3)
            .output("y");
    assertThat(classes(sketch))
        .contains("class Group(nn.Cell):", "def __init__(self, /, **members):")
        .contains("self.body = Group(left=nn.CellList([nn.Dense(3, 3)]), right=nn.Dense(3, 3))")
        .contains("x = self.body.left[0](x)")
        .contains("return self.body.right(x)");
    assertThat(names(build(sketch))).contains("body.left.0.weight", "body.right.bias");
  }

  @Test
  void aHolderKeepsNumbersOrNames() {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", 2, 3)
            .in("body.0", LINEAR)
            .linear("a", "x", "body.0", 3, 3)
            .in("body.right", LINEAR)
            .linear("y", "a", "body.right", 3, 3)
            .output("y");
    assertThat(classes(sketch)).contains("nn.CellList([nn.Dense(3, 3)])");
    assertThat(names(build(sketch))).contains("body.0.weight").doesNotHaveDuplicates().hasSize(4);
  }

  @Test
  void modulesThatDifferInANumberAreOneClassThatIsToldIt() {
    assertThat(classes(blocks(5)))
        .contains("def __init__(self, features):", "self.fc1 = nn.Dense(3, features)")
        .contains("self.blocks = nn.CellList([Block(4), Block(5)])")
        .doesNotContain("Block2");
  }

  @Test
  void equalModulesReportTheSamePlace() {
    Network network = build(blocks(4));
    assertThat(network.operators().get(0).place()).isPresent();
    assertThat(network.operators().get(3).place()).isEqualTo(network.operators().get(0).place());
  }

  @Test
  void aModuleCalledTwiceIsOneAttribute() {
    GraphSketch sketch =
        new GraphSketch()
            .input("a", 2, 3)
            .input("b", 2, 3)
            .in("enc", LINEAR)
            .linear("ea", "a", "enc", 3, 3)
            .in()
            .node("Relu", "ra", value("ea"))
            .in("enc", LINEAR)
            .linear("eb", "b", "enc", 3, 3)
            .output("ra")
            .output("eb");
    assertThat(classes(sketch))
        .isEqualTo(
            """
            class Net(nn.Cell):
                def __init__(self):
                    super().__init__()
                    self.enc = nn.Dense(3, 3)

                def construct(self, a, b):
                    \"""Shapes: (2, 3), (2, 3) -> (2, 3), (2, 3).\"""
                    enc = self.enc(a)
                    enc = ops.relu(enc)
                    enc_1 = self.enc(b)
                    return enc, enc_1""");
    assertThat(names(build(sketch))).containsExactly("enc.weight", "enc.bias");
  }

  @Test
  void tiedWeightsAreOneParameterUsedTwice() {
    GraphSketch sketch = new GraphSketch();
    sketch
        .input("x", 2, 3)
        .in("a", LINEAR)
        .node(
            OpId.internal("Linear"),
            "y",
            TensorType.of(ElementType.FLOAT32, GraphSketch.shape(2, 3)),
            Map.of(),
            value("x"),
            sketch.weight("a.weight", 3, 3))
        .in("b", LINEAR)
        .node(
            OpId.internal("Linear"),
            "z",
            TensorType.of(ElementType.FLOAT32, GraphSketch.shape(2, 3)),
            Map.of(),
            value("y"),
            sketch.weight("a.weight", 3, 3))
        .output("z");
    SourceNames names = new SourceNames();
    names.add("a.weight", "b.weight");
    Network network =
        new NetworkBuilder(Operators.all()).build(sketch.graph(), names, "Net", "A network.");
    assertThat(network.script().text()).contains("self.b.weight = self.a.weight");
    assertThat(names(network)).containsExactly("a.weight");
    assertThat(network.tied()).containsExactly(new Network.Tied("b.weight", "a.weight"));
  }

  @Test
  void anUnknownOperatorIsAPlaceholderThatCarriesWhatIsKnown() {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", "n", 3)
            .node(
                new OpId("com.acme", "Whirl"),
                "y",
                TensorType.of(ElementType.FLOAT32, GraphSketch.shape("n", 3)),
                Map.of("mode", new Attribute.Text("a\"b\n"), "import", new Attribute.Int(3)),
                value("x"))
            .output("y");
    Network network = build(sketch);
    assertThat(network.script().text())
        .contains("class com_acme:")
        .contains("class Whirl(Placeholder):")
        .contains("self.whirl = com_acme.Whirl(")
        .contains("input_shape=(None, 3)")
        .contains("mode=\"a\\\"b\\n\"")
        .contains("import_=3");
    assertThat(network.operators().get(0).refusal()).isPresent();
  }

  @Test
  void aParameterReadInTheOpenBelongsToTheModuleThatReadsIt() {
    GraphSketch sketch = new GraphSketch();
    sketch
        .input("x", 2, 3)
        .in("scale", "pkg.Scale")
        .node("Relu", "a", value("x"))
        .node("Whirl", "y", value("a"), sketch.weight("scale.gamma", 3))
        .output("y");
    Network network = build(sketch);
    assertThat(network.script().text())
        .contains("self.gamma = Parameter(ops.zeros((3,), ms.float32))");
    assertThat(names(network)).containsExactly("scale.gamma");
  }

  @Test
  void theSameGraphGivesTheSameBytes() {
    assertThat(build(blocks(5)).script().text()).isEqualTo(build(blocks(5)).script().text());
  }

  @Test
  void aModuleInsideOfAKeptOneIsCalledThereOnlyAsWhatItIs() {
    GraphSketch sketch =
        new GraphSketch()
            .input("x", 2, 3)
            .in("u", "pkg.U", "u.m", "pkg.M", "u.m.fc", LINEAR)
            .linear("a", "x", "u.m.fc", 3, 3)
            .in("u", "pkg.U", "u.m", "pkg.M")
            .node("Relu", "b", value("a"))
            .in("u", "pkg.U")
            .node("Abs", "c", value("b"))
            .in("u.m", "pkg.M", "u.m.fc", LINEAR)
            .linear("d", "c", "u.m.fc", 3, 3)
            .in("u.m", "pkg.M")
            .node("Add", "y", value("d"), value("x"))
            .output("y");
    assertThat(classes(sketch)).contains("self.u.m.fc(").doesNotContain("self.u.m(");
  }
}
