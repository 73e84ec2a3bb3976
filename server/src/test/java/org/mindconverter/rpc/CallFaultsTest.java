// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.Frames.chunk;
import static org.mindconverter.testing.Frames.model;
import static org.mindconverter.testing.Frames.spec;
import static org.mindconverter.testing.Frames.upload;

import io.grpc.Status;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.convert.ConversionSink.OutputKind;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.testing.Eventually;
import org.mindconverter.testing.Fakes;
import org.mindconverter.testing.Gate;
import org.mindconverter.testing.InProcess;
import org.mindconverter.testing.RecordedCall;
import org.mindconverter.v1.ConvertResponse;

@Timeout(60)
final class CallFaultsTest {
  // 250 ms is what is promised; tests share their cores with other builds.
  private static final Duration SOON = Duration.ofSeconds(1);

  @TempDir private Path folder;

  @Test
  void forgetsAnUploadThatIsCancelledMidway() {
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call = server.call().send(spec(), model("m", 100), chunk((byte) 1));
      Eventually.holds(() -> server.spool().usedBytes() == 1);
      call.cancel();
      Eventually.holds(SOON, server::isSpoolEmpty);
      Eventually.holds(() -> server.count("mindconverter.conversions", "code", "CANCELLED") == 1);
      assertThat(server.count("mindconverter.cancelled", "source", "client")).isEqualTo(1);
    }
  }

  @Test
  void refusesAnUploadThatEndsTooEarly() {
    try (InProcess server = new InProcess(folder, Fakes.echo())) {
      RecordedCall call = server.call().send(spec(), model("m", 100), chunk((byte) 1)).halfClose();
      assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
      assertThat(call.errorInfo().getReason()).isEqualTo("MALFORMED_MODEL");
      assertThat(call.errorInfo().getMetadataMap()).containsEntry("origin", "m");
      server.awaitIdle();
    }
  }

  @Test
  void freesTheWorkerAndTheSpoolWhenACallIsCancelledMidFile() {
    try (InProcess server = new InProcess(folder, Fakes.flood(1L << 40))) {
      RecordedCall call = RecordedCall.openUnread(server.stub()).send(upload()).halfClose();
      call.request(4);
      call.await(ConvertResponse::hasChunk);
      assertThat(server.pool().busyWorkers()).isEqualTo(1);
      call.cancel();
      Eventually.holds(SOON, () -> server.pool().busyWorkers() == 0 && server.isSpoolEmpty());
    }
  }

  @Test
  void freesTheWorkerWhenTheDeadlinePasses() {
    Gate gate = new Gate();
    try (InProcess server = new InProcess(folder, gate)) {
      RecordedCall call =
          RecordedCall.open(server.stub().withDeadlineAfter(300, TimeUnit.MILLISECONDS));
      call.send(upload()).halfClose();
      gate.awaitWorking(1);
      assertThat(call.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      Eventually.holds(SOON, () -> gate.working() == 0 && server.isSpoolEmpty());
      server.awaitIdle();
    }
  }

  @Test
  void interruptsWorkThatDoesNotAskItsSink() {
    ModelConverter absorbed =
        (files, options, sink) -> {
          if (options.name().equals("endless")) {
            while (true) {
              Cancellation.check();
              Thread.onSpinWait();
            }
          }
          return Fakes.SUMMARY;
        };
    try (InProcess server =
        new InProcess(folder, absorbed, new WorkerPool(1, 1), InProcess.LIMITS)) {
      RecordedCall.open(server.stub().withDeadlineAfter(300, TimeUnit.MILLISECONDS))
          .send(spec("endless"), model("m"), chunk((byte) 1))
          .halfClose();
      Eventually.holds(() -> server.pool().busyWorkers() == 1);
      Eventually.holds(
          () -> server.count("mindconverter.conversions", "code", "DEADLINE_EXCEEDED") == 1);
      Eventually.holds(SOON, () -> server.pool().busyWorkers() == 0 && server.isSpoolEmpty());
      RecordedCall next = server.call().send(upload()).halfClose();
      assertThat(next.status().isOk()).isTrue();
    }
  }

  @Test
  void freesTheWorkerThatWaitsForItsReaderWhenTheDeadlinePasses() {
    try (InProcess server = new InProcess(folder, Fakes.flood(1L << 40))) {
      RecordedCall call =
          RecordedCall.openUnread(server.stub().withDeadlineAfter(300, TimeUnit.MILLISECONDS));
      call.send(upload()).halfClose();
      Eventually.holds(() -> server.pool().busyWorkers() == 1);
      assertThat(call.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      Eventually.holds(SOON, () -> server.pool().busyWorkers() == 0 && server.isSpoolEmpty());
    }
  }

  @Test
  void takesACancelledCallOutOfTheQueue() {
    Gate gate = new Gate();
    try (InProcess server = new InProcess(folder, gate, new WorkerPool(1, 1), InProcess.LIMITS)) {
      RecordedCall working = server.call().send(upload()).halfClose();
      gate.awaitWorking(1);
      RecordedCall waiting = server.call().send(upload()).halfClose();
      Eventually.holds(() -> server.pool().queueLength() == 1);
      waiting.cancel();
      Eventually.holds(SOON, () -> server.pool().queueLength() == 0);
      gate.open();
      assertThat(working.status().isOk()).isTrue();
      server.awaitIdle();
    }
  }

  @Test
  void makesNoMoreThanItsReaderTakes() {
    AtomicLong made = new AtomicLong();
    ModelConverter counting =
        (files, options, sink) -> {
          for (int i = 0; i < 1_000; i++) {
            byte[] bytes = new byte[Limits.MAX_CHUNK_BYTES];
            sink.file(OutputKind.CHECKPOINT, "f" + i, bytes.length, out -> out.write(bytes));
            made.incrementAndGet();
          }
          return Fakes.SUMMARY;
        };
    try (InProcess server = new InProcess(folder, counting)) {
      RecordedCall call = RecordedCall.openUnread(server.stub()).send(upload()).halfClose();
      for (int asked = 0; asked < 40; asked += 4) {
        call.request(4);
        int want = asked + 4;
        Eventually.holds(() -> call.frames().size() == want);
        assertThat(made.get()).isLessThanOrEqualTo(want);
      }
      call.cancel();
      server.awaitIdle();
    }
  }

  @Test
  void endsACallWhoseClientNeverReads() {
    Limits hasty = new Limits(1 << 20, Duration.ofMillis(300));
    try (InProcess server =
        new InProcess(folder, Fakes.flood(1L << 40), new WorkerPool(1, 1), hasty)) {
      RecordedCall call = RecordedCall.openUnread(server.stub()).send(upload()).halfClose();
      Eventually.holds(
          () -> server.count("mindconverter.conversions", "code", "DEADLINE_EXCEEDED") == 1);
      server.awaitIdle();
      call.request(100);
      assertThat(call.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(call.errorInfo().getReason()).isEqualTo("DEADLINE_EXCEEDED");
    }
  }

  @Test
  void endsACallWhoseUploadComesToAHalt() {
    Limits hasty = new Limits(1 << 20, Duration.ofMillis(300));
    try (InProcess server = new InProcess(folder, Fakes.echo(), new WorkerPool(1, 1), hasty)) {
      RecordedCall call = server.call().send(spec(), model("m"), chunk((byte) 1));
      assertThat(call.status().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
      assertThat(call.errorInfo().getReason()).isEqualTo("DEADLINE_EXCEEDED");
      server.awaitIdle();
    }
  }

  @Test
  void doesNotHurryAClientThatSendsSteadily() {
    Limits hasty = new Limits(1 << 20, Duration.ofSeconds(1));
    try (InProcess server = new InProcess(folder, Fakes.echo(), new WorkerPool(1, 1), hasty)) {
      RecordedCall call = server.call().send(spec(), model("m"));
      for (int i = 0; i < 30; i++) {
        call.send(chunk(new byte[1_000]));
        Eventually.pause(Duration.ofMillis(50));
      }
      assertThat(call.halfClose().status().isOk()).isTrue();
    }
  }

  @Test
  void tellsEveryRunningCallThatTheServerStops() {
    Gate gate = new Gate();
    try (InProcess server = new InProcess(folder, gate, new WorkerPool(1, 1), InProcess.LIMITS)) {
      RecordedCall working = server.call().send(upload()).halfClose();
      gate.awaitWorking(1);
      RecordedCall uploading = server.call().send(spec(), model("m"), chunk((byte) 1));
      Eventually.holds(() -> server.spool().usedBytes() == 4); // let in while there is room
      RecordedCall waiting = server.call().send(upload()).halfClose();
      Eventually.holds(() -> server.pool().queueLength() == 1);
      server.service().stopCalls();
      for (RecordedCall call : List.of(working, uploading, waiting)) {
        assertThat(call.status().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(call.errorInfo().getReason()).isEqualTo("SHUTTING_DOWN");
      }
      server.awaitIdle();
    }
  }

  @Test
  void keepsServingWhileClientsComeAndGo() {
    try (InProcess server =
        new InProcess(folder, Fakes.flood(3 << 20), new WorkerPool(2, 64), InProcess.LIMITS)) {
      for (int i = 0; i < 40; i++) {
        RecordedCall call = server.call().send(upload());
        if (i % 2 == 0) {
          call.halfClose();
        }
        Eventually.pause(Duration.ofMillis(i % 7));
        call.cancel();
      }
      RecordedCall last = server.call().send(upload()).halfClose();
      assertThat(last.status().isOk()).isTrue();
      server.awaitIdle();
    }
  }
}
