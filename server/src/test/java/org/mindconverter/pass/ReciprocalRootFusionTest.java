// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.GraphSketch.scalar;
import static org.mindconverter.testing.GraphSketch.value;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.testing.GraphSketch;

class ReciprocalRootFusionTest {
  private final GraphSketch sketch =
      new GraphSketch().input("x", 2, 3).node("Sqrt", "root", value("x"));

  private List<String> operators(String... outputs) {
    for (String output : outputs) {
      sketch.output(output);
    }
    return new ReciprocalRootFusion()
        .apply(sketch.graph()).nodes().stream().map(n -> n.op().type()).toList();
  }

  @Test
  void takesTheReciprocalOfARoot() {
    sketch.node("Reciprocal", "y", value("root"));
    assertThat(operators("y")).containsExactly("Sqrt", "Rsqrt");
  }

  @Test
  void takesOneDividedByARoot() {
    sketch.node("Div", "y", scalar(1), value("root"));
    assertThat(operators("y")).containsExactly("Sqrt", "Rsqrt");
  }

  @Test
  void leavesOtherNumbersDividedByARoot() {
    sketch.node("Div", "y", scalar(2), value("root"));
    assertThat(operators("y")).containsExactly("Sqrt", "Div");
  }

  @Test
  void leavesARootDividedByOne() {
    sketch.node("Div", "y", value("root"), scalar(1));
    assertThat(operators("y")).containsExactly("Sqrt", "Div");
  }

  @Test
  void leavesARootThatSomebodyElseReads() {
    sketch.node("Reciprocal", "y", value("root"));
    assertThat(operators("y", "root")).containsExactly("Sqrt", "Reciprocal");
  }
}
