// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;
import org.mindconverter.request.ModelFormat;
import org.mindconverter.testing.Discarding;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph.Node;
import org.mindconverter.testing.OnnxTensor;

@Timeout(300)
final class CancelledConversionTest {
  private static final int NODES = 8_000;
  private static final int MOMENTS = 12;
  private static final int WARMING = 4;

  // What is promised is a fraction of this; tests share their cores with other builds.
  private static final Duration SOON = Duration.ofSeconds(1);

  private static final ConversionOptions OPTIONS = ConversionOptions.of(ModelFormat.ONNX, "large");

  private final Conversion conversion = new Conversion("1.2.3", ReaderLimits.forHeap(1 << 30));

  @TempDir private Path folder;

  @Test
  void endsSoonWhereverItIs() throws Exception {
    ModelFiles files = large().files(folder);
    converted(files); // once for the classes that have to be loaded
    Duration whole = Duration.ofDays(1);
    for (int i = 0; i < WARMING; i++) { // it becomes faster while it is compiled
      long began = System.nanoTime();
      converted(files);
      Duration taken = Duration.ofNanos(System.nanoTime() - began);
      whole = taken.compareTo(whole) < 0 ? taken : whole;
    }
    int cancelled = 0;
    for (int i = 0; i < MOMENTS; i++) {
      cancelled += cancelledAfter(whole.multipliedBy(i).dividedBy(MOMENTS), files) ? 1 : 0;
    }
    // The last ones may come too late where the machine is faster now than it was then.
    assertThat(cancelled).isGreaterThan(MOMENTS / 2);
  }

  private boolean cancelledAfter(Duration delay, ModelFiles files) throws Exception {
    FutureTask<ConversionSummary> task = new FutureTask<>(() -> converted(files));
    Thread worker = new Thread(task, "to be cancelled");
    worker.start();
    worker.join(Math.max(1, delay.toMillis()));
    StackTraceElement[] where = worker.getStackTrace();
    long asked = System.nanoTime();
    worker.interrupt();
    worker.join();
    assertThat(Duration.ofNanos(System.nanoTime() - asked))
        .as("cancelled after %s in %s", delay, Arrays.toString(where))
        .isLessThan(SOON);
    try {
      return task.get().converted() < 0;
    } catch (ExecutionException e) {
      assertThat(e.getCause())
          .isInstanceOfSatisfying(
              ConversionException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED));
      return true;
    }
  }

  private ConversionSummary converted(ModelFiles files) throws Exception {
    return conversion.convert(files, OPTIONS, new Discarding());
  }

  @Test
  void endsWhileItReadsWeights() throws Exception {
    ModelFiles files = large().files(folder);
    Discarding interrupting =
        new Discarding() {
          @Override
          public void file(OutputKind kind, String path, long size, FileContent content)
              throws IOException, ConversionException {
            if (kind == OutputKind.CHECKPOINT) {
              content.writeTo(new InterruptsItsWriter());
            }
          }
        };
    ConversionException failure =
        catchThrowableOfType(
            ConversionException.class, () -> conversion.convert(files, OPTIONS, interrupting));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(failure.code()).isEqualTo(ErrorCode.CANCELLED);
  }

  private static final class InterruptsItsWriter extends OutputStream {
    @Override
    public void write(int b) {
      Thread.currentThread().interrupt();
    }
  }

  /** Every fourth node has a weight; blocks have names of their own. */
  private static OnnxBytes large() {
    OnnxBytes model = OnnxBytes.model().input("v0", FLOAT32, 4, 4);
    for (int i = 0; i < NODES; i++) {
      String name = "/layer%d/block%d/%d".formatted(i / 400, i / 40, i);
      String next = "v" + (i + 1);
      switch (i % 4) {
        case 0 -> {
          model.initializer(OnnxTensor.floats("w" + i, dims(4, 4), new float[16]));
          model.node(Node.of("MatMul", "v%d, w%d -> %s".formatted(i, i, next)).named(name));
        }
        case 1 ->
            model.node(Node.of("Add", "v%d, v%d -> %s".formatted(i, i - 1, next)).named(name));
        default -> model.node(Node.of("Relu", "v%d -> %s".formatted(i, next)).named(name));
      }
    }
    return model.output("v" + NODES, FLOAT32, 4, 4);
  }
}
