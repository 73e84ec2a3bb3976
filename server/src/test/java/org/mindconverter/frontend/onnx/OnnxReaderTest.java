// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.convert.ConversionOptions;
import org.mindconverter.convert.ModelFormat;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.frontend.SliceStore;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxTensor;

class OnnxReaderTest {
  @TempDir Path folder;
  private SliceStore store;

  @BeforeEach
  void openStore() {
    store = SliceStore.open();
  }

  @AfterEach
  void closeStore() throws IOException {
    store.close();
  }

  private Graph read(OnnxBytes model) throws Exception {
    return new OnnxReader(store, ReaderLimits.standard())
        .read(model.files(folder), ConversionOptions.of(ModelFormat.ONNX, "model"));
  }

  @Test
  void readsNodesInputsOutputsAndTypes() throws Exception {
    Graph graph =
        read(
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
  void leavesInitializersInTheFileUntilTheyAreRead() throws Exception {
    Graph graph =
        read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2)
                .initializer(OnnxTensor.floats("w", dims(2), 1.5f, -2))
                .node("Mul", "x, w -> y")
                .output("y"));

    Operand operand = graph.nodes().get(0).input(1);
    assertThat(operand).isInstanceOf(Operand.Weight.class);
    byte[] bytes = ((Operand.Weight) operand).expression().bases().get(0).data().bytes();
    ByteBuffer values = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    assertThat(values.getFloat()).isEqualTo(1.5f);
    assertThat(values.getFloat()).isEqualTo(-2f);
  }

  @Test
  void movesConstantsToWhereTheyAreRead() throws Exception {
    Graph graph =
        read(
            OnnxBytes.model()
                .input("x", FLOAT32, 2, 3)
                .node("Constant", "-> shape", OnnxAttr.ints("value_ints", 3, 2))
                .node("Reshape", "x, shape -> y")
                .output("y"));

    assertThat(graph.nodes()).hasSize(1);
    Operand shape = graph.nodes().get(0).input(1);
    assertThat(shape).isInstanceOf(Operand.Constant.class);
    assertThat(graph.type(shape)).isEqualTo(TensorType.of(INT64, Shape.of(2)));
  }
}
