// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.WeightExpression;

class CheckpointWriterTest {
  @TempDir private Path folder;

  @Test
  void writesAParameterToTheByte() throws IOException {
    CheckpointEntry entry =
        new CheckpointEntry(
            "w", weight(ElementType.INT16, List.of(1L, 3L), new byte[] {1, 0, 2, 0, 3, 0}));
    String expected =
        "0a 18" // a value of 24 bytes
            + "0a 01 77" // tag: w
            + "12 13" // a tensor of 19 bytes
            + "08 01 08 03" // dims: 1, 3
            + "12 05 49 6e 74 31 36" // type: Int16
            + "1a 06 01 00 02 00 03 00"; // content
    assertThat(HexFormat.of().formatHex(written(writer(), List.of(entry))))
        .isEqualTo(expected.replace(" ", ""));
  }

  @Test
  void writesAScalarWithoutDims() throws IOException {
    CheckpointEntry entry =
        new CheckpointEntry("s", weight(ElementType.BOOL, List.of(), new byte[] {1}));
    Value value = decode(written(writer(), List.of(entry))).get(0);
    assertThat(value.dims()).isEmpty();
    assertThat(value.type()).isEqualTo("Bool");
    assertThat(value.content().toByteArray()).containsExactly(1);
  }

  @Test
  void keepsTheOrderAndNamesOfItsEntries() throws IOException {
    List<CheckpointEntry> entries =
        List.of(
            entry("layer1.0.conv1.weight", List.of(2L, 300L)),
            entry("größe", List.of(0L, 3L)),
            entry("a/b c", List.of(5L)));
    List<Value> values = decode(written(writer(), entries));
    assertThat(values)
        .extracting(Value::tag)
        .isEqualTo(List.of("layer1.0.conv1.weight", "größe", "a/b c"));
    assertThat(values)
        .extracting(Value::dims)
        .isEqualTo(List.of(List.of(2L, 300L), List.of(0L, 3L), List.of(5L)));
    assertThat(values.get(1).content()).isEmpty();
  }

  @Test
  void foretellsTheSizeOfEveryCheckpoint() throws IOException {
    for (int sliceBytes : new int[] {1, 3, 64, 1 << 20}) {
      CheckpointWriter writer = new CheckpointWriter(ScratchSpace.unlimited(folder), sliceBytes);
      List<CheckpointEntry> entries = new ArrayList<>();
      for (int seed = 0; seed < 60; seed++) {
        WeightExpression weight = new RandomWeights(seed, 9).next(seed % 3);
        if (CheckpointEntry.canHold(weight.element(), weight.dims())) {
          entries.add(new CheckpointEntry("p" + "x".repeat(seed * 3) + seed, weight));
        }
      }
      assertThat(entries).hasSizeGreaterThan(40);
      assertThat((long) written(writer, entries).length).isEqualTo(writer.size(entries));
    }
  }

  @Test
  void cutsLargeContentIntoValuesOfTheSameTag() throws IOException {
    WeightExpression weight = entry("w", List.of(5L, 7L)).weight();
    CheckpointWriter writer = new CheckpointWriter(ScratchSpace.unlimited(folder), 64);
    List<Value> values = decode(written(writer, List.of(new CheckpointEntry("w", weight))));
    assertThat(values).hasSize(3).allMatch(v -> v.dims().equals(List.of(5L, 7L)));
    assertThat(values).extracting(Value::tag).containsOnly("w");
    assertThat(values).extracting(v -> v.content().size()).isEqualTo(List.of(64, 64, 12));
    ByteString joined =
        values.stream().map(Value::content).reduce(ByteString.EMPTY, ByteString::concat);
    assertThat(joined.toByteArray()).isEqualTo(NaiveEvaluation.bytes(weight));
  }

  @Test
  void fillsTheLastSliceExactlyWithoutAnEmptyOneBehindIt() throws IOException {
    CheckpointWriter writer = new CheckpointWriter(ScratchSpace.unlimited(folder), 64);
    List<CheckpointEntry> entries = List.of(entry("w", List.of(32L)));
    byte[] bytes = written(writer, entries);
    assertThat(decode(bytes)).extracting(v -> v.content().size()).isEqualTo(List.of(64, 64));
    assertThat(writer.size(entries)).isEqualTo(bytes.length);
  }

  @Test
  void refusesTwoParametersOfOneName() {
    List<CheckpointEntry> twice = List.of(entry("w", List.of(2L)), entry("w", List.of(3L)));
    assertThatThrownBy(() -> writer().size(twice)).hasMessageContaining("two parameters");
    assertThatThrownBy(() -> written(writer(), twice)).hasMessageContaining("two parameters");
  }

  @Test
  void refusesWhatMindSporeCannotHold() {
    assertThat(CheckpointEntry.canHold(ElementType.FLOAT32, List.of(0L))).isFalse();
    assertThat(CheckpointEntry.canHold(ElementType.FLOAT32, List.of(0L, 3L))).isTrue();
    assertThat(CheckpointEntry.canHold(ElementType.COMPLEX64, List.of(1L))).isFalse();
    assertThatThrownBy(() -> entry("w", List.of(0L)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("w: a checkpoint holds no FLOAT32[0]");
    assertThatThrownBy(
            () -> new CheckpointEntry("c", weight(ElementType.COMPLEX64, List.of(), new byte[8])))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> entry("", List.of(1L))).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> entry("\ud800", List.of(1L)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private CheckpointWriter writer() {
    return new CheckpointWriter(ScratchSpace.unlimited(folder));
  }

  private static CheckpointEntry entry(String name, List<Long> dims) {
    return new CheckpointEntry(
        name, WeightExpression.of(new RandomWeights(3, 1).tensor(ElementType.FLOAT32, dims)));
  }

  private static WeightExpression weight(ElementType element, List<Long> dims, byte[] bytes) {
    return WeightExpression.of(new Tensor("w", element, dims, TensorData.of(bytes)));
  }

  private static byte[] written(CheckpointWriter writer, List<CheckpointEntry> entries)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    writer.write(entries, out);
    return out.toByteArray();
  }

  private record Value(String tag, List<Long> dims, String type, ByteString content) {}

  /** Reads with protobuf's own parser. */
  private static List<Value> decode(byte[] checkpoint) throws IOException {
    List<Value> values = new ArrayList<>();
    for (ByteString bytes :
        UnknownFieldSet.parseFrom(checkpoint).getField(1).getLengthDelimitedList()) {
      UnknownFieldSet value = UnknownFieldSet.parseFrom(bytes);
      UnknownFieldSet tensor = UnknownFieldSet.parseFrom(only(value, 2));
      values.add(
          new Value(
              only(value, 1).toString(StandardCharsets.UTF_8),
              tensor.getField(1).getVarintList(),
              only(tensor, 2).toString(StandardCharsets.UTF_8),
              only(tensor, 3)));
    }
    return values;
  }

  private static ByteString only(UnknownFieldSet message, int field) {
    List<ByteString> all = message.getField(field).getLengthDelimitedList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
