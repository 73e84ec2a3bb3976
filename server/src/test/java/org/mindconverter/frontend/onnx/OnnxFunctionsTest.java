// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.diag.ErrorCode.LIMIT_EXCEEDED;
import static org.mindconverter.diag.ErrorCode.MALFORMED_GRAPH;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.List;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxFunction;
import org.mindconverter.testing.OnnxGraph;

/** Functions of the model are inlined. */
class OnnxFunctionsTest {
  @RegisterExtension final ReadModels models = new ReadModels();

  private static OnnxGraph.Node call(String function, String wiring) {
    return OnnxGraph.Node.of(function, wiring).in("my");
  }

  private static OnnxBytes calling(OnnxGraph.Node... calls) {
    OnnxBytes model = OnnxBytes.model().opset("my", 1).input("x", FLOAT32, 1).output("y");
    for (OnnxGraph.Node call : calls) {
      model.node(call);
    }
    return model;
  }

  @Test
  void putsTheBodyInPlaceOfEveryCall() throws Exception {
    Graph graph =
        models.read(
            calling(call("Twice", "x -> a").named("one"), call("Twice", "a -> y").named("two"))
                .function(
                    OnnxFunction.of("my", "Twice", "in -> out", 13)
                        .node("Neg", "in -> mid")
                        .node("Abs", "mid -> out")));

    assertThat(graph.nodes())
        .extracting(Node::name)
        .containsExactly("one/Neg", "one/Abs", "two/Neg", "two/Abs");
    assertThat(graph.nodes()).extracting(Node::opset).containsOnly(13);
    assertThat(graph.nodes())
        .extracting(node -> node.input(0), node -> node.output(0).orElseThrow())
        .containsExactly(
            Tuple.tuple(new Operand.Use("x"), "one/mid"),
            Tuple.tuple(new Operand.Use("one/mid"), "a"),
            Tuple.tuple(new Operand.Use("a"), "two/mid"),
            Tuple.tuple(new Operand.Use("two/mid"), "y"));
  }

  @Test
  void inlinesFunctionsInsideOfFunctionsAndGraphs() throws Exception {
    OnnxGraph branch = OnnxGraph.named("b").node(call("Outer", "x -> t")).output("t");
    Graph graph =
        models.read(
            calling(OnnxGraph.Node.of("If", "x -> y").with(OnnxAttr.of("then_branch", branch)))
                .function(OnnxFunction.of("my", "Inner", "i -> o").node("Exp", "i -> o"))
                .function(
                    OnnxFunction.of("my", "Outer", "i -> o")
                        .node(call("Inner", "i -> m"))
                        .node(call("Inner", "m -> o"))));

    Graph inner = graph.nodes().get(0).attributes().graph("then_branch").orElseThrow();
    assertThat(inner.nodes()).extracting(node -> node.op().type()).containsExactly("Exp", "Exp");
  }

  @Test
  void handsAttributesOn() throws Exception {
    Graph graph =
        models.read(
            calling(call("Leaky", "x -> y").with(OnnxAttr.of("slope", 0.3f)))
                .function(
                    OnnxFunction.of("my", "Leaky", "i -> o")
                        .required("slope")
                        .optional(OnnxAttr.of("axis", 2))
                        .node("LeakyRelu", "i -> m", OnnxAttr.ref("alpha", 1, "slope"))
                        .node(
                            "Softmax",
                            "m -> o",
                            OnnxAttr.ref("axis", 2, "axis"),
                            OnnxAttr.ref("missing", 2, "never"))));

    assertThat(graph.nodes().get(0).attributes().real("alpha")).hasValue(0.3f);
    assertThat(graph.nodes().get(1).attributes().integer("axis")).hasValue(2);
    assertThat(graph.nodes().get(1).attributes().names()).containsExactly("axis");
  }

  @Test
  void handsOmittedInputsAndUnusedOutputsOn() throws Exception {
    Graph graph =
        models.read(
            calling(call("Two", "x -> , y"))
                .function(
                    OnnxFunction.of("my", "Two", "a, b -> p, q")
                        .node("Clip", "a, b -> p")
                        .node("Neg", "p -> q")));

    assertThat(graph.nodes().get(0).inputs())
        .containsExactly(new Operand.Use("x"), new Operand.Absent());
    assertThat(graph.nodes().get(1).output(0)).contains("y");
  }

  @Test
  void handsInputsThrough() throws Exception {
    Graph graph =
        models.read(
            calling(call("Same", "x -> y")).function(OnnxFunction.of("my", "Same", "a -> a")));

    assertThat(graph.nodes()).extracting(node -> node.op().type()).containsExactly("Identity");
  }

  @Test
  void givesNodesTheScopeOfTheirCall() throws Exception {
    Graph graph =
        models.read(
            calling(
                    call("Act", "x -> y")
                        .metadata("pkg.torch.onnx.name_scopes", "['', 'act', 'call']")
                        .metadata("pkg.torch.onnx.class_hierarchy", "['M', 'A', 'aten.call']"))
                .function(OnnxFunction.of("my", "Act", "i -> o").node("Relu", "i -> o")));

    assertThat(graph.nodes().get(0).scope().path()).isEqualTo("act");
  }

  @Test
  void givesGraphsInsideOfFunctionsNamesOfTheirOwn() throws Exception {
    OnnxGraph branch = OnnxGraph.named("b").node("Neg", "i -> t").output("t");
    Graph graph =
        models.read(
            calling(call("Maybe", "x -> t").named("one"), call("Maybe", "t -> y").named("two"))
                .function(
                    OnnxFunction.of("my", "Maybe", "i -> o")
                        .node("If", "i -> o", OnnxAttr.of("then_branch", branch))));

    Graph inner = graph.nodes().get(1).attributes().graph("then_branch").orElseThrow();
    assertThat(inner.nodes().get(0).input(0)).isEqualTo(new Operand.Use("t"));
    assertThat(inner.outputs().get(0).name()).isEqualTo("two/t");
  }

  @Test
  void refusesFunctionsThatCallThemselves() {
    ConversionException failure =
        models.failure(
            calling(call("A", "x -> y"))
                .function(OnnxFunction.of("my", "A", "i -> o").node(call("B", "i -> o")))
                .function(
                    OnnxFunction.of("my", "B", "i -> o").node(call("A", "i -> o").named("back"))));

    assertThat(failure.code()).isEqualTo(MALFORMED_GRAPH);
    assertThat(failure.origin()).endsWith("back");
    assertThat(failure).hasMessageContaining("my::A, which calls itself");
  }

  @Test
  void stopsAnExponentialExpansion() {
    OnnxBytes model = calling(call("F0", "x -> y"));
    for (int i = 0; i < 50; i++) {
      String next = "F" + (i + 1);
      model.function(
          OnnxFunction.of("my", "F" + i, "i -> o")
              .node(call(next, "i -> m"))
              .node(call(next, "m -> o")));
    }
    models.limit(new ReaderLimits(100_000, 100, 64, 4096, 64 << 20, 4));

    ConversionException failure = models.failure(model);

    assertThat(failure.code()).isEqualTo(LIMIT_EXCEEDED);
  }

  @Test
  void stopsALongChain() {
    OnnxBytes model = calling(call("F0", "x -> y"));
    for (int i = 0; i < 3000; i++) {
      model.function(OnnxFunction.of("my", "F" + i, "i -> o").node(call("F" + (i + 1), "i -> o")));
    }

    assertThat(models.failure(model).code()).isEqualTo(LIMIT_EXCEEDED);
  }

  @Test
  void refusesCallsThatDoNotFit() {
    OnnxFunction function =
        OnnxFunction.of("my", "F", "i -> o").required("a").node("Relu", "i -> o");
    for (OnnxGraph.Node call :
        List.of(
            call("F", "x, x -> y").with(OnnxAttr.of("a", 1)),
            call("F", "x -> y, z").with(OnnxAttr.of("a", 1)),
            call("F", "x -> y"))) {
      assertThat(models.failure(calling(call.named("c")).function(function)))
          .extracting(ConversionException::code, ConversionException::origin)
          .containsExactly(MALFORMED_GRAPH, "c");
    }
    assertThat(models.failure(calling().function(function).function(function)).code())
        .isEqualTo(MALFORMED_GRAPH);
  }
}
