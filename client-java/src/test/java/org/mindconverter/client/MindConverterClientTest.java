// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.FileKind;
import org.mindconverter.v1.ModelFormat;

@Timeout(60)
class MindConverterClientTest {
  private static final int MEBIBYTE = 1 << 20;
  private static final ConvertResponse SCRIPT = Frames.file(FileKind.FILE_KIND_SCRIPT, "net.py", 4);

  @TempDir Path folder;
  private Path model;
  private Path output;

  @BeforeEach
  void storeAModel() throws IOException {
    model = Files.write(folder.resolve("net.onnx"), OnnxBytes.relu().toByteArray());
    output = folder.resolve("output");
  }

  @Test
  void returnsFilesReportAndWeightMap() throws Exception {
    Consumer<StreamObserver<ConvertResponse>> script =
        sending(
            Frames.progress(),
            Frames.finding("converted"),
            SCRIPT,
            Frames.chunk("pa"),
            Frames.chunk("ss"),
            Frames.file(FileKind.FILE_KIND_CHECKPOINT, "net.ckpt", 7),
            Frames.chunk("weights"),
            Frames.weight("conv1.weight"),
            Frames.summary(1));
    try (FakeServer server = FakeServer.answering(script);
        MindConverterClient client = MindConverterClient.of(server.settings())) {
      ConversionResult result = client.convert(model, output);

      assertThat(result.script()).isEqualTo(output.resolve("net.py")).hasContent("pass");
      assertThat(result.checkpoint()).hasValue(output.resolve("net.ckpt"));
      assertThat(output.resolve("net.ckpt")).hasContent("weights");
      assertThat(result.report()).extracting("message").containsExactly("converted");
      assertThat(result.weightMap().get(0).getConverted(0).getName()).isEqualTo("conv1.weight");
      assertThat(result.summary().getConvertedOperators()).isEqualTo(3);
      assertThat(result.isComplete()).isFalse();
      assertThat(filesIn(output)).containsExactlyInAnyOrder("net.py", "net.ckpt");
    }
  }

  @Test
  void sendsTheModelAndTheDataBesideItInChunks() throws Exception {
    byte[] weights = new byte[MEBIBYTE + 5];
    Arrays.fill(weights, (byte) 7);
    Files.write(folder.resolve("net.bin"), weights);
    ByteString bytes = OnnxBytes.model(OnnxBytes.externalTensor("net.bin"));
    Files.write(model, bytes.toByteArray());
    try (FakeServer server = FakeServer.answering(emptyNetwork());
        MindConverterClient client = MindConverterClient.of(server.settings())) {
      client.convert(ConversionRequest.of(model, output).with(spec -> spec.setProducer("a test")));

      List<ConvertRequest> sent = server.requests;
      assertThat(sent).hasSize(6);
      assertThat(sent.get(0).getSpec().getName()).isEqualTo("net");
      assertThat(sent.get(0).getSpec().getProducer()).isEqualTo("a test");
      assertThat(sent.get(0).getSpec().getModelFormat()).isEqualTo(ModelFormat.MODEL_FORMAT_ONNX);
      assertThat(sent.get(1).getFile().getKind()).isEqualTo(FileKind.FILE_KIND_MODEL);
      assertThat(sent.get(1).getFile().getSizeBytes()).isEqualTo(bytes.size());
      assertThat(sent.get(2).getChunk()).isEqualTo(bytes);
      assertThat(sent.get(3).getFile().getKind()).isEqualTo(FileKind.FILE_KIND_EXTERNAL_DATA);
      assertThat(sent.get(3).getFile().getPath()).isEqualTo("net.bin");
      assertThat(sent.get(4).getChunk().size()).isEqualTo(MEBIBYTE);
      assertThat(sent.get(4).getChunk().concat(sent.get(5).getChunk()).toByteArray())
          .isEqualTo(weights);
    }
  }

  @Test
  void carriesTheTokenAndNeverPrintsIt() throws Exception {
    try (FakeServer server = FakeServer.answering(emptyNetwork())) {
      ClientSettings settings = server.settings().withToken("hush");
      try (MindConverterClient client = MindConverterClient.of(settings)) {
        client.convert(model, output);
      }
      assertThat(server.tokens).containsExactly("Bearer hush");
      assertThat(settings.toString()).doesNotContain("hush");
    }
  }

  @Test
  void tellsWhatTheServerTells() throws Exception {
    try (FakeServer server = FakeServer.answering(r -> r.onError(Frames.malformedModel()))) {
      ConversionFailedException failure = failureOf(server.settings());

      assertThat(failure.reason()).isEqualTo("MALFORMED_MODEL");
      assertThat(failure.code()).isEqualTo("1000001");
      assertThat(failure.origin()).isEqualTo("conv1");
      assertThat(failure.remedy()).isEqualTo("export it again");
      assertThat(failure)
          .hasMessage(
              "[MALFORMED_MODEL] code: 1000001, msg: conv1: the tensor is cut short;"
                  + " export it again");
    }
  }

  @Test
  void namesTheAddressWhereNobodyListens() throws Exception {
    ClientSettings gone;
    try (FakeServer server = FakeServer.answering(emptyNetwork())) {
      gone = server.settings();
    }
    ConversionFailedException failure = failureOf(gone);

    assertThat(failure.reason()).isEqualTo("SERVER_UNREACHABLE");
    assertThat(failure.origin()).isEqualTo(gone.target());
  }

  @Test
  void givesUpAtItsDeadline() throws Exception {
    try (FakeServer server = FakeServer.answering(r -> {})) {
      ConversionFailedException failure =
          failureOf(server.settings().withDeadline(Duration.ofMillis(300)));

      assertThat(failure.reason()).isEqualTo("DEADLINE_EXCEEDED");
    }
  }

  @Test
  void leavesNothingWhenTheAnswerBreaksOff() throws Exception {
    assertBroken(SCRIPT, Frames.chunk("pass"));
    assertBroken(SCRIPT, Frames.chunk("pas"), Frames.summary(0));
    assertBroken(Frames.chunk("pass"), Frames.summary(0));
    assertBroken(Frames.summary(0));
    assertBroken(SCRIPT, Frames.chunk("pass"), SCRIPT, Frames.chunk("pass"), Frames.summary(0));
    assertBroken(Frames.file(FileKind.FILE_KIND_SCRIPT, "../net.py", 0), Frames.summary(0));
  }

  @Test
  void leavesNothingWhenTheServerFailsMidway() throws Exception {
    Consumer<StreamObserver<ConvertResponse>> script =
        responses -> {
          responses.onNext(SCRIPT);
          responses.onNext(Frames.chunk("pass"));
          responses.onError(Frames.malformedModel());
        };
    try (FakeServer server = FakeServer.answering(script)) {
      failureOf(server.settings());

      assertThat(filesIn(output)).isEmpty();
      assertThat(output.getParent().resolve("net.py")).doesNotExist();
    }
  }

  @Test
  void keepsExistingFilesUnlessAskedToReplaceThem() throws Exception {
    Files.createDirectory(output);
    Path old = Files.writeString(output.resolve("net.py"), "old");
    try (FakeServer server = FakeServer.answering(emptyNetwork());
        MindConverterClient client = MindConverterClient.of(server.settings())) {
      ConversionFailedException failure =
          catchThrowableOfType(
              ConversionFailedException.class, () -> client.convert(model, output));
      assertThat(failure.code()).isEqualTo("2000002");
      assertThat(old).hasContent("old");
      assertThat(server.requests).isEmpty();

      client.convert(ConversionRequest.of(model, output).replacing());
      assertThat(old).hasContent("pass");
    }
  }

  @Test
  void cancelsTheCallWhenItsThreadIsInterrupted() throws Exception {
    try (FakeServer server = FakeServer.answering(r -> {});
        MindConverterClient client = MindConverterClient.of(server.settings())) {
      AtomicReference<Throwable> seen = new AtomicReference<>();
      Thread caller =
          new Thread(() -> seen.set(catchThrowable(() -> client.convert(model, output))));
      caller.start();
      assertThat(server.uploaded.await(30, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      caller.join();

      assertThat(seen.get()).isInstanceOf(InterruptedException.class);
      assertThat(server.cancelled.await(30, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void namesTheResultAfterTheFileInLettersThatAServerTakes() {
    assertThat(ConversionRequest.of(Path.of("my model.v2.onnx"), output).spec().getName())
        .isEqualTo("my_model.v2");
    assertThat(ConversionRequest.of(Path.of(".hidden"), output).spec().getName())
        .isEqualTo("_hidden");
  }

  private void assertBroken(ConvertResponse... frames) throws Exception {
    try (FakeServer server = FakeServer.answering(sending(frames))) {
      assertThat(failureOf(server.settings()).reason()).isEqualTo("BROKEN_ANSWER");
      assertThat(filesIn(output)).isEmpty();
    }
  }

  private ConversionFailedException failureOf(ClientSettings settings) {
    try (MindConverterClient client = MindConverterClient.of(settings)) {
      return catchThrowableOfType(
          ConversionFailedException.class, () -> client.convert(model, output));
    }
  }

  private static Consumer<StreamObserver<ConvertResponse>> emptyNetwork() {
    return sending(SCRIPT, Frames.chunk("pass"), Frames.summary(0));
  }

  private static Consumer<StreamObserver<ConvertResponse>> sending(ConvertResponse... frames) {
    return responses -> {
      for (ConvertResponse frame : frames) {
        responses.onNext(frame);
      }
      responses.onCompleted();
    };
  }

  private static List<String> filesIn(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
