// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.Frames.chunk;
import static org.mindconverter.testing.Frames.chunks;
import static org.mindconverter.testing.Frames.external;
import static org.mindconverter.testing.Frames.model;
import static org.mindconverter.testing.Frames.spec;
import static org.mindconverter.testing.Frames.upload;

import com.google.protobuf.ByteString;
import com.google.rpc.RetryInfo;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.MetadataUtils;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.convert.ConversionSink.OutputKind;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.testing.Eventually;
import org.mindconverter.testing.Fakes;
import org.mindconverter.testing.Gate;
import org.mindconverter.testing.InProcess;
import org.mindconverter.testing.RecordedCall;
import org.mindconverter.v1.ConversionSummary;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.ConvertResponse.FrameCase;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;
import org.mindconverter.v1.Phase;
import org.mindconverter.v1.ReportEntry;
import org.mindconverter.v1.Severity;

@Timeout(60)
final class ConverterServiceTest {
  @TempDir private Path folder;

  @Test
  void answersWithEverythingAndTheSummaryLast() {
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call = server.call().send(upload()).halfClose();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.OK);
      assertThat(call.frames())
          .extracting(ConvertResponse::getFrameCase)
          .containsExactly(
              FrameCase.PROGRESS,
              FrameCase.PROGRESS,
              FrameCase.FILE,
              FrameCase.CHUNK,
              FrameCase.FILE,
              FrameCase.CHUNK,
              FrameCase.REPORT_ENTRY,
              FrameCase.WEIGHT_MAPPING,
              FrameCase.SUMMARY);
      assertThat(call.frames().get(0).getProgress().getPhase()).isEqualTo(Phase.PHASE_QUEUED);
      assertThat(call.frames().get(2).getFile())
          .isEqualTo(
              FileHeader.newBuilder()
                  .setPath("net.py")
                  .setKind(FileKind.FILE_KIND_SCRIPT)
                  .setSizeBytes(15)
                  .build());
      assertThat(call.frames().get(5).getChunk())
          .isEqualTo(ByteString.copyFrom(new byte[] {1, 2, 3}));
      ReportEntry entry = call.frames().get(6).getReportEntry();
      assertThat(entry.getSeverity()).isEqualTo(Severity.SEVERITY_CONVERTED);
      assertThat(entry.getPath()).isEqualTo("net.py");
      assertThat(entry.getLine()).isEqualTo(12);
      ConversionSummary summary = call.frames().get(8).getSummary();
      assertThat(summary.getConvertedOperators()).isEqualTo(3);
      assertThat(summary.getPlaceholderOperators()).isEqualTo(1);
    }
  }

  @Test
  void answersOneByteChunksLikeLargeOnes() {
    byte[] bytes = new byte[5_003];
    new Random(2).nextBytes(bytes);
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall small = server.call().send(spec(), model("m")).send(chunks(bytes, 1));
      RecordedCall large = server.call().send(spec(), model("m"));
      large.send(chunks(bytes, Limits.MAX_CHUNK_BYTES));
      assertThat(small.halfClose().status().isOk()).isTrue();
      assertThat(large.halfClose().status().isOk()).isTrue();
      assertThat(small.frames()).isEqualTo(large.frames());
    }
  }

  @Test
  void cutsFilesIntoChunksOfOneMebibyte() {
    long size = 2L * Limits.MAX_CHUNK_BYTES + 5;
    try (InProcess server = new InProcess(folder, Fakes.flood(size))) {
      RecordedCall call = server.call().send(upload()).halfClose();
      assertThat(call.status().isOk()).isTrue();
      assertThat(call.frames())
          .filteredOn(ConvertResponse::hasChunk)
          .extracting(frame -> frame.getChunk().size())
          .containsExactly(Limits.MAX_CHUNK_BYTES, Limits.MAX_CHUNK_BYTES, 5);
    }
  }

  @Test
  void handsExternalDataToTheConverter() {
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call =
          server
              .call()
              .send(spec(), model("m"), chunk((byte) 1), external("w"), chunk((byte) 2))
              .halfClose();
      assertThat(call.status().isOk()).isTrue();
      assertThat(call.frames())
          .anyMatch(f -> f.getChunk().equals(ByteString.copyFrom(new byte[] {1, 2})));
    }
  }

  @Test
  void endsWithErrorInfoWhenTheFramesAreOutOfOrder() {
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call = server.call().send(model("m"));
      assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(call.errorInfo().getReason()).isEqualTo("FRAME_ORDER");
      assertThat(call.errorInfo().getDomain()).isEqualTo("mindconverter");
      assertThat(call.errorInfo().getMetadataMap())
          .containsEntry("code", "0000004")
          .containsKeys("origin", "remedy");
      assertThat(call.frames()).isEmpty();
      server.awaitIdle();
    }
  }

  @Test
  void ignoresWhatAClientSendsAfterItsCallHasFailed() {
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call =
          server.call().send(model("m"), spec(), model("m"), chunk((byte) 1)).halfClose();
      assertThat(call.errorInfo().getReason()).isEqualTo("FRAME_ORDER");
      server.awaitIdle();
    }
  }

  @Test
  void endsWithWhatTheConverterFoundWrong() {
    ModelConverter refusing =
        (files, options, sink) -> {
          throw new ConversionException(
              ErrorCode.MALFORMED_MODEL, "/a/Conv", "it is cut short", "export it again");
        };
    try (InProcess server = new InProcess(folder, refusing)) {
      RecordedCall call = server.call().send(upload()).halfClose();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(call.status().getDescription()).isEqualTo("it is cut short");
      assertThat(call.errorInfo().getReason()).isEqualTo("MALFORMED_MODEL");
      assertThat(call.errorInfo().getMetadataMap())
          .containsEntry("code", "1000001")
          .containsEntry("origin", "/a/Conv")
          .containsEntry("remedy", "export it again");
      assertThat(server.count("mindconverter.conversions", "code", "MALFORMED_MODEL")).isEqualTo(1);
      server.awaitIdle();
    }
  }

  @Test
  void tellsNothingOfItsInsidesWhenItFailsByADefect() {
    List<ModelConverter> defects =
        List.of(
            (files, options, sink) -> {
              throw new IllegalStateException("secret of " + files.model());
            },
            (files, options, sink) -> {
              throw new IOException("secret of " + files.model());
            },
            (files, options, sink) -> {
              throw new StackOverflowError("secret of " + files.model());
            });
    for (ModelConverter defect : defects) {
      try (InProcess server = new InProcess(folder, defect)) {
        RecordedCall call = server.call().send(upload()).halfClose();
        assertThat(call.status().getCode()).isEqualTo(Status.Code.INTERNAL);
        assertThat(call.status().getDescription()).doesNotContain("secret");
        assertThat(call.errorInfo().toString()).doesNotContain("secret");
        assertThat(call.errorInfo().getReason()).isEqualTo("INTERNAL");
        server.awaitIdle();
      }
    }
  }

  @Test
  void refusesAModelThatTakesAllTheMemory() {
    ModelConverter hungry =
        (files, options, sink) -> {
          throw new OutOfMemoryError("Java heap space");
        };
    try (InProcess server = new InProcess(folder, hungry)) {
      RecordedCall call = server.call().send(upload()).halfClose();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
      assertThat(call.errorInfo().getReason()).isEqualTo("LIMIT_EXCEEDED");
      server.awaitIdle();
    }
  }

  @Test
  void endsADefectiveConversionThatBreaksItsOwnPromise() {
    ModelConverter liar =
        (files, options, sink) -> {
          sink.file(OutputKind.SCRIPT, "net.py", 10, out -> out.write(1));
          return Fakes.SUMMARY;
        };
    try (InProcess server = new InProcess(folder, liar)) {
      RecordedCall call = server.call().send(upload()).halfClose();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.INTERNAL);
      assertThat(call.frames()).noneMatch(ConvertResponse::hasSummary);
    }
  }

  @Test
  void refusesWithABreatherWhenTheQueueIsFull() {
    Gate gate = new Gate();
    try (InProcess server = new InProcess(folder, gate, new WorkerPool(1, 1), InProcess.LIMITS)) {
      RecordedCall working = server.call().send(upload()).halfClose();
      gate.awaitWorking(1);
      RecordedCall late = server.call().send(spec(), model("m")); // was let in when there was room
      late.send(chunk((byte) 1));
      Eventually.holds(() -> server.spool().usedBytes() == 4);
      RecordedCall waiting = server.call().send(upload()).halfClose();
      Eventually.holds(() -> server.pool().queueLength() == 1);

      RecordedCall early = server.call().send(spec());
      late.halfClose();
      for (RecordedCall refused : List.of(early, late)) {
        assertThat(refused.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(refused.errorInfo().getReason()).isEqualTo("BUSY");
        RetryInfo retry = refused.detail(RetryInfo.class).orElseThrow();
        assertThat(retry.getRetryDelay().getSeconds()).isPositive();
      }
      assertThat(server.count("mindconverter.rejected", "reason", "BUSY")).isEqualTo(2);
      gate.open();
      assertThat(working.status().isOk()).isTrue();
      assertThat(waiting.status().isOk()).isTrue();
      server.awaitIdle();
    }
  }

  @Test
  void sendsTheRequestIdBack() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    Metadata sent = new Metadata();
    sent.put(RequestId.HEADER, "job-7");
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call =
          RecordedCall.open(
              server
                  .stub()
                  .withInterceptors(
                      MetadataUtils.newAttachHeadersInterceptor(sent),
                      MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)));
      assertThat(call.send(upload()).halfClose().status().isOk()).isTrue();
      assertThat(headers.get().get(RequestId.HEADER)).isEqualTo("job-7");
      assertThat(trailers.get().get(RequestId.HEADER)).isEqualTo("job-7");
    }
  }

  @Test
  void givesACallANameWhenItsOwnIsNotPlain() {
    AtomicReference<Metadata> headers = new AtomicReference<>();
    AtomicReference<Metadata> trailers = new AtomicReference<>();
    Metadata sent = new Metadata();
    sent.put(RequestId.HEADER, "{\"forged\": 1}");
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call =
          RecordedCall.open(
              server
                  .stub()
                  .withInterceptors(
                      MetadataUtils.newAttachHeadersInterceptor(sent),
                      MetadataUtils.newCaptureMetadataInterceptor(headers, trailers)));
      assertThat(call.send(model("m")).status().isOk()).isFalse();
      assertThat(trailers.get().get(RequestId.HEADER)).matches("[0-9a-f-]{36}");
    }
  }
}
