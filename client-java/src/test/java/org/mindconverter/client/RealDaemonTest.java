// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class RealDaemonTest {
  @TempDir static Path spool;
  private static RunningDaemon daemon;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws IOException {
    daemon = RunningDaemon.start(spool);
  }

  @AfterAll
  static void stop() {
    daemon.close();
  }

  @Test
  void convertsAModelWithItsDataBesideIt() throws Exception {
    Path model = folder.resolve("add.onnx");
    Files.write(model, OnnxBytes.addFrom("add.bin").toByteArray());
    ByteBuffer data = ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN);
    Files.write(folder.resolve("add.bin"), data.putFloat(9).putFloat(1).putFloat(2).array());
    try (MindConverterClient client = client()) {
      ConversionResult result = client.convert(model, folder.resolve("output"));

      assertThat(result.isComplete()).isTrue();
      assertThat(result.script()).isNotEmptyFile();
      assertThat(result.checkpoint().orElseThrow()).isNotEmptyFile();
      assertThat(result.weightMap()).hasSize(1);
      assertThat(result.summary().getWeights()).isEqualTo(1);
    }
  }

  @Test
  void tellsWhyAFileIsNoModel() throws Exception {
    Path model = Files.writeString(folder.resolve("net.onnx"), "this is no model");
    try (MindConverterClient client = client()) {
      ConversionFailedException failure =
          catchThrowableOfType(
              ConversionFailedException.class,
              () -> client.convert(model, folder.resolve("output")));

      assertThat(failure.reason()).isIn("UNKNOWN_MODEL", "MALFORMED_MODEL");
      assertThat(failure.code()).matches("[0-9]{7}");
      assertThat(failure.remedy()).isNotEmpty();
      assertThat(folder.resolve("output")).doesNotExist();
    }
  }

  private static MindConverterClient client() {
    return MindConverterClient.of(ClientSettings.of(daemon.address()));
  }
}
