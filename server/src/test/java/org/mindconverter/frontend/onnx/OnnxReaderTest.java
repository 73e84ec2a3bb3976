// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph;
import org.mindconverter.testing.OnnxTensor;
import org.mindconverter.testing.ProtoBytes;

class OnnxReaderTest {
  @RegisterExtension final ReadModels models = new ReadModels();

  @Test
  void readsNodesInputsOutputsAndTypes() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .producer("pytorch")
                .input("x", FLOAT32, "batch", 3)
                .initializer(OnnxTensor.floats("w", dims(3), 1, 2, 3))
                .node("Add", "x, w -> sum")
                .node("Softmax", "sum -> y", OnnxAttr.of("axis", -1))
                .type("sum", FLOAT32, "batch", 3)
                .output("y", FLOAT32, "batch", 3));

    TensorType type = TensorType.of(FLOAT32, new Shape(List.of(Dim.symbol("batch"), Dim.of(3))));
    assertThat(graph.inputs()).containsExactly(new Graph.Input("x", type));
    assertThat(graph.outputs()).containsExactly(new Graph.Output("y", new Operand.Use("y")));
    assertThat(graph.type("sum")).isEqualTo(type);
    assertThat(graph.nodes()).extracting(Node::name).containsExactly("Add_0", "Softmax_1");
    Node softmax = graph.nodes().get(1);
    assertThat(softmax.op()).isEqualTo(OpId.onnx("Softmax"));
    assertThat(softmax.opset()).isEqualTo(17);
    assertThat(softmax.attributes().integer("axis")).hasValue(-1);
    assertThat(softmax.outputs()).containsExactly(Optional.of("y"));
    assertThat(graph.facts())
        .containsEntry("producer", "pytorch")
        .containsEntry("ir_version", "8")
        .containsEntry("opset", "17");
  }

  @Test
  void readsEveryKindOfAttribute() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .opset("custom", 3)
                .input("x", FLOAT32, 1)
                .node(
                    OnnxGraph.Node.of("Anything", "x -> y")
                        .in("custom")
                        .with(
                            OnnxAttr.of("int", -7),
                            OnnxAttr.of("float", 0.5f),
                            OnnxAttr.of("text", "linear"),
                            OnnxAttr.ints("ints", 1, -2, 3),
                            OnnxAttr.ints("no_ints"),
                            OnnxAttr.floats("floats", 1.5f, 2.5f),
                            OnnxAttr.texts("texts", "a", "b"),
                            OnnxAttr.of("tensor", OnnxTensor.floats("t", dims(1), 4)),
                            OnnxAttr.raw(
                                new ProtoBytes()
                                    .text(1, "type")
                                    .varint(20, 13)
                                    .message(14, new ProtoBytes()))))
                .output("y"));

    Node node = graph.nodes().get(0);
    assertThat(node.op()).isEqualTo(new OpId("custom", "Anything"));
    assertThat(node.opset()).isEqualTo(3);
    assertThat(node.attributes().integer("int")).hasValue(-7);
    assertThat(node.attributes().real("float")).hasValue(0.5);
    assertThat(node.attributes().text("text")).contains("linear");
    assertThat(node.attributes().integers("ints")).contains(List.of(1L, -2L, 3L));
    assertThat(node.attributes().integers("no_ints")).contains(List.of());
    assertThat(node.attributes().reals("floats")).contains(List.of(1.5f, 2.5f));
    assertThat(node.attributes().texts("texts")).contains(List.of("a", "b"));
    assertThat(node.attributes().tensor("tensor").orElseThrow().dims()).containsExactly(1L);
    assertThat(node.attributes().byName().get("type")).isEqualTo(new Attribute.Other("type"));
  }

  @Test
  void tellsOmittedInputsAndOutputsApart() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 1)
                .node("Clip", "x, , x -> clipped")
                .node("Dropout", "clipped -> y, ")
                .output("y"));

    assertThat(graph.nodes().get(0).inputs())
        .containsExactly(new Operand.Use("x"), new Operand.Absent(), new Operand.Use("x"));
    assertThat(graph.nodes().get(1).outputs()).containsExactly(Optional.of("y"), Optional.empty());
  }

  @Test
  void movesConstantsToWhereTheyAreRead() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2, 3)
                .node("Constant", "-> shape", OnnxAttr.ints("value_ints", 3, 2))
                .node("Constant", "-> one", OnnxAttr.of("value_float", 1f))
                .node("Constant", "-> two", OnnxAttr.of("value_int", 2))
                .node("Constant", "-> three", OnnxAttr.floats("value_floats", 3f))
                .node(
                    "Constant",
                    "-> four",
                    OnnxAttr.of("value", OnnxTensor.floats("", dims(1, 1), 4)))
                .node("Use", "shape, one, two, three, four -> y")
                .output("y"));

    assertThat(graph.nodes()).hasSize(1);
    List<Operand> inputs = graph.nodes().get(0).inputs();
    assertThat(inputs).allMatch(Operand.Constant.class::isInstance);
    assertThat(inputs.stream().map(graph::type))
        .containsExactly(
            TensorType.of(INT64, Shape.of(2)),
            TensorType.of(FLOAT32, Shape.SCALAR),
            TensorType.of(INT64, Shape.SCALAR),
            TensorType.of(FLOAT32, Shape.of(1)),
            TensorType.of(FLOAT32, Shape.of(1, 1)));
    assertThat(((Operand.Constant) inputs.get(4)).tensor().name()).isEqualTo("four");
  }

  @Test
  void keepsTextConstantsAsNodesForPlaceholders() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .initializer(OnnxTensor.empty("words", ElementType.STRING, 2).strings("a", "b"))
                .node("Constant", "-> word", OnnxAttr.of("value_string", "c"))
                .node("StringConcat", "words, word -> y")
                .output("y"));

    assertThat(graph.nodes())
        .extracting(node -> node.op().type())
        .containsExactly("Constant", "Constant", "StringConcat");
    assertThat(graph.nodes().get(0).name()).isEqualTo("words");
  }

  @Test
  void keepsSparseInitializersAsNodesForPlaceholders() throws Exception {
    OnnxBytes model =
        OnnxBytes.model().input("x", FLOAT32, 3).node("Add", "x, sparse -> y").output("y");
    model
        .graph()
        .toProto()
        .message(
            15, new ProtoBytes().message(1, OnnxTensor.floats("sparse", dims(1), 1f).fields()));

    Graph graph = models.read(model);

    assertThat(graph.nodes().get(0).name()).isEqualTo("sparse");
    assertThat(graph.nodes().get(0).attributes().names()).containsExactly("sparse_value");
  }

  @Test
  void looksThroughIdentitiesOfConstantsOnly() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2)
                .initializer(OnnxTensor.floats("w", dims(2), 1, 2))
                .node("Identity", "w -> same")
                .node("Identity", "x -> kept")
                .node("Add", "kept, same -> y")
                .output("y"));

    assertThat(graph.nodes()).extracting(n -> n.op().type()).containsExactly("Identity", "Add");
    assertThat(graph.nodes().get(1).input(1)).isInstanceOf(Operand.Weight.class);
  }

  @Test
  void makesNodeNamesUnique() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2)
                .node(OnnxGraph.Node.of("Relu", "x -> a").named("relu"))
                .node(OnnxGraph.Node.of("Relu", "a -> b").named("relu"))
                .node("Relu", "b -> y")
                .output("y"));

    assertThat(graph.nodes()).extracting(Node::name).containsExactly("relu", "relu_2", "Relu_2");
  }

  @Test
  void ordersNodesThatStandTheWrongWayRound() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2)
                .node("Neg", "b -> y")
                .node("Relu", "x -> a")
                .node("Abs", "a -> b")
                .node("Exp", "x -> other")
                .output("y")
                .output("other"));

    assertThat(graph.nodes())
        .extracting(node -> node.op().type())
        .containsExactly("Relu", "Abs", "Neg", "Exp");
  }

  @Test
  void letsInnerGraphsUseWhatStandsAroundThem() throws Exception {
    OnnxGraph then =
        OnnxGraph.named("then").node("Add", "x, w -> sum").node("Mul", "sum, two -> t").output("t");
    OnnxGraph otherwise = OnnxGraph.named("else").node("Identity", "x -> e").output("e");
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2)
                .input("c", ElementType.BOOL)
                .initializer(OnnxTensor.floats("w", dims(2), 1, 2))
                .node(
                    "If",
                    "c -> y",
                    OnnxAttr.of("then_branch", then),
                    OnnxAttr.of("else_branch", otherwise))
                .node("Constant", "-> two", OnnxAttr.of("value_float", 2f))
                .output("y"));

    Graph inner = graph.nodes().get(0).attributes().graph("then_branch").orElseThrow();
    assertThat(inner.nodes().get(0).input(0)).isEqualTo(new Operand.Use("x"));
    assertThat(inner.nodes().get(0).input(1)).isInstanceOf(Operand.Weight.class);
    assertThat(inner.nodes().get(1).input(1)).isInstanceOf(Operand.Constant.class);
  }

  @Test
  void readsScopesFromMetadata() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2)
                .node(
                    OnnxGraph.Node.of("Relu", "x -> y")
                        .metadata("namespace", "ignored")
                        .metadata("pkg.torch.onnx.name_scopes", "['', 'act', 'relu']")
                        .metadata("pkg.torch.onnx.class_hierarchy", "['N', 'R', 'aten.relu']")
                        .metadata("pkg.torch.onnx.fx_node", "%relu : call")
                        .metadata(
                            "pkg.torch.onnx.stack_trace",
                            "File \"/n.py\", line 3, in forward\n    y = self.act(x)\n"
                                + "File \"/a.py\", line 9, in forward\n    return relu(x)"))
                .output("y"));

    assertThat(graph.nodes().get(0).scope())
        .isEqualTo(
            new Scope(
                List.of(new Scope.Module("", "N"), new Scope.Module("act", "R")),
                Optional.of(
                    new Scope.Call("relu", "aten.relu", "%relu : call", List.of("y", "")))));
  }

  @Test
  void readsScopesFromNodeNamesWhereNoMetadataIs() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2)
                .initializer(OnnxTensor.floats("layer1.0.weight", dims(2), 1, 2))
                .node(
                    OnnxGraph.Node.of("Mul", "x, layer1.0.weight -> y")
                        .named("/layer1/layer1.0/Mul"))
                .output("y"));

    assertThat(graph.nodes().get(0).scope().path()).isEqualTo("layer1.0");
  }
}
