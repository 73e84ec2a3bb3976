// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The real daemon in a process of its own. */
public final class RunningDaemon implements AutoCloseable {
  private static final String GREETING = "listening on ";

  private final Process process;
  private final String address;

  private RunningDaemon(Process process, String address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it, and waits until it listens. */
  public static RunningDaemon start(Path spool) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "org.mindconverter.Main",
                "--port=0",
                "--metrics-port=0",
                "--spool-dir=" + spool)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
    String line = String.valueOf(lines.readLine());
    if (!line.startsWith(GREETING)) {
      process.destroyForcibly();
      throw new IOException("the daemon did not start; it said: " + line);
    }
    return new RunningDaemon(process, line.substring(GREETING.length()));
  }

  /** Where it listens. */
  public String address() {
    return address;
  }

  /** Writes a model of one operator. */
  public static Path storeRelu(Path file) throws IOException {
    return Files.write(file, OnnxBytes.relu().toByteArray());
  }

  @Override
  public void close() {
    process.destroy();
    process
        .onExit()
        .orTimeout(30, TimeUnit.SECONDS)
        .exceptionally(late -> process.destroyForcibly())
        .join();
  }
}
