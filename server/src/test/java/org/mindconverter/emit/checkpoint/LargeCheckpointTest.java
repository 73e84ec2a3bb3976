// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LargeCheckpointTest {
  private static final long ROWS = 6_000;
  private static final long COLUMNS = 64_000;

  @TempDir private Path folder;

  @Test
  @Timeout(value = 300, unit = TimeUnit.SECONDS)
  void writesAParameterOfFifteenHundredMegabytesInAHeapOfSixtyFour() throws Exception {
    Path file = folder.resolve("weights");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(ROWS * COLUMNS * Float.BYTES);
    }
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:MaxDirectMemorySize=8m",
                "-cp",
                classes(CheckpointWriter.class) + File.pathSeparator + classes(getClass()),
                LargeCheckpoint.class.getName(),
                file.toString(),
                Long.toString(ROWS),
                Long.toString(COLUMNS))
            .redirectErrorStream(true)
            .start();
    try {
      String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor()).as(printed).isZero();
      assertThat(Long.parseLong(printed.strip())).isGreaterThan(2 * ROWS * COLUMNS * Float.BYTES);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Path classes(Class<?> type) throws IOException {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }
}
