// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph.Node;
import org.mindconverter.testing.OnnxTensor;

/**
 * Makes the model that {@code --once} converts, and compares it with the committed file. {@code
 * -DupdateGoldens} rewrites it.
 */
final class RehearsalModelTest {
  private static final Path FILE = Path.of("src/main/resources/org/mindconverter/rehearsal.onnx");

  @Test
  void isTheModelThatIsCommitted() throws IOException {
    byte[] model = model();
    if (System.getProperty("updateGoldens") != null) {
      Files.write(FILE, model);
    }
    assertThat(model).isEqualTo(Files.readAllBytes(FILE));
  }

  /** A little of what most models have: convolution, normalization, reshaping, a linear layer. */
  private static byte[] model() {
    OnnxBytes model = OnnxBytes.model().opset(18).producer("mindconverter");
    addWeights(model);
    return model
        .input("x", FLOAT32, "batch", 3, 8, 8)
        .node(
            node("Conv", "x, conv.weight, conv.bias -> c", "conv", "Conv2d")
                .with(OnnxAttr.ints("kernel_shape", 3, 3), OnnxAttr.ints("pads", 1, 1, 1, 1)))
        .node(
            node(
                "BatchNormalization",
                "c, bn.weight, bn.bias, bn.running_mean, bn.running_var -> b",
                "bn",
                "BatchNorm2d"))
        .node(node("Relu", "b -> r", "relu", "ReLU"))
        .node(
            node("MaxPool", "r -> p", "pool", "MaxPool2d")
                .with(OnnxAttr.ints("kernel_shape", 2, 2), OnnxAttr.ints("strides", 2, 2)))
        .node(node("Shape", "p -> s", "flatten", "Flatten"))
        .node(node("Gather", "s, zero -> n", "flatten", "Flatten").with(OnnxAttr.of("axis", 0)))
        .node(node("Unsqueeze", "n, axes -> n1", "flatten", "Flatten"))
        .node(node("Concat", "n1, rest -> to", "flatten", "Flatten").with(OnnxAttr.of("axis", 0)))
        .node(node("Reshape", "p, to -> t", "flatten", "Flatten"))
        .node(
            node("LayerNormalization", "t, norm.weight, norm.bias -> l", "norm", "LayerNorm")
                .with(OnnxAttr.of("axis", -1)))
        .node(node("MatMul", "l, fc.weight -> m", "fc", "Linear"))
        .node(node("Add", "m, fc.bias -> a", "fc", "Linear"))
        .node(node("Softmax", "a -> y", "softmax", "Softmax").with(OnnxAttr.of("axis", -1)))
        .output("y", FLOAT32, "batch", 4, 5)
        .toBytes();
  }

  private static Node node(String type, String wiring, String module, String moduleClass) {
    return Node.of(type, wiring)
        .named("node_" + module + "_" + type)
        .metadata("pkg.torch.onnx.name_scopes", "['', '%s', '%s']".formatted(module, module))
        .metadata(
            "pkg.torch.onnx.class_hierarchy",
            "['Rehearsal', 'torch.nn.modules.%s', 'aten.%s']".formatted(moduleClass, module));
  }

  private static void addWeights(OnnxBytes model) {
    model
        .initializer(weight("conv.weight", 4, 3, 3, 3))
        .initializer(weight("conv.bias", 4))
        .initializer(weight("bn.weight", 4))
        .initializer(weight("bn.bias", 4))
        .initializer(weight("bn.running_mean", 4))
        .initializer(weight("bn.running_var", 4))
        .initializer(weight("norm.weight", 16))
        .initializer(weight("norm.bias", 16))
        .initializer(weight("fc.weight", 16, 5))
        .initializer(weight("fc.bias", 5))
        .initializer(OnnxTensor.longs("zero", dims(), 0))
        .initializer(OnnxTensor.longs("axes", dims(1), 0))
        .initializer(OnnxTensor.longs("rest", dims(2), 4, 16));
  }

  private static OnnxTensor weight(String name, long... shape) {
    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
    for (int i = 0; i < values.length; i++) {
      values[i] = 0.5f + i % 7 / 8f; // above zero, as a variance has to be
    }
    return OnnxTensor.floats(name, shape, values);
  }
}
