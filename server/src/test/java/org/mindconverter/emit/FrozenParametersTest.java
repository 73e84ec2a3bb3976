// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.mindconverter.op.Operators;
import org.mindconverter.testing.GraphSketch;

class FrozenParametersTest {
  private static final String LINEAR = "torch.nn.modules.linear.Linear";
  private static final String SEQUENTIAL = "torch.nn.modules.container.Sequential";

  private static GraphSketch threeLayers() {
    return new GraphSketch()
        .input("x", 2, 3)
        .in("body", SEQUENTIAL, "body.0", LINEAR)
        .linear("a", "x", "body.0", 3, 3)
        .in("body", SEQUENTIAL, "body.1", LINEAR)
        .linear("b", "a", "body.1", 3, 3)
        .in("head", LINEAR)
        .linear("y", "b", "head", 4, 3)
        .output("y");
  }

  private static String script(String... frozen) {
    SourceNames names = new SourceNames();
    for (String name : frozen) {
      names.freeze(name);
    }
    return script(names);
  }

  private static String script(SourceNames names) {
    return new NetworkBuilder(Operators.all())
        .build(threeLayers().graph(), names, "Net", "A network.")
        .script()
        .text();
  }

  @Test
  void nothingIsSaidWhereAllIsTrained() {
    assertThat(script()).doesNotContain("requires_grad", "get_parameters");
  }

  @Test
  void whatIsNotAmongAllThatTheSourceTrainsIsFrozen() {
    SourceNames names = new SourceNames();
    names.add("body.0.weight", "tied");
    names.trainOnly(Set.of("tied", "body.0.bias", "body.1.weight", "body.1.bias", "head.weight"));
    assertThat(script(names))
        .contains("        self.head.bias.requires_grad = False\n")
        .doesNotContain("get_parameters", "self.body[0]");
  }

  @Test
  void oneOfSeveralInACellIsNamed() {
    assertThat(script("body.1.bias"))
        .contains("        self.body[1].bias.requires_grad = False\n")
        .doesNotContain("get_parameters");
  }

  @Test
  void aCellOfWhichNothingIsTrainedIsFrozenAsAWhole() {
    assertThat(script("head.weight", "head.bias"))
        .contains(
            """
                    for parameter in self.head.get_parameters():
                        parameter.requires_grad = False
            """);
  }

  @Test
  void cellsOfWhichNothingIsTrainedAreAsLargeAsCanBe() {
    assertThat(
            script("body.0.weight", "body.0.bias", "body.1.weight", "body.1.bias", "head.weight"))
        .contains("for parameter in self.body.get_parameters():")
        .contains("self.head.weight.requires_grad = False");
  }

  @Test
  void severalCellsAreFrozenInOneLoop() {
    assertThat(script("body.0.weight", "body.0.bias", "head.weight", "head.bias"))
        .contains(
            """
                    for frozen in (self.body[0], self.head):
                        for parameter in frozen.get_parameters():
                            parameter.requires_grad = False
            """);
  }

  @Test
  void aNetworkOfWhichNothingIsTrainedIsFrozenAltogether() {
    assertThat(
            script(
                "body.0.weight",
                "body.0.bias",
                "body.1.weight",
                "body.1.bias",
                "head.weight",
                "head.bias"))
        .contains("for parameter in self.get_parameters():");
  }
}
