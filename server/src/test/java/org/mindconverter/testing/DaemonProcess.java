// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The daemon in a process of its own. */
public final class DaemonProcess implements AutoCloseable {
  private static final String READY = "listening on ";
  private static final Pattern METRICS = Pattern.compile("\"metrics\":\"[^\"]*:([0-9]+)\"");
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx96m",
          "-XX:MaxDirectMemorySize=64m",
          "--enable-native-access=ALL-UNNAMED");
  private static final int SECONDS = 60;

  private final Process process;
  private final Path errors;

  private DaemonProcess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
  }

  /** Starts a class of the test's class path. */
  public static DaemonProcess ofClass(Path folder, String main, String... arguments) {
    return start(
        folder, List.of("-cp", System.getProperty("java.class.path"), main), List.of(arguments));
  }

  /** Starts a jar. */
  public static DaemonProcess ofJar(Path folder, Path jar, String... arguments) {
    return start(folder, List.of("-jar", jar.toString()), List.of(arguments));
  }

  private static DaemonProcess start(Path folder, List<String> program, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM);
    command.addAll(program);
    command.addAll(arguments);
    Path errors = folder.resolve("stderr");
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("MINDCONVERTER_"));
    try {
      return new DaemonProcess(builder.start(), errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits for its first line, which says where it listens. */
  public int port() {
    String line = firstLine();
    if (!line.startsWith(READY)) {
      throw new AssertionError("'%s' after: %s".formatted(line, errors()));
    }
    return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1));
  }

  /** Where its metrics are; known once it listens. */
  public int metricsPort() {
    Matcher metrics = METRICS.matcher(errors());
    if (!metrics.find()) {
      throw new AssertionError("no metrics in: " + errors());
    }
    return Integer.parseInt(metrics.group(1));
  }

  private String firstLine() {
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    CompletableFuture<String> line =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return String.valueOf(out.readLine());
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return line.orTimeout(SECONDS, TimeUnit.SECONDS).join();
  }

  /** Standard input. */
  public OutputStream in() {
    return process.getOutputStream();
  }

  /** Sends SIGTERM. */
  public void terminate() {
    process.destroy();
  }

  /** Sends SIGKILL. */
  public void kill() {
    process.destroyForcibly();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** Waits for its end. */
  public int exitStatus() {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        throw new AssertionError("still runs: " + errors());
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    return process.exitValue();
  }

  /** What it wrote to standard error. */
  public String errors() {
    try {
      return Files.readString(errors);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
    Eventually.holds(() -> !process.isAlive());
  }
}
