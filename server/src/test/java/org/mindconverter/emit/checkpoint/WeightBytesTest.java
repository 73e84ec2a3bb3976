// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.WeightExpression;

class WeightBytesTest {
  private static final int SMALL_BANDS = 96;

  @TempDir private Path folder;

  @Test
  void equalsTheDefinitionForRandomWeights() throws IOException {
    WeightBytes bytes = new WeightBytes(ScratchSpace.unlimited(folder), SMALL_BANDS);
    for (int seed = 0; seed < 1000; seed++) {
      WeightExpression weight = new RandomWeights(seed, 7).next(1 + seed % 6);
      assertThat(written(bytes, weight))
          .as("seed %d: %s", seed, weight.describe())
          .isEqualTo(NaiveEvaluation.bytes(weight));
    }
  }

  @Test
  void equalsTheDefinitionForFewLargerWeights() throws IOException {
    for (int bandBytes : new int[] {1000, 20_000, 8 << 20}) {
      WeightBytes bytes = new WeightBytes(ScratchSpace.unlimited(folder), bandBytes);
      for (int seed = 0; seed < 20; seed++) {
        WeightExpression weight = new RandomWeights(seed, 40).next(1 + seed % 4);
        if (WeightBytes.length(weight) < 1 << 20) {
          assertThat(written(bytes, weight))
              .as("seed %d: %s", seed, weight.describe())
              .isEqualTo(NaiveEvaluation.bytes(weight));
        }
      }
    }
  }

  @Test
  void readsColumnsThatAreFarApart() throws IOException {
    WeightExpression wide = base(List.of(60L, 9000L));
    for (WeightExpression weight :
        List.of(
            wide.sliced(1, 100, 3),
            wide.sliced(1, 100, 2000),
            wide.sliced(1, 100, 3).transposed(List.of(1, 0)),
            wide.transposed(List.of(1, 0)),
            wide.transposed(List.of(1, 0)).sliced(0, 8999, 1))) {
      assertThat(written(new WeightBytes(ScratchSpace.unlimited(folder), 16 << 10), weight))
          .isEqualTo(NaiveEvaluation.bytes(weight));
    }
  }

  @Test
  void cutsTallMatricesIntoBlocksBeforeItTurnsThem() throws IOException {
    for (int bandBytes : new int[] {4096, 300_000}) {
      StridedView tall =
          StridedView.contiguous(
                  base(List.of(40_000L, 20L)).bases().get(0).data(), 4, List.of(40_000L, 20L))
              .transposed(List.of(1, 0));
      BandWriter writer = new BandWriter(bandBytes);
      try (ScratchFile scratch = new ScratchFile(ScratchSpace.unlimited(folder))) {
        WeightLayout blocks = new RereadBlocks(scratch, writer).apply(WeightLayout.of(tall));
        assertThat(blocks.pieces()).hasSizeGreaterThan(1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writer.write(blocks, out);
        assertThat(out.toByteArray())
            .isEqualTo(
                NaiveEvaluation.bytes(base(List.of(40_000L, 20L)).transposed(List.of(1, 0))));
      }
    }
  }

  @Test
  void leavesNoTemporaryFile() throws IOException {
    WeightExpression twice =
        base(List.of(30L, 40L))
            .transposed(List.of(1, 0))
            .reshaped(List.of(30L, 40L))
            .transposed(List.of(1, 0));
    assertThat(written(new WeightBytes(ScratchSpace.unlimited(folder)), twice))
        .isEqualTo(NaiveEvaluation.bytes(twice));
    WeightBytes bytes = new WeightBytes(ScratchSpace.unlimited(folder));
    assertThatThrownBy(() -> bytes.write(twice, full())).hasMessage("no space");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void takesNoMoreRoomForTemporaryFilesThanThereIs() throws IOException {
    WeightExpression twice =
        base(List.of(30L, 40L))
            .transposed(List.of(1, 0))
            .reshaped(List.of(30L, 40L))
            .transposed(List.of(1, 0));
    Room enough = new Room(folder, 30 * 40 * 4);
    assertThat(written(new WeightBytes(enough), twice)).isEqualTo(NaiveEvaluation.bytes(twice));
    assertThat(enough.taken).isZero();
    Room tooLittle = new Room(folder, 30 * 40 * 4 - 1);
    assertThatThrownBy(() -> written(new WeightBytes(tooLittle), twice))
        .isInstanceOf(ScratchFullException.class);
    assertThat(tooLittle.taken).isZero();
  }

  private static final class Room implements ScratchSpace {
    private final Path folder;
    private final long limit;
    private long taken;

    Room(Path folder, long limit) {
      this.folder = folder;
      this.limit = limit;
    }

    @Override
    public Path folder() {
      return folder;
    }

    @Override
    public boolean take(long bytes) {
      boolean fits = bytes <= limit - taken;
      taken += fits ? bytes : 0;
      return fits;
    }

    @Override
    public void giveBack(long bytes) {
      taken -= bytes;
    }
  }

  @Test
  void saysThatThereIsNoRoomWhereTheFolderTakesNothing() {
    WeightExpression twice =
        base(List.of(30L, 40L))
            .transposed(List.of(1, 0))
            .reshaped(List.of(30L, 40L))
            .transposed(List.of(1, 0));
    WeightBytes bytes = new WeightBytes(ScratchSpace.unlimited(folder.resolve("missing")));
    assertThatThrownBy(() -> written(bytes, twice)).isInstanceOf(ScratchFullException.class);
  }

  @Test
  void needsNoTemporaryFileForAReshapeThatComesLast() throws IOException {
    WeightExpression weight =
        base(List.of(30L, 40L)).transposed(List.of(1, 0)).reshaped(List.of(6L, 200L));
    WeightBytes bytes = new WeightBytes(ScratchSpace.unlimited(folder.resolve("missing")));
    assertThat(written(bytes, weight)).isEqualTo(NaiveEvaluation.bytes(weight));
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() {
    WeightExpression weight = base(List.of(30L, 40L));
    WeightBytes bytes = new WeightBytes(ScratchSpace.unlimited(folder));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> written(bytes, weight)).isInstanceOf(InterruptedIOException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void writesWeightsWithoutElementsAsNothing() throws IOException {
    WeightExpression empty = base(List.of(0L, 3L));
    WeightExpression joined =
        new WeightExpression.Concatenated(List.of(empty, base(List.of(2L, 3L)), empty), 0);
    assertThat(
            written(
                new WeightBytes(ScratchSpace.unlimited(folder)), empty.reshaped(List.of(3L, 0L))))
        .isEmpty();
    assertThat(written(new WeightBytes(ScratchSpace.unlimited(folder)), joined))
        .isEqualTo(NaiveEvaluation.bytes(joined));
  }

  private static WeightExpression base(List<Long> dims) {
    return WeightExpression.of(new RandomWeights(1, 1).tensor(ElementType.FLOAT32, dims));
  }

  private static byte[] written(WeightBytes bytes, WeightExpression weight) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    bytes.write(weight, out);
    assertThat((long) out.size()).isEqualTo(WeightBytes.length(weight));
    return out.toByteArray();
  }

  private static OutputStream full() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        throw new IOException("no space");
      }
    };
  }
}
