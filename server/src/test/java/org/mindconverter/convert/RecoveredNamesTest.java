// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.emit.checkpoint.ScratchSpace;
import org.mindconverter.emit.checkpoint.WeightDigest;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFormat;
import org.mindconverter.request.SourceWeight;
import org.mindconverter.testing.GraphSketch;

class RecoveredNamesTest {
  @TempDir Path folder;

  private final List<SourceWeight> known = new ArrayList<>();
  private final GraphSketch sketch = new GraphSketch().input("x", 2, 3);

  @Test
  void aWeightIsKnownAgainByItsBytes() throws Exception {
    source("fc.weight", matrix(2, 3, 0));
    read("", "onnx::Gemm_1", matrix(2, 3, 0));
    RecoveredNames names = recovered();
    assertThat(names(names)).containsExactly("fc.weight");
    assertThat(names.turned()).isEmpty();
    assertThat(names.changed()).isEmpty();
  }

  @Test
  void aMatrixIsKnownAgainWhereItWasTurned() throws Exception {
    source("fc.weight", matrix(2, 3, 0));
    Tensor turned =
        new Tensor(
            "onnx::MatMul_1", ElementType.FLOAT32, List.of(3L, 2L), floats(0, 3, 1, 4, 2, 5));
    read("", "onnx::MatMul_1", turned);
    RecoveredNames names = recovered();
    assertThat(names(names)).containsExactly("fc.weight");
    assertThat(names.turned()).containsExactly("fc.weight");
  }

  @Test
  void otherValuesOfTheSameShapeAreNotTaken() throws Exception {
    source("fc.weight", matrix(2, 3, 0));
    read("", "onnx::Gemm_1", matrix(2, 3, 1));
    assertThat(names(recovered())).containsExactly("onnx::Gemm_1");
  }

  @Test
  void aNameUnderWhichTheModelHasOtherValuesIsTold() throws Exception {
    source("fc.weight", matrix(2, 3, 0));
    read("", "fc.weight", matrix(2, 3, 1));
    assertThat(recovered().changed()).containsExactly("fc.weight");
  }

  @Test
  void ofEqualWeightsEachModuleGetsItsOwn() throws Exception {
    source("a.bias", matrix(1, 3, 0));
    source("b.bias", matrix(1, 3, 0));
    source("c.bias", matrix(1, 3, 0));
    read("c", "onnx::Add_1", matrix(1, 3, 0));
    read("elsewhere", "onnx::Add_2", matrix(1, 3, 0));
    read("a", "onnx::Add_3", matrix(1, 3, 0));
    assertThat(names(recovered())).containsExactly("c.bias", "b.bias", "a.bias");
  }

  @Test
  void aNameThatTheModelHasIsNotGivenASecondTime() throws Exception {
    source("a.bias", matrix(1, 3, 0));
    read("a", "onnx::Add_1", matrix(1, 3, 0));
    read("a", "a.bias", matrix(1, 3, 0));
    assertThat(names(recovered())).containsExactly("onnx::Add_1", "a.bias");
  }

  private void source(String name, Tensor tensor) throws Exception {
    String digest = digests().sha256(WeightExpression.of(tensor));
    known.add(
        new SourceWeight(name, tensor.dims(), "float32", digest, SourceWeight.Role.UNKNOWN, ""));
  }

  private void read(String module, String name, Tensor tensor) {
    Operand weight = new Operand.Weight(WeightExpression.of(tensor.named(name)));
    if (!module.isEmpty()) {
      sketch.in(module, "pkg.Module");
    }
    sketch.node("Whirl", "y" + name, GraphSketch.value("x"), weight);
  }

  private WeightDigest digests() {
    return new WeightDigest(ScratchSpace.unlimited(folder));
  }

  private RecoveredNames recovered() throws Exception {
    ConversionOptions plain = ConversionOptions.of(ModelFormat.ONNX, "m");
    ConversionOptions options =
        new ConversionOptions(
            plain.format(),
            plain.name(),
            plain.inputNames(),
            plain.outputNames(),
            plain.inputShapes(),
            plain.unsupported(),
            plain.sourceClass(),
            plain.producer(),
            known);
    return RecoveredNames.of(sketch.graph(), options, digests());
  }

  private List<String> names(RecoveredNames names) {
    Graph graph = names.applied(sketch.graph());
    List<String> found = new ArrayList<>();
    for (Node node : graph.nodes()) {
      Operand.Weight weight = (Operand.Weight) node.input(1);
      found.add(weight.expression().bases().get(0).name());
    }
    return found;
  }

  private static Tensor matrix(int rows, int columns, float first) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i;
    }
    return new Tensor(
        "m", ElementType.FLOAT32, List.of((long) rows, (long) columns), floats(values));
  }

  private static TensorData floats(float... values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      bytes.putFloat(value);
    }
    return TensorData.of(bytes.array());
  }
}
