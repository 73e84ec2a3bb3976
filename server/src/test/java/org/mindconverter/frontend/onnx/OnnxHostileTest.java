// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.io.EOFException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Tensor;
import org.mindconverter.request.ModelFiles;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxFunction;
import org.mindconverter.testing.OnnxGraph;
import org.mindconverter.testing.OnnxTensor;
import org.mindconverter.testing.ProtoBytes;

/** Files that are broken, or made to do harm, or very large. */
@Timeout(120)
class OnnxHostileTest {
  @RegisterExtension final ReadModels models = new ReadModels();

  /** A small model with a bit of everything. */
  private static byte[] model() {
    OnnxGraph branch = OnnxGraph.named("b").node("Neg", "a -> t").output("t");
    return OnnxBytes.model()
        .producer("pytorch")
        .opset("my", 1)
        .input("x", FLOAT32, "n", 2, "2*n")
        .initializer(OnnxTensor.floats("layer.weight", dims(2), 1, 2))
        .initializer(OnnxTensor.empty("ids", ElementType.INT64, 3).int64Data(1, 2, 300))
        .initializer(OnnxTensor.empty("half", ElementType.FLOAT16, 2).int32Data(1, 2))
        .node(OnnxGraph.Node.of("F", "x -> a").in("my").named("call"))
        .node(
            OnnxGraph.Node.of("Mul", "a, layer.weight -> m")
                .named("/layer/Mul")
                .metadata("pkg.torch.onnx.name_scopes", "['', 'layer', 'mul']")
                .metadata("pkg.torch.onnx.class_hierarchy", "['M', 'L', 'aten.mul']"))
        .node("If", "x -> y", OnnxAttr.of("then_branch", branch))
        .node("Reshape", "m, ids -> z", OnnxAttr.of("allowzero", 1), OnnxAttr.ints("p", 1, 2))
        .type("m", FLOAT32, "n", 2)
        .output("y")
        .output("z", FLOAT32, "unk__1")
        .function(
            OnnxFunction.of("my", "F", "i -> o")
                .node("LeakyRelu", "i -> o", OnnxAttr.of("alpha", 0.1f)))
        .toBytes();
  }

  @Test
  void failsWithACodeWhereverTheFileIsCutOff() throws Exception {
    byte[] whole = model();
    assertThat(models.read(whole).nodes()).hasSize(4);
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      Throwable failure = catchThrowable(() -> models.read(cut));
      assertThat(failure == null || failure instanceof ConversionException)
          .as("cut off at %d: %s", length, failure)
          .isTrue();
    }
  }

  @Test
  void failsWithACodeOrReadsWhateverBytesAreChanged() throws Exception {
    byte[] whole = model();
    Random random = new Random(20261124);
    int refused = 0;
    for (int round = 0; round < 4_000; round++) {
      byte[] changed = whole.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      Throwable failure = catchThrowable(() -> models.read(changed));
      if (failure != null) {
        assertThat(failure).as("round %d", round).isInstanceOf(ConversionException.class);
        refused++;
      }
    }
    assertThat(refused).isBetween(1_000, 3_999);
  }

  @Test
  void failsWithACodeOrReadsWhateverBytesAreMovedOrRepeated() throws Exception {
    byte[] whole = model();
    Random random = new Random(42);
    for (int round = 0; round < 2_000; round++) {
      int from = random.nextInt(whole.length);
      int to = random.nextInt(whole.length);
      int length = random.nextInt(Math.min(64, whole.length - Math.max(from, to)));
      byte[] changed = whole.clone();
      System.arraycopy(whole, from, changed, to, length);
      Throwable failure = catchThrowable(() -> models.read(changed));
      assertThat(failure == null || failure instanceof ConversionException)
          .as("round %d: %s", round, failure)
          .isTrue();
    }
  }

  /** Counts the time that this thread computes: the machine may be busy with other things. */
  private Graph readWithinTwoSeconds(byte[] bytes) throws Exception {
    long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    Graph graph = models.read(bytes);
    long nanoseconds = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
    assertThat(nanoseconds).isLessThan(2_000_000_000L);
    return graph;
  }

  @Test
  void readsAHundredThousandNodesInTwoSeconds() throws Exception {
    OnnxBytes model = OnnxBytes.model().input("v0", FLOAT32, 1);
    for (int i = 0; i < 100_000; i++) {
      model.node(OnnxGraph.Node.of("Relu", "v" + i + " -> v" + (i + 1)).named("node" + i));
    }
    byte[] bytes = model.output("v100000").toBytes();

    assertThat(readWithinTwoSeconds(bytes).nodes()).hasSize(100_000);
  }

  @Test
  void sortsAHundredThousandNodesInTwoSeconds() throws Exception {
    OnnxBytes model = OnnxBytes.model().input("v0", FLOAT32, 1);
    for (int i = 99_999; i >= 0; i--) {
      model.node("Relu", "v" + i + " -> v" + (i + 1));
    }
    byte[] bytes = model.output("v100000").toBytes();

    assertThat(readWithinTwoSeconds(bytes).nodes().get(0).input(0))
        .isEqualTo(new Operand.Use("v0"));
  }

  @Test
  void readsManyInnerGraphsInAGraphOfManyValues() throws Exception {
    OnnxBytes model = OnnxBytes.model().input("v0", FLOAT32, 1);
    OnnxGraph branch = OnnxGraph.named("b").node("Neg", "v0 -> t").output("t");
    for (int i = 0; i < 10_000; i++) {
      model.node("If", "v" + i + " -> v" + (i + 1), OnnxAttr.of("then_branch", branch));
    }
    byte[] bytes = model.output("v10000").toBytes();

    assertThat(readWithinTwoSeconds(bytes).nodes()).hasSize(10_000);
  }

  @Test
  void refusesGraphsThatNestWithoutEnd() {
    OnnxGraph graph = OnnxGraph.named("g").output("x");
    for (int i = 0; i < 200; i++) {
      graph = OnnxGraph.named("g").node("If", "x -> y", OnnxAttr.of("then_branch", graph));
    }
    OnnxBytes model =
        OnnxBytes.model()
            .input("x", FLOAT32, 1)
            .node("If", "x -> y", OnnxAttr.of("then_branch", graph));

    assertThat(models.failure(model).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void readsAFileOfThreeGigabytes() throws Exception {
    long elements = 3L << 28;
    byte[] tensor =
        new ProtoBytes()
            .packed(1, elements)
            .varint(2, 1)
            .text(8, "w")
            .tag(9, 2)
            .rawVarint(4 * elements)
            .toBytes();
    byte[] rest =
        OnnxGraph.named("g")
            .input("x", FLOAT32, elements)
            .node("Mul", "x, w -> y")
            .output("y")
            .toProto()
            .toBytes();
    long tensorLength = tensor.length + 4 * elements;
    ProtoBytes open = new ProtoBytes().tag(5, 2).rawVarint(tensorLength).raw(tensor);
    long graphLength = open.toBytes().length + 4 * elements + rest.length;
    byte[] head =
        new ProtoBytes()
            .varint(1, 8)
            .message(8, new ProtoBytes().varint(2, 17))
            .tag(7, 2)
            .rawVarint(graphLength)
            .raw(open.toBytes())
            .toBytes();
    Path path = models.folder().resolve("large.onnx");
    try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
      file.write(head);
      file.seek(head.length + 4 * elements - 4);
      file.write(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putFloat(2.5f).array());
      file.write(rest);
    }

    Graph graph = models.read(new ModelFiles(path, "large.onnx", Map.of()), ReadModels.DEFAULTS);

    Tensor weight = ((Operand.Weight) graph.nodes().get(0).input(1)).expression().bases().get(0);
    ByteBuffer last = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    weight.data().read(4 * elements - 4, last);
    assertThat(last.getFloat(0)).isEqualTo(2.5f);
  }

  @Test
  void staysQuietWhenTheFileShrinksUnderIt() throws Exception {
    Path path = Files.write(models.folder().resolve("model.onnx"), model());
    Graph graph = models.read(new ModelFiles(path, "model.onnx", Map.of()), ReadModels.DEFAULTS);
    Files.write(path, new byte[3]);

    Tensor weight =
        ((Operand.Weight) ReadModels.node(graph, "Mul").input(1)).expression().bases().get(0);
    assertThatCode(() -> weight.data().bytes()).isInstanceOf(EOFException.class);
  }
}
