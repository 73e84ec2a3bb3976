// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.ir.ElementBytes;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.WeightExpression;

/**
 * Writes one checkpoint of everything that one can hold, and compares it with the committed file
 * that client-python/tests/checkpoint loads in MindSpore. {@code -DupdateGoldens} rewrites it.
 */
class GoldenCheckpointTest {
  private static final Path GOLDEN = Path.of("src/test/resources/checkpoint/everything.ckpt");

  /** Small enough that a parameter of the file takes several values. */
  private static final long SLICE_BYTES = 40;

  @TempDir private Path folder;

  @Test
  void writesTheFileThatMindSporeLoads() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CheckpointWriter writer = new CheckpointWriter(ScratchSpace.unlimited(folder), SLICE_BYTES);
    writer.write(entries(), out);
    if (System.getProperty("updateGoldens") != null) {
      Files.createDirectories(GOLDEN.getParent());
      Files.write(GOLDEN, out.toByteArray());
    }
    assertThat(out.toByteArray()).isEqualTo(Files.readAllBytes(GOLDEN));
  }

  private static List<CheckpointEntry> entries() {
    List<CheckpointEntry> entries = new ArrayList<>();
    for (ElementType type : RandomWeights.TYPES) {
      entries.add(entry("matrix." + type.lowerName(), counted(type, 2, 3)));
      entries.add(entry("scalar." + type.lowerName(), counted(type)));
    }
    WeightExpression table = counted(ElementType.FLOAT32, 4, 5);
    entries.add(entry("empty", counted(ElementType.FLOAT32, 0, 3)));
    entries.add(entry("sliced.weight", table));
    entries.add(entry("transposed.weight", table.transposed(List.of(1, 0))));
    entries.add(entry("part.weight", table.sliced(1, 1, 3)));
    entries.add(entry("half.weight", table.converted(ElementType.FLOAT16)));
    entries.add(
        entry(
            "joined.weight",
            new WeightExpression.Concatenated(List.of(table, table.sliced(1, 0, 1)), 1)));
    entries.add(entry("größe/a b", counted(ElementType.INT32, 1)));
    return entries;
  }

  private static CheckpointEntry entry(String name, WeightExpression weight) {
    return new CheckpointEntry(name, weight);
  }

  /** Numbers 1, 2, 3… in that shape; truth values alternate, beginning with true. */
  private static WeightExpression counted(ElementType type, long... sizes) {
    List<Long> dims = Arrays.stream(sizes).boxed().toList();
    int length = Math.toIntExact(Tensor.byteLength(type, dims));
    int count = length / type.bytes();
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    double[] reals = new double[count];
    long[] integers = new long[count];
    for (int i = 0; i < count; i++) {
      reals[i] = i + 1;
      integers[i] = type == ElementType.BOOL ? (i + 1) % 2 : i + 1;
    }
    if (type.isFloating()) {
      ElementBytes.putReals(type, reals, count, bytes);
    } else {
      ElementBytes.putIntegers(type, integers, count, bytes);
    }
    return WeightExpression.of(new Tensor("w", type, dims, TensorData.of(bytes.array())));
  }
}
