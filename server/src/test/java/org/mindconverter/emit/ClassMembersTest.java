// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.emit.Built.build;
import static org.mindconverter.emit.Built.classes;
import static org.mindconverter.emit.Built.names;
import static org.mindconverter.testing.GraphSketch.value;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.TensorType;
import org.mindconverter.testing.GraphSketch;

class ClassMembersTest {
  private static final String RELU = "torch.nn.modules.activation.ReLU";

  @Test
  void aParameterOfTheModuleItselfKeepsItsNameWhereAFunctionReadsIt() {
    GraphSketch sketch = new GraphSketch();
    sketch
        .input("x", 2, 3)
        .in("mix", "pkg.Mix")
        .node("Relu", "a", value("x"))
        .node(
            OpId.internal("Linear"),
            "y",
            TensorType.of(ElementType.FLOAT32, GraphSketch.shape(2, 3)),
            Map.of(),
            value("a"),
            sketch.weight("mix.weight", 3, 3))
        .output("y");
    assertThat(names(build(sketch))).containsExactly("mix.weight");
  }

  @Test
  void aParameterIsNoCellsWhereTheSourceHasAnotherNameForIt() {
    GraphSketch sketch = new GraphSketch();
    sketch
        .input("x", 2, 3)
        .in("block", "pkg.Block", "block.attend", "pkg.Attend")
        .node(
            OpId.internal("Linear"),
            "y",
            TensorType.of(ElementType.FLOAT32, GraphSketch.shape(2, 3)),
            Map.of(),
            value("x"),
            sketch.weight("block.attend.in_proj_weight", 3, 3))
        .output("y");
    assertThat(names(build(sketch))).containsExactly("block.attend.in_proj_weight");
  }

  private static GraphSketch convolution(String kernel) {
    GraphSketch sketch = new GraphSketch();
    return sketch
        .input("x", 1, 3, 8, 8)
        .in("blur", "pkg.Blur")
        .node("Relu", "a", value("x"))
        .node("Conv", "y", value("a"), sketch.weight(kernel, 4, 3, 3, 3))
        .output("y");
  }

  @Test
  void aKernelOfAnotherNameIsReadInTheOpen() {
    assertThat(names(build(convolution("blur.filt")))).containsExactly("blur.filt");
    assertThat(classes(convolution("blur.filt")))
        .startsWith("class Blur(nn.Cell):\n")
        .contains("ops.conv2d(x, self.filt, ");
  }

  @Test
  void aKernelThatIsCalledAsInALayerMakesTheClassAKindOfThat() {
    assertThat(names(build(convolution("blur.weight")))).containsExactly("blur.weight");
    assertThat(classes(convolution("blur.weight")))
        .startsWith("class Blur(nn.Conv2d):\n")
        .contains("return super().construct(x)");
  }

  @Test
  void parametersOfAModuleThatOthersReadTooStayUnderItsPath() {
    GraphSketch sketch = new GraphSketch();
    sketch
        .input("x", 2, 3)
        .in("block", "pkg.Block", "block.attend", "pkg.Attend")
        .node("Whirl", "a", value("x"), sketch.weight("block.attend.first", 3))
        .node("Relu", "b", value("a"))
        .in("block", "pkg.Block")
        .node("Whirl", "y", value("b"), sketch.weight("block.attend.out.second", 3))
        .output("y");
    Network network = build(sketch);
    assertThat(names(network)).containsExactly("block.attend.first", "block.attend.out.second");
    assertThat(network.script().text())
        .contains("out=Group(second=Parameter(ops.zeros((3,), ms.float32)))");
  }

  @Test
  void aModuleWithTheParametersOfACellIsAKindOfThatCell() {
    GraphSketch sketch = new GraphSketch();
    sketch
        .input("x", 2, 3, 4, 4)
        .in("norm", "pkg.NormAct")
        .node(
            "BatchNormalization",
            "a",
            value("x"),
            sketch.weight("norm.weight", 3),
            sketch.weight("norm.bias", 3),
            sketch.weight("norm.running_mean", 3),
            sketch.weight("norm.running_var", 3))
        .in("norm", "pkg.NormAct", "norm.act", RELU)
        .node("Relu", "y", value("a"))
        .output("y");
    assertThat(classes(sketch))
        .startsWith("class NormAct(nn.BatchNorm2d):\n")
        .contains("        super().__init__(3)\n", "x = super().construct(x)\n");
    assertThat(names(build(sketch)))
        .containsExactlyInAnyOrder(
            "norm.gamma", "norm.beta", "norm.moving_mean", "norm.moving_variance");
  }
}
