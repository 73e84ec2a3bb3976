// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mindconverter.testing.Frames.chunk;
import static org.mindconverter.testing.Frames.model;
import static org.mindconverter.testing.Frames.spec;
import static org.mindconverter.testing.Frames.upload;

import io.grpc.CallOptions;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindconverter.RunningDaemon.Config;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.testing.Client;
import org.mindconverter.testing.Eventually;
import org.mindconverter.testing.Fakes;
import org.mindconverter.testing.Gate;
import org.mindconverter.testing.RecordedCall;
import org.mindconverter.testing.Reflection;
import org.mindconverter.testing.Web;
import org.mindconverter.v1.Capabilities;

@Timeout(60)
final class DaemonTest {
  private static final String TOKEN = "s3cret";

  @TempDir private Path folder;

  @Test
  void convertsOverARealConnection() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo());
        Client client = daemon.client()) {
      RecordedCall call = client.call().send(upload()).halfClose();
      assertThat(call.status().isOk()).isTrue();
      assertThat(call.frames()).last().matches(frame -> frame.hasSummary());
    }
  }

  @Test
  void tellsWhatItIsAndAccepts() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo());
        Client client = daemon.client()) {
      Capabilities capabilities = client.capabilities();
      assertThat(capabilities.getServerVersion()).isEqualTo(Version.current());
      assertThat(capabilities.getMaxChunkBytes()).isEqualTo(1 << 20);
      assertThat(capabilities.getMaxUploadBytes()).isEqualTo(64 << 20);
      assertThat(capabilities.getOperatorsList())
          .singleElement()
          .satisfies(
              operator -> {
                assertThat(operator.getType()).isEqualTo("Conv");
                assertThat(operator.getSinceVersionsList()).containsExactly(1, 11);
              });
    }
  }

  @Test
  void letsInWhoHasTheToken() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo(), Optional.of(TOKEN));
        Client client = Client.of(daemon.port(), "bearer " + TOKEN)) {
      assertThat(client.capabilities().getServerVersion()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "s3cret",
        "Bearer",
        "Bearer ",
        "Bearer s3cre",
        "Bearer s3cret ",
        "Basic s3cret"
      })
  void keepsOutWhoHasNoToken(String authorization) throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo(), Optional.of(TOKEN));
        Client client = Client.of(daemon.port(), authorization)) {
      RecordedCall call = client.call();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(call.errorInfo().getReason()).isEqualTo("UNAUTHENTICATED");
      assertThat(call.errorInfo().getMetadataMap()).containsEntry("code", "0000007");
      assertThat(catchThrowableOfType(StatusRuntimeException.class, client::capabilities))
          .isNotNull();
      assertThat(client.health()).isEqualTo(ServingStatus.SERVING);
    }
  }

  @Test
  void describesItselfUnlessToldNotTo() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo());
        Client client = daemon.client()) {
      assertThat(Reflection.services(client)).contains("mindconverter.v1.Converter");
      assertThat(Reflection.descriptorsOf(client, "mindconverter.v1.ConvertRequest")).isPositive();
    }
    Config silent = config().reflection(false);
    try (RunningDaemon daemon = new RunningDaemon(silent, Fakes.echo(), Optional.empty());
        Client client = daemon.client()) {
      assertThatThrownBy(() -> Reflection.services(client)).hasMessageContaining("UNIMPLEMENTED");
    }
  }

  @Test
  void refusesGarbageAsFramesOutOfOrder() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo());
        Client client = daemon.client()) {
      MethodDescriptor<byte[], byte[]> raw =
          MethodDescriptor.newBuilder(new Bytes(), new Bytes())
              .setType(MethodType.UNARY)
              .setFullMethodName("mindconverter.v1.Converter/Convert")
              .build();
      StatusRuntimeException failure =
          catchThrowableOfType(
              StatusRuntimeException.class,
              () ->
                  ClientCalls.blockingUnaryCall(
                      client.channel(), raw, CallOptions.DEFAULT, new byte[] {-1, -1, -1}));
      assertThat(failure.getStatus().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    }
  }

  @Test
  void refusesMessagesAboveFourMebibytes() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo());
        Client client = daemon.client()) {
      RecordedCall call = client.call().send(spec(), model("m"), chunk(new byte[5 << 20]));
      assertThat(call.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      Eventually.holds(() -> daemon.callFolders() == 0);
      assertThat(client.call().send(upload()).halfClose().status().isOk()).isTrue();
    }
  }

  @Test
  void refusesMetadataAboveEightKibibytes() throws Exception {
    Metadata headers = new Metadata();
    headers.put(Metadata.Key.of("filler", Metadata.ASCII_STRING_MARSHALLER), "x".repeat(20_000));
    try (RunningDaemon daemon = start(Fakes.echo());
        Client client = daemon.client()) {
      RecordedCall call =
          RecordedCall.open(
              client.stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers)));
      assertThat(call.status().isOk()).isFalse();
      assertThat(client.call().send(upload()).halfClose().status().isOk()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "模", "\uD83D\uDE00", "%", "\n"})
  void getsLongErrorsThroughToItsClients(String filler) throws Exception {
    String text = filler.repeat(100_000);
    ModelConverter refusing =
        (files, options, sink) -> {
          throw new ConversionException(ErrorCode.MALFORMED_GRAPH, text, text, text);
        };
    try (RunningDaemon daemon = start(refusing);
        Client client = daemon.client()) {
      RecordedCall call = client.call().send(upload()).halfClose();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(call.errorInfo().getReason()).isEqualTo("MALFORMED_GRAPH");
    }
  }

  @Test
  void letsRunningCallsFinishWhenItStops() throws Exception {
    Gate gate = new Gate();
    try (RunningDaemon daemon = start(gate);
        Client client = daemon.client()) {
      RecordedCall running = client.call().send(upload()).halfClose();
      gate.awaitWorking(1);
      RecordedCall sending = client.call().send(spec(), model("m"), chunk((byte) 1));
      Eventually.holds(() -> daemon.callFolders() == 2);
      CompletableFuture<Void> stopped = daemon.stop(Duration.ofSeconds(30));
      Eventually.holds(() -> Web.get(daemon.metricsPort(), "/ready").statusCode() == 503);
      assertThat(Web.get(daemon.metricsPort(), "/live").statusCode()).isEqualTo(200);
      Eventually.holds(() -> !accepts(daemon.port()));
      try (Client late = daemon.client()) {
        assertThat(late.call().status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
      assertThat(stopped).isNotDone();
      gate.open();
      assertThat(running.status().isOk()).isTrue();
      assertThat(sending.halfClose().status().isOk()).isTrue();
      stopped.get(20, TimeUnit.SECONDS);
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void endsRunningCallsAfterTheDrainTime() throws Exception {
    Gate gate = new Gate();
    try (RunningDaemon daemon = start(gate);
        Client client = daemon.client()) {
      RecordedCall running = client.call().send(upload()).halfClose();
      gate.awaitWorking(1);
      daemon.stop(Duration.ofMillis(300)).get(20, TimeUnit.SECONDS);
      assertThat(running.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      assertThat(running.errorInfo().getReason()).isEqualTo("SHUTTING_DOWN");
      assertThat(gate.working()).isZero();
      assertThat(folder).isEmptyDirectory();
    }
  }

  @Test
  void showsWhatItCounts() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo());
        Client client = daemon.client()) {
      assertThat(client.call().send(upload()).halfClose().status().isOk()).isTrue();
      assertThat(client.call().send(model("m")).status().isOk()).isFalse();
      String page = Web.get(daemon.metricsPort(), "/metrics").body();
      assertThat(page)
          .contains("mindconverter_conversions_total{code=\"ok\",format=\"onnx\"} 1.0")
          .contains("mindconverter_conversions_total{code=\"FRAME_ORDER\",format=\"unknown\"} 1.0")
          .contains(
              "mindconverter_conversion_duration_seconds_bucket{format=\"onnx\",phase=\"convert\",le=\"0.1\"}"
                  + " ")
          .contains("mindconverter_received_bytes_total 3.0")
          .containsPattern("mindconverter_sent_bytes_total [1-9]")
          .contains("mindconverter_conversions_in_progress 0.0")
          .contains("mindconverter_queue_length 0.0")
          .contains("mindconverter_workers{state=\"idle\"} 2.0")
          .contains("mindconverter_temp_bytes 0.0")
          .contains("mindconverter_temp_limit_bytes ")
          .contains("mindconverter_unsupported_ops_total 1.0")
          .contains("mindconverter_rejected_total{reason=\"FRAME_ORDER\"} 1.0")
          .contains("mindconverter_queue_wait_seconds_count 1")
          .contains("mindconverter_model_size_bytes_count 1")
          .containsPattern("mindconverter_build_info\\{java=\".+\",version=\"[0-9.]+\"} 1")
          .contains("grpc_server_processing_duration_seconds_count")
          .contains("jvm_memory_used_bytes")
          .contains("process_start_time_seconds");
    }
  }

  @Test
  void answersNothingButItsPages() throws Exception {
    try (RunningDaemon daemon = start(Fakes.echo())) {
      int port = daemon.metricsPort();
      assertThat(Web.get(port, "/ready").statusCode()).isEqualTo(200);
      assertThat(Web.get(port, "/live").statusCode()).isEqualTo(200);
      assertThat(Web.get(port, "/").statusCode()).isEqualTo(404);
      assertThat(Web.get(port, "/metrics/../x").statusCode()).isEqualTo(404);
      assertThat(Web.send("POST", port, "/metrics").statusCode()).isEqualTo(405);
      assertThat(Web.send("HEAD", port, "/metrics").body()).isEmpty();
    }
  }

  @Test
  void saysWhichPortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (Config config :
          List.of(
              config().port(taken.getLocalPort()), config().metricsPort(taken.getLocalPort()))) {
        StartException failure =
            catchThrowableOfType(
                StartException.class,
                () -> new RunningDaemon(config, Fakes.echo(), Optional.empty()));
        assertThat(failure.exitStatus()).isEqualTo(1);
        assertThat(failure.line())
            .startsWith("[StartError] code: 0000012, msg: ")
            .contains("127.0.0.1:" + taken.getLocalPort())
            .hasLineCount(1);
        assertThat(folder).isEmptyDirectory();
      }
    }
  }

  @Test
  void saysThatItsSpoolCannotBe() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    StartException failure =
        catchThrowableOfType(
            StartException.class,
            () -> new RunningDaemon(config().spoolDir(file), Fakes.echo(), Optional.empty()));
    assertThat(failure.exitStatus()).isEqualTo(1);
    assertThat(failure.line()).contains("--spool-dir");
  }

  @Test
  void showsNoMetricsWhenItIsEmbedded() throws Exception {
    try (RunningDaemon daemon =
            new RunningDaemon(config().mode(Mode.EMBEDDED), Fakes.echo(), Optional.of(TOKEN));
        Client client = Client.of(daemon.port(), "Bearer " + TOKEN)) {
      assertThat(daemon.hasMetrics()).isFalse();
      assertThat(client.call().send(upload()).halfClose().status().isOk()).isTrue();
    }
  }

  private RunningDaemon start(ModelConverter converter) throws StartException {
    return start(converter, Optional.empty());
  }

  private RunningDaemon start(ModelConverter converter, Optional<String> token)
      throws StartException {
    return new RunningDaemon(config(), converter, token);
  }

  private Config config() {
    return new Config(0, 0, folder, true, Mode.SERVICE);
  }

  private static boolean accepts(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  /** Sends bytes as they are. */
  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] bytes) {
      return new ByteArrayInputStream(bytes);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
