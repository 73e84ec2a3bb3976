// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.GraphSketch.value;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Tensor;
import org.mindconverter.op.Operators;
import org.mindconverter.testing.GraphSketch;

class ForeignWeightsTest {
  private static Network network(GraphSketch sketch, String... parameters) {
    SourceNames names = new SourceNames();
    names.trainOnly(Set.of(parameters));
    return new NetworkBuilder(Operators.all()).build(sketch.graph(), names, "Net", "A network.");
  }

  private static GraphSketch block(String weight) {
    return block(new GraphSketch().weight(weight, 3));
  }

  private static GraphSketch block(Operand summand) {
    GraphSketch sketch = new GraphSketch().input("x", 1, 3).in("tower", "pkg.Tower");
    return sketch
        .node("Relu", "a", value("x"))
        .in("tower", "pkg.Tower", "tower.block", "pkg.Block")
        .node("Sin", "b", value("a"))
        .node("Add", "c", value("b"), summand)
        .output("c");
  }

  @Test
  void aWeightOfTheModuleAroundIsHandedIn() {
    Network network = network(block("tower.token"), "tower.token");
    assertThat(network.parameters())
        .extracting(Network.Parameter::name)
        .containsOnly("tower.token");
    assertThat(network.script().text())
        .contains("return self.block(x, self.token)", "return b + x");
  }

  @Test
  void aTableOfTheModuleAroundIsHandedInToo() {
    double[] squares = IntStream.range(0, 99).mapToDouble(i -> (double) i * i).toArray();
    Tensor table =
        NumericTensor.ofReals(ElementType.FLOAT32, List.of(33L, 3L), squares)
            .toTensor("tower.table");
    Network network = network(block(new Operand.Constant(table)), "nothing");
    assertThat(network.parameters())
        .extracting(Network.Parameter::name)
        .containsOnly("tower.table");
    assertThat(network.script().text())
        .contains("return self.block(x, self.table)", "requires_grad=False");
  }

  @Test
  void aParameterOfTheRootIsHandedThrough() {
    Network network = network(block("token"), "token");
    assertThat(network.parameters()).extracting(Network.Parameter::name).containsOnly("token");
  }

  @Test
  void aWeightOfTheModuleItselfOrOfNoKnownPlaceStaysWhereItIsRead() {
    Network own = network(block("tower.block.token"), "tower.block.token");
    assertThat(own.parameters())
        .extracting(Network.Parameter::name)
        .containsOnly("tower.block.token");
    for (String elsewhere : new String[] {"other.place.token", "val_7"}) {
      Network unknown = network(block(elsewhere), "nothing");
      assertThat(unknown.parameters())
          .extracting(Network.Parameter::name)
          .allMatch(name -> name.startsWith("tower.block."));
    }
  }
}
