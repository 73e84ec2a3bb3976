// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.diag.ErrorCode.LIMIT_EXCEEDED;
import static org.mindconverter.diag.ErrorCode.MALFORMED_GRAPH;
import static org.mindconverter.diag.ErrorCode.MALFORMED_MODEL;
import static org.mindconverter.diag.ErrorCode.MISSING_EXTERNAL_DATA;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph;
import org.mindconverter.testing.OnnxTensor;
import org.mindconverter.testing.ProtoBytes;

/** Every way in which a tensor's data can be stored, and can be wrong. */
class OnnxTensorsTest {
  private static final int MOST_LOOSE = 1 << 17;

  @RegisterExtension final ReadModels models = new ReadModels();

  private static OnnxBytes with(OnnxTensor tensor) {
    return OnnxBytes.model().initializer(tensor).node("Use", "t -> y").output("y");
  }

  private static Tensor tensor(Graph graph) {
    Operand operand = graph.nodes().get(0).input(0);
    return operand instanceof Operand.Weight weight
        ? weight.expression().bases().get(0)
        : ((Operand.Constant) operand).tensor();
  }

  private void assertBytes(OnnxTensor stored, int... expected) throws Exception {
    byte[] bytes = new byte[expected.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) expected[i];
    }
    assertThat(tensor(models.read(with(stored))).data().bytes()).isEqualTo(bytes);
  }

  @Test
  void readsPackedNumbersOfFixedWidth() throws Exception {
    assertBytes(
        OnnxTensor.empty("t", ElementType.FLOAT32, 2).floatData(1, -2),
        0,
        0,
        0x80,
        0x3f,
        0,
        0,
        0,
        0xc0);
  }

  @Test
  void readsVarintsInTheWidthOfTheirType() throws Exception {
    assertBytes(OnnxTensor.empty("t", ElementType.INT8, 3).int32Data(1, -1, 300), 1, 0xff, 44);
    assertBytes(OnnxTensor.empty("t", ElementType.BOOL, 2).int32Data(1, 0), 1, 0);
    assertBytes(OnnxTensor.empty("t", ElementType.FLOAT16, 1).int32Data(0x3c01), 1, 0x3c);
    assertBytes(OnnxTensor.empty("t", ElementType.INT32, 1).int32Data(-2), 0xfe, 255, 255, 255);
    assertBytes(OnnxTensor.empty("t", ElementType.INT4, 3).int32Data(0x21, 0x3), 0x21, 0x3);
    assertBytes(
        OnnxTensor.empty("t", ElementType.INT64, 1).int64Data(Long.MIN_VALUE + 5),
        5,
        0,
        0,
        0,
        0,
        0,
        0,
        0x80);
  }

  @Test
  void readsNumbersThatEachHaveAField() throws Exception {
    OnnxTensor floats = OnnxTensor.empty("t", ElementType.FLOAT32, 2);
    floats.fields().real(4, 1f).real(4, -2f);
    assertBytes(floats, 0, 0, 0x80, 0x3f, 0, 0, 0, 0xc0);
    OnnxTensor shorts = OnnxTensor.empty("t", ElementType.INT16, 2);
    shorts.fields().varint(5, 258).varint(5, -1);
    assertBytes(shorts, 2, 1, 255, 255);
  }

  @Test
  void readsLongVarintTensorsAtAnyPlace() throws Exception {
    Random random = new Random(7);
    long[] values =
        LongStream.range(0, 20_000).map(i -> random.nextLong() >> random.nextInt(64)).toArray();
    Tensor tensor =
        tensor(
            models.read(
                with(OnnxTensor.empty("t", ElementType.INT64, values.length).int64Data(values))));

    assertThat(tensor.data()).isNotInstanceOf(TensorData.InMemory.class);
    ByteBuffer all = ByteBuffer.wrap(tensor.data().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      assertThat(all.getLong()).isEqualTo(value);
    }
    for (int i = 0; i < 200; i++) {
      int from = random.nextInt(all.capacity() - 100);
      byte[] part = new byte[1 + random.nextInt(100)];
      tensor.data().read(from, ByteBuffer.wrap(part));
      byte[] expected = new byte[part.length];
      all.get(from, expected);
      assertThat(part).isEqualTo(expected);
    }
  }

  @Test
  void readsTensorsWithoutElements() throws Exception {
    assertBytes(OnnxTensor.empty("t", ElementType.FLOAT32, 0));
  }

  @Test
  void readsDataFromFilesThatWereSent() throws Exception {
    Path data = Files.write(models.folder().resolve("blob"), new byte[] {9, 9, 1, 2, 3, 4, 9});
    OnnxBytes model =
        with(OnnxTensor.empty("t", ElementType.UINT8, 4).external("../../etc/passwd", 2, 4));

    Graph graph = models.read(model, Map.of("../../etc/passwd", data));

    assertThat(tensor(graph).data().bytes()).containsExactly(1, 2, 3, 4);
  }

  @Test
  void namesTensorAndFileWhenTheFileWasNotSent() {
    ConversionException failure =
        models.failure(
            with(OnnxTensor.empty("t", ElementType.UINT8, 4).external("/etc/passwd", 0, 4)));

    assertThat(failure.code()).isEqualTo(MISSING_EXTERNAL_DATA);
    assertThat(failure.origin()).isEqualTo("t");
    assertThat(failure).hasMessageContaining("/etc/passwd");
  }

  @Test
  void refusesRangesOutsideOfTheFile() throws Exception {
    Path data = Files.write(models.folder().resolve("blob"), new byte[8]);
    for (long[] range : new long[][] {{5, 4}, {9, 4}, {Long.MAX_VALUE / 10, 4}, {0, 3}}) {
      ConversionException failure =
          models.failure(
              with(OnnxTensor.empty("t", ElementType.UINT8, 4).external("d", range[0], range[1])),
              Map.of("d", data));
      assertThat(failure.code()).isEqualTo(MALFORMED_MODEL);
      assertThat(failure.origin()).isEqualTo("t");
    }
    ConversionException failure =
        models.failure(
            with(
                OnnxTensor.empty("t", ElementType.UINT8, 4)
                    .external("d", 0, 4)
                    .externalEntry("offset", "-1")),
            Map.of("d", data));
    assertThat(failure).hasMessageContaining("offset that is not a number");
  }

  @Test
  void refusesASmallFileThatStandsForAHugeCheckpoint() throws Exception {
    Path data = Files.write(models.folder().resolve("blob"), new byte[100]);
    OnnxBytes model = OnnxBytes.model();
    for (int i = 0; i < 5; i++) {
      model.initializer(OnnxTensor.empty("t" + i, ElementType.UINT8, 100).external("d", 0, 100));
    }

    ConversionException failure = models.failure(model, Map.of("d", data));

    assertThat(failure.code()).isEqualTo(LIMIT_EXCEEDED);
    assertThat(failure.origin()).isEqualTo("t4");
  }

  @Test
  void namesTheTensorThatIsWrong() {
    assertWrong(OnnxTensor.floats("t", dims(3), 1, 2), "has 8 bytes of data, but");
    assertWrong(OnnxTensor.floats("t", dims(-1), 1), "negative dimensions [-1]");
    assertWrong(OnnxTensor.floats("t", dims(1L << 40, 1L << 40), 1), "which no file can hold");
    assertWrong(OnnxTensor.floats("t", dims(1L << 61), 1), "which no file can hold");
    assertWrong(OnnxTensor.empty("t", ElementType.FLOAT32, 1), "has 0 bytes of data");
    assertWrong(OnnxTensor.floats("t", dims(1), 1).floatData(1), "data twice");
    assertWrong(
        OnnxTensor.empty("t", ElementType.INT64, 1).int64Data(1).int32Data(1), "data twice");
    assertWrong(OnnxTensor.empty("t", ElementType.INT64, 1).int32Data(1), "not for int64");
    assertWrong(OnnxTensor.empty("t", ElementType.INT64, 2).int64Data(1), "has 8 bytes of data");
    assertWrong(OnnxTensor.empty("t", ElementType.STRING, 2).strings("a"), "has 1 strings, not 2");
    assertWrong(OnnxTensor.empty("t", ElementType.UNDEFINED, 1), "unknown type 0");
    OnnxTensor future = OnnxTensor.empty("t", ElementType.INT8, 1);
    future.fields().varint(2, 99);
    assertWrong(future, "unknown type 99");
    OnnxTensor cut = OnnxTensor.empty("t", ElementType.INT64, 1);
    cut.fields().bytes(7, new byte[] {(byte) 0x80});
    assertWrong(cut, "end in the middle");
  }

  private void assertWrong(OnnxTensor tensor, String message) {
    assertWrong(MALFORMED_MODEL, with(tensor), message);
  }

  private void assertWrong(ErrorCode code, OnnxBytes model, String message) {
    ConversionException failure = models.failure(model);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.origin()).isEqualTo("t");
    assertThat(failure).hasMessageContaining(message);
    assertThat(failure.remedy()).isNotEmpty();
  }

  @Test
  void refusesTwoInitializersOfOneName() {
    assertWrong(
        MALFORMED_GRAPH,
        with(OnnxTensor.floats("t", dims(1), 1)).initializer(OnnxTensor.floats("t", dims(1), 2)),
        "two initializers");
  }

  @Test
  void refusesNumbersInPiecesAndInTooManyFields() {
    OnnxTensor pieces = OnnxTensor.empty("t", ElementType.INT64, 2).int64Data(1).int64Data(2);
    assertWrong(LIMIT_EXCEEDED, with(pieces), "several pieces");
    OnnxTensor single = OnnxTensor.empty("t", ElementType.INT64, MOST_LOOSE + 1L);
    ProtoBytes fields = single.fields();
    for (int i = 0; i <= MOST_LOOSE; i++) {
      fields.varint(7, i);
    }
    assertWrong(LIMIT_EXCEEDED, with(single), "have a field each");
  }

  @Test
  void namesTheNodeOfAWrongTensorWithoutAName() {
    ConversionException failure =
        models.failure(
            OnnxBytes.model()
                .node(
                    OnnxGraph.Node.of("Constant", "-> y")
                        .named("here")
                        .with(OnnxAttr.of("value", OnnxTensor.floats("", dims(2), 1))))
                .output("y"));

    assertThat(failure.origin()).isEqualTo("here");
  }
}
