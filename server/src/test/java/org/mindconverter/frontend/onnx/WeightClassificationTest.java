// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.SourceFacts;
import org.mindconverter.ir.SourceFacts.Role;
import org.mindconverter.ir.SourceFacts.SourceTensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ConversionOptions.UnsupportedOperators;
import org.mindconverter.request.ModelFormat;
import org.mindconverter.request.SourceWeight;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph;
import org.mindconverter.testing.OnnxTensor;

/** Which tensors are weights, and what the file says about its source's tensors. */
class WeightClassificationTest {
  private static final String KIND = "pkg.torch.export.graph_signature.InputSpec.kind";
  private static final String PERSISTENT = "pkg.torch.export.graph_signature.InputSpec.persistent";

  @RegisterExtension final ReadModels models = new ReadModels();

  private static boolean isWeight(Graph graph) {
    return graph.nodes().get(0).input(0) instanceof Operand.Weight;
  }

  private boolean isWeight(OnnxTensor tensor, String kind, String persistent) throws Exception {
    OnnxBytes model = OnnxBytes.model().initializer(tensor).node("Use", "t -> y").output("y");
    model
        .graph()
        .described("t", FLOAT32, new Object[] {1}, Map.of(KIND, kind, PERSISTENT, persistent));
    return isWeight(models.read(model));
  }

  private boolean isWeight(OnnxTensor tensor) throws Exception {
    return isWeight(
        models.read(OnnxBytes.model().initializer(tensor).node("Use", "t -> y").output("y")));
  }

  private static OnnxTensor longs(int count) {
    return OnnxTensor.longs("t", dims(count), IntStream.range(0, count).asLongStream().toArray());
  }

  @Test
  void believesTheExporter() throws Exception {
    OnnxTensor scalar = OnnxTensor.floats("t", dims(), 1);
    OnnxTensor vector = OnnxTensor.floats("t", dims(2), 1, 2);
    assertThat(isWeight(scalar, "PARAMETER", "None")).isTrue();
    assertThat(isWeight(scalar, "BUFFER", "True")).isTrue();
    assertThat(isWeight(vector, "BUFFER", "False")).isFalse();
    assertThat(isWeight(vector, "CONSTANT_TENSOR", "None")).isFalse();
    assertThat(isWeight(longs(2), "BUFFER", "True")).isFalse();
    assertThat(isWeight(longs(1000), "BUFFER", "True")).isTrue();
    assertThat(isWeight(longs(1000), "BUFFER", "False")).isFalse();
  }

  @Test
  void goesByTypeAndRankWhereNobodyKnows() throws Exception {
    assertThat(isWeight(OnnxTensor.floats("t", dims(2), 1, 2))).isTrue();
    assertThat(isWeight(OnnxTensor.floats("t", dims(1), 1))).isFalse();
    assertThat(isWeight(OnnxTensor.floats("t", dims(), 1))).isFalse();
    assertThat(isWeight(longs(1000))).isFalse();
    assertThat(isWeight(OnnxTensor.empty("t", ElementType.COMPLEX64, 2).raw(new byte[16])))
        .isFalse();
  }

  @Test
  void takesNamesThatTorchDidNotMakeUpForThoseOfAStateDict() throws Exception {
    assertThat(isTorchWeight("prelu.weight", 1)).isTrue();
    assertThat(isTorchWeight("logit_scale", 1)).isTrue();
    assertThat(isTorchWeight("onnx::PRelu_12", 1)).isFalse();
    assertThat(isTorchWeight("/act/Constant_output_0", 1)).isFalse();
    assertThat(isTorchWeight("onnx::MatMul_12", 2)).isTrue();
  }

  private boolean isTorchWeight(String name, int elements) throws Exception {
    return isWeight(
        models.read(
            OnnxBytes.model()
                .producer("pytorch")
                .initializer(OnnxTensor.floats(name, dims(elements), new float[elements]))
                .node("Use", name + " -> y")
                .output("y")));
  }

  @Test
  void takesWhatSaysHowToComputeForAConstant() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .input("x", FLOAT32, 1, 1, 2, 2)
                .initializer(OnnxTensor.floats("scales", dims(4), 1, 1, 2, 2))
                .node("Identity", "scales -> same")
                .node("Resize", "x, , same -> y")
                .output("y"));

    assertThat(graph.nodes().get(0).input(2)).isInstanceOf(Operand.Constant.class);
  }

  @Test
  void believesTheCallerAboutNames() throws Exception {
    ConversionOptions options =
        new ConversionOptions(
            ModelFormat.ONNX,
            "model",
            List.of(),
            List.of(),
            Map.of(),
            UnsupportedOperators.PLACEHOLDER,
            "",
            "",
            List.of(
                new SourceWeight(
                    "t", List.of(1L), "float32", "", SourceWeight.Role.PARAMETER, "")));

    Graph graph =
        models.read(
            OnnxBytes.model()
                .initializer(OnnxTensor.floats("t", dims(1), 1))
                .node("Use", "t -> y")
                .output("y"),
            options);

    assertThat(isWeight(graph)).isTrue();
  }

  @Test
  void separatesEqualParametersThatTheOlderExporterMerged() throws Exception {
    Graph graph =
        models.read(
            OnnxBytes.model()
                .producer("pytorch")
                .input("x", FLOAT32, 2)
                .initializer(OnnxTensor.floats("bn1.bias", dims(2), 0, 0))
                .node(OnnxGraph.Node.of("Identity", "bn1.bias -> bn2.bias"))
                .node("Add", "x, bn2.bias -> y")
                .output("y"));

    Operand operand = graph.nodes().get(0).input(1);
    WeightExpression expression = ((Operand.Weight) operand).expression();
    assertThat(expression.bases().get(0).name()).isEqualTo("bn2.bias");
  }

  @Test
  void tellsWhatTheFileSaysOfItsSourcesTensors() throws Exception {
    OnnxBytes model =
        OnnxBytes.model()
            .initializer(OnnxTensor.floats("head.weight", dims(2), 1, 2))
            .initializer(OnnxTensor.floats("inv_freq", dims(2), 1, 2))
            .node(
                OnnxGraph.Node.of("Gather", "head.weight, inv_freq -> y")
                    .metadata("pkg.torch.onnx.name_scopes", "['', 'emb', 'embedding']")
                    .metadata("pkg.torch.onnx.class_hierarchy", "['M', 'E', 'aten.embedding']"))
            .output("y");
    model
        .graph()
        .metadata(
            "pkg.torch.export.ExportedProgram.graph_signature",
            """

            # inputs
            p_emb_weight: PARAMETER target='emb.weight'
            p_head_weight: PARAMETER target='head.weight'
            b_bn_num: BUFFER target='bn.num_batches_tracked' persistent=True
            b_inv: BUFFER target='inv_freq' persistent=False
            x: USER_INPUT

            # outputs
            y: USER_OUTPUT
            """);

    Graph graph = models.read(model);

    assertThat(SourceFacts.of(graph).tensors())
        .containsExactly(
            new SourceTensor("emb.weight", Role.PARAMETER, Optional.of("head.weight")),
            new SourceTensor("head.weight", Role.PARAMETER, Optional.of("head.weight")),
            new SourceTensor("bn.num_batches_tracked", Role.BUFFER, Optional.empty()),
            new SourceTensor("inv_freq", Role.NON_PERSISTENT_BUFFER, Optional.of("inv_freq")));
    assertThat(SourceFacts.of(graph).tensor("emb.weight").orElseThrow().isTied()).isTrue();
    assertThat(graph.nodes().get(0).input(1)).isInstanceOf(Operand.Constant.class);
    assertThat(graph.nodes().get(0).input(0)).isInstanceOf(Operand.Weight.class);
  }
}
