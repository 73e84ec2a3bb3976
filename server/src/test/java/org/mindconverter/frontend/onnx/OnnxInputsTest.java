// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.diag.ErrorCode.BAD_PARAMETER;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph;
import org.mindconverter.testing.OnnxTensor;
import org.mindconverter.testing.ProtoBytes;

/** Inputs, their dimensions, and what a caller may say about them. */
class OnnxInputsTest {
  @RegisterExtension final ReadModels models = new ReadModels();

  private static OnnxBytes sum(Object... dims) {
    return OnnxBytes.model()
        .input("x", FLOAT32, dims)
        .node("Relu", "x -> mid")
        .node(OnnxGraph.Node.of("Neg", "mid -> y").named("last"))
        .type("mid", FLOAT32, dims)
        .output("y", FLOAT32, dims);
  }

  private Shape shape(Object... dims) throws Exception {
    return models.read(sum(dims)).inputs().get(0).type().shape().orElseThrow();
  }

  @Test
  void namesUnknownDimensionsAfterTheValue() throws Exception {
    assertThat(shape("", "unk__12", -1, "n"))
        .isEqualTo(
            new Shape(
                List.of(
                    Dim.symbol("x.d0"), Dim.symbol("x.d1"), Dim.symbol("x.d2"), Dim.symbol("n"))));
  }

  @Test
  void readsExpressionsOverSymbols() throws Exception {
    Dim s = Dim.symbol("s0");
    assertThat(shape("2*s0", "s0 + 1", "(s0 - 1)//2"))
        .isEqualTo(
            new Shape(
                List.of(
                    s.times(Dim.of(2)),
                    s.plus(Dim.of(1)),
                    s.minus(Dim.of(1)).floorDiv(Dim.of(2)))));
  }

  @Test
  void doesNotCountInitializersAmongInputs() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .irVersion(3)
                .input("x", FLOAT32, 2)
                .input("w", FLOAT32, 2)
                .initializer(OnnxTensor.floats("w", dims(2), 1, 2))
                .node("Mul", "x, w -> y")
                .output("y"));

    assertThat(graph.inputs()).extracting(Graph.Input::name).containsExactly("x");
    assertThat(graph.nodes().get(0).input(1)).isInstanceOf(Operand.Weight.class);
  }

  @Test
  void freezesASymbolEverywhere() throws Exception {
    Graph graph =
        models.read(
            sum("2*batch", "batch", 3),
            ReadModels.options(List.of(), List.of(), Map.of("x", List.of(8L, 4L, 3L))));

    assertThat(graph.inputs().get(0).type()).isEqualTo(TensorType.of(FLOAT32, Shape.of(8, 4, 3)));
    assertThat(graph.type("mid")).isEqualTo(TensorType.of(FLOAT32, Shape.of(8, 4, 3)));
  }

  @Test
  void givesAShapeToAnInputThatHasNone() throws Exception {
    OnnxBytes model = OnnxBytes.model().node("Relu", "x -> y").output("y");
    model.graph().toProto().message(11, new ProtoBytes().text(1, "x"));

    Graph graph =
        models.read(model, ReadModels.options(List.of(), List.of(), Map.of("x", List.of(2L, 3L))));

    assertThat(graph.inputs().get(0).type().shape()).isEqualTo(Optional.of(Shape.of(2, 3)));
  }

  @Test
  void refusesShapesThatDoNotFit() {
    assertRefused(Map.of("z", List.of(1L)), "z", "no such input; it has x");
    assertRefused(Map.of("x", List.of(1L, 3L)), "x", "2 dimensions, the model's 3");
    assertRefused(Map.of("x", List.of(1L, 1L, 4L)), "x", "dimension 2 is 3 in the model, not 4");
    assertRefused(Map.of("x", List.of(1L, 2L, 3L)), "x", "is 1 by another given shape, not 2");
  }

  private void assertRefused(Map<String, List<Long>> shapes, String origin, String message) {
    ConversionException failure =
        models.failure(sum("n", "n", 3), ReadModels.options(List.of(), List.of(), shapes));
    assertThat(failure.code()).isEqualTo(BAD_PARAMETER);
    assertThat(failure.origin()).isEqualTo(origin);
    assertThat(failure).hasMessageContaining(message);
  }

  @Test
  void cutsAtNamedOutputsAndDropsTheRest() throws Exception {
    Graph graph = models.read(sum(2), ReadModels.options(List.of(), List.of("mid"), Map.of()));

    assertThat(graph.outputs()).extracting(Graph.Output::name).containsExactly("mid");
    assertThat(graph.nodes()).extracting(node -> node.op().type()).containsExactly("Relu");
  }

  @Test
  void takesANodesNameForItsOutput() throws Exception {
    Graph graph = models.read(sum(2), ReadModels.options(List.of(), List.of("last"), Map.of()));

    assertThat(graph.outputs()).extracting(Graph.Output::name).containsExactly("y");
  }

  @Test
  void startsAtNamedValuesWithTheTypeThatTheModelTells() throws Exception {
    Graph graph = models.read(sum("n", 3), ReadModels.options(List.of("mid"), List.of(), Map.of()));

    assertThat(graph.inputs())
        .containsExactly(
            new Graph.Input(
                "mid", TensorType.of(FLOAT32, new Shape(List.of(Dim.symbol("n"), Dim.of(3))))));
    assertThat(graph.nodes()).extracting(node -> node.op().type()).containsExactly("Neg");
  }

  @Test
  void keepsTheModelsOrderOfInputs() throws Exception {
    OnnxBytes model =
        OnnxBytes.model()
            .input("a", FLOAT32, 1)
            .input("b", FLOAT32, 1)
            .node("Sub", "b, a -> y")
            .output("y");

    Graph graph = models.read(model, ReadModels.options(List.of("b", "a"), List.of(), Map.of()));

    assertThat(graph.inputs()).extracting(Graph.Input::name).containsExactly("a", "b");
  }

  @Test
  void refusesNamesThatTheModelLacksOrNeedsBesides() {
    OnnxBytes model =
        OnnxBytes.model()
            .input("a", FLOAT32, 1)
            .input("b", FLOAT32, 1)
            .node("Sub", "b, a -> y")
            .output("y");

    ConversionException unknown =
        models.failure(model, ReadModels.options(List.of("c"), List.of(), Map.of()));
    ConversionException missing =
        models.failure(model, ReadModels.options(List.of("a"), List.of(), Map.of()));
    ConversionException output =
        models.failure(model, ReadModels.options(List.of(), List.of("z"), Map.of()));

    assertThat(List.of(unknown, missing, output))
        .extracting(ConversionException::code)
        .containsOnly(BAD_PARAMETER);
    assertThat(unknown.origin()).isEqualTo("c");
    assertThat(missing.origin()).isEqualTo("b");
    assertThat(output.origin()).isEqualTo("z");
  }
}
