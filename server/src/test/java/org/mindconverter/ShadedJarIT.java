// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.testing.Client;
import org.mindconverter.testing.DaemonProcess;
import org.mindconverter.testing.Frames;
import org.mindconverter.testing.RecordedCall;
import org.mindconverter.testing.Reflection;
import org.mindconverter.testing.Web;

@Timeout(120)
final class ShadedJarIT {
  private static final Path JAR = Path.of(System.getProperty("daemon.jar"));
  private static final long MEBIBYTE = 1 << 20;

  @TempDir private Path folder;

  @Test
  void servesEverythingFromOneJarUntilSigterm() throws Exception {
    Path config = Files.writeString(folder.resolve("config"), "port=0\nmetrics-port=0\n");
    try (DaemonProcess daemon = start("--config", config.toString());
        Client client = Client.of(daemon.port())) {
      assertThat(client.health()).isEqualTo(ServingStatus.SERVING);
      assertThat(client.capabilities().getServerVersion()).isEqualTo(Version.current());
      assertThat(Reflection.services(client)).contains("grpc.health.v1.Health");
      RecordedCall call = client.call().send(Frames.chunk((byte) 1));
      assertThat(call.errorInfo().getReason()).isEqualTo("FRAME_ORDER");
      daemon.terminate();
      assertThat(daemon.exitStatus()).isEqualTo(143);
      assertThat(daemon.errors().lines()).allMatch(line -> line.startsWith("{\"time\":\""));
    }
  }

  @Test
  void showsItsMetrics() throws Exception {
    try (DaemonProcess daemon = start("--port=0", "--metrics-port=0")) {
      daemon.port();
      String page = Web.get(daemon.metricsPort(), "/metrics").body();
      assertThat(page)
          .contains("mindconverter_conversions_total")
          .contains("jvm_memory_used_bytes");
    }
  }

  @Test
  void endsWithItsStarter() throws Exception {
    try (DaemonProcess daemon = start("--embedded", "--port=0")) {
      daemon.in().write("t0ken\n".getBytes(StandardCharsets.UTF_8));
      daemon.in().flush();
      try (Client client = Client.of(daemon.port(), "Bearer t0ken")) {
        assertThat(client.capabilities().getMaxChunkBytes()).isPositive();
      }
      daemon.in().close();
      assertThat(daemon.exitStatus()).isZero();
    }
  }

  @Test
  void callsItselfOnce() {
    try (DaemonProcess daemon = start("--once")) {
      assertThat(daemon.exitStatus()).isZero();
      assertThat(daemon.errors()).containsPattern("\"nodes\":[1-9][0-9]*,\"outcome\":\"ok\"");
    }
  }

  @Test
  void carriesNoNativeCodeAndNoSignatures() throws IOException {
    assertThat(Files.size(JAR)).isLessThan(20 * MEBIBYTE);
    try (JarFile jar = new JarFile(JAR.toFile())) {
      List<String> names = jar.stream().map(JarEntry::getName).toList();
      assertThat(names).noneMatch(name -> name.matches(".*\\.(so|dll|jnilib|dylib|SF|RSA|DSA)"));
      assertThat(names).doesNotHaveDuplicates();
    }
  }

  private DaemonProcess start(String... arguments) {
    return DaemonProcess.ofJar(folder, JAR, arguments);
  }
}
