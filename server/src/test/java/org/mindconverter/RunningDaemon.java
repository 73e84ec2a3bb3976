// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.mindconverter.ServerConfig.Endpoint;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.ServerConfig.Work;
import org.mindconverter.convert.Engine;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.convert.SupportedOperator;
import org.mindconverter.testing.Client;

/** A daemon in this process, on ports of its own. */
final class RunningDaemon implements AutoCloseable {
  private final Daemon daemon;
  private final Path spoolDir;

  RunningDaemon(Config config, ModelConverter converter, Optional<String> token)
      throws StartException {
    spoolDir = config.spoolDir();
    List<SupportedOperator> operators = List.of(new SupportedOperator("", "Conv", List.of(1, 11)));
    daemon = Daemon.start(config.whole(), new Engine(converter, operators), token);
  }

  int port() {
    return daemon.port();
  }

  int metricsPort() {
    return daemon.metricsPort().orElseThrow();
  }

  boolean hasMetrics() {
    return daemon.metricsPort().isPresent();
  }

  Client client() {
    return Client.of(port());
  }

  long callFolders() {
    try (var paths = Files.walk(spoolDir)) {
      return paths.filter(path -> path.getFileName().toString().startsWith("call-")).count();
    } catch (IOException | UncheckedIOException e) {
      return -1; // something went away while it was looked at
    }
  }

  CompletableFuture<Void> stop(Duration drain) {
    return CompletableFuture.runAsync(() -> daemon.stop(drain));
  }

  @Override
  public void close() {
    daemon.stop(Duration.ZERO);
  }

  /** What the tests change of a configuration. */
  record Config(int port, int metricsPort, Path spoolDir, boolean reflection, Mode mode) {
    Config port(int other) {
      return new Config(other, metricsPort, spoolDir, reflection, mode);
    }

    Config metricsPort(int other) {
      return new Config(port, other, spoolDir, reflection, mode);
    }

    Config spoolDir(Path other) {
      return new Config(port, metricsPort, other, reflection, mode);
    }

    Config reflection(boolean other) {
      return new Config(port, metricsPort, spoolDir, other, mode);
    }

    Config mode(Mode other) {
      return new Config(port, metricsPort, spoolDir, reflection, other);
    }

    ServerConfig whole() {
      return new ServerConfig(
          new Endpoint("127.0.0.1", port),
          new Endpoint("127.0.0.1", metricsPort),
          new Work(2, 2),
          spoolDir,
          OptionalLong.empty(),
          64 << 20,
          Optional.empty(),
          reflection,
          Duration.ofSeconds(1),
          Duration.ofSeconds(30),
          mode);
    }
  }
}
