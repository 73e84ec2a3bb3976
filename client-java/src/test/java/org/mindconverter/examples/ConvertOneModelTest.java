// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.client.RunningDaemon;

@Timeout(120)
class ConvertOneModelTest {
  @TempDir Path folder;

  @Test
  void convertsThroughTheRealDaemon() throws Exception {
    PrintStream console = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (RunningDaemon daemon = RunningDaemon.start(folder.resolve("spool"))) {
      System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
      Path model = RunningDaemon.storeRelu(folder.resolve("relu.onnx"));
      Path output = folder.resolve("output");

      ConvertOneModel.main(new String[] {daemon.address(), model.toString(), output.toString()});

      assertThat(output.resolve("relu.py")).isNotEmptyFile();
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("network: " + output.resolve("relu.py"))
          .contains("is converted to");
    } finally {
      System.setOut(console);
    }
  }
}
