// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import java.io.IOException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalLong;
import org.mindconverter.convert.ConversionSink;
import org.mindconverter.convert.ConversionSummary;
import org.mindconverter.convert.WeightRow;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.Finding;
import org.mindconverter.diag.FindingCode;
import org.mindconverter.diag.Severity;

/** Sends what a conversion yields to its client. For one worker thread. */
final class ResponseSink implements ConversionSink {
  /** Findings of one kind that are sent; of more only the number. */
  static final int MAX_FINDINGS_PER_CODE = 10_000;

  private static final long PROGRESS_NANOS = Duration.ofMillis(100).toNanos();

  private final FrameWriter frames;
  private final String script;
  private final Map<FindingCode, Integer> findings = new EnumMap<>(FindingCode.class);
  private OptionalLong lastProgress = OptionalLong.empty();

  /**
   * A sink that tells findings of a script by its path.
   *
   * @param script relative to the output folder
   */
  ResponseSink(FrameWriter frames, String script) {
    this.frames = frames;
    this.script = script;
  }

  @Override
  public void file(OutputKind kind, String path, long size, FileContent content)
      throws IOException, ConversionException {
    frames.send(ResponseFrames.header(kind, path, size));
    ChunkStream chunks = new ChunkStream(frames);
    try {
      content.writeTo(chunks);
      chunks.finish();
    } catch (ChunkStream.CallEndedException e) {
      throw e.reason();
    }
    if (size >= 0 && chunks.written() != size) {
      throw new IllegalStateException(
          "%s announced %d bytes and wrote %d".formatted(kind, size, chunks.written()));
    }
  }

  @Override
  public void finding(Finding finding) throws ConversionException {
    int count = findings.merge(finding.code(), 1, Integer::sum);
    if (count <= MAX_FINDINGS_PER_CODE) {
      frames.send(ResponseFrames.finding(finding, script));
    } else {
      frames.check();
    }
  }

  @Override
  public void weight(WeightRow row) throws ConversionException {
    frames.send(ResponseFrames.weight(row));
  }

  @Override
  public void progress(Phase phase, long done, long total) throws ConversionException {
    long now = System.nanoTime();
    if (lastProgress.isPresent() && now - lastProgress.getAsLong() < PROGRESS_NANOS) {
      frames.check();
      return;
    }
    lastProgress = OptionalLong.of(now);
    frames.send(ResponseFrames.progress(phase, done, total));
  }

  /** Sends the last frame of success. */
  void summary(ConversionSummary summary) throws ConversionException {
    for (Map.Entry<FindingCode, Integer> entry : findings.entrySet()) {
      int more = entry.getValue() - MAX_FINDINGS_PER_CODE;
      if (more > 0) {
        frames.send(ResponseFrames.finding(leftOut(entry.getKey(), more), script));
      }
    }
    frames.send(ResponseFrames.summary(summary));
  }

  private static Finding leftOut(FindingCode code, int more) {
    return new Finding(
        Severity.WARNING,
        FindingCode.NOTE,
        "",
        "",
        Finding.Place.NONE,
        "%d more findings of the kind %s were left out.".formatted(more, code));
  }
}
