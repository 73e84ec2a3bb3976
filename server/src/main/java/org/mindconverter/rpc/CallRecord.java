// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import java.time.Duration;
import java.util.OptionalLong;
import org.mindconverter.convert.ConversionSummary;
import org.mindconverter.metrics.ConversionMetrics;
import org.mindconverter.metrics.ConversionMetrics.Phase;
import org.mindconverter.request.ModelFormat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What one call did, kept for its log line and its metrics. */
final class CallRecord {
  private static final Logger LOG = LoggerFactory.getLogger("org.mindconverter.calls");

  private final String id;
  private final ConversionMetrics metrics;
  private final long began = System.nanoTime();
  private String format = ConversionMetrics.UNKNOWN_FORMAT;
  private Phase phase = Phase.UPLOAD;
  private long phaseBegan = began;
  private OptionalLong cancelled = OptionalLong.empty();
  private long nodes;

  CallRecord(String id, ConversionMetrics metrics) {
    this.id = id;
    this.metrics = metrics;
    metrics.began();
  }

  synchronized void format(ModelFormat is) {
    format = is.label();
  }

  /** The upload is whole, and waits for a worker. */
  synchronized void uploaded(long bytes) {
    metrics.modelSize(bytes);
    next(Phase.QUEUE);
  }

  /** A worker has begun. */
  synchronized void started() {
    next(Phase.CONVERT);
  }

  synchronized void converted(ConversionSummary summary) {
    nodes = summary.converted() + summary.placeholders();
    metrics.unsupportedOperators(summary.placeholders());
  }

  synchronized void cancelled(String source) {
    cancelled = OptionalLong.of(System.nanoTime());
    metrics.cancelled(source);
  }

  /**
   * Writes the line.
   *
   * @param outcome {@code ok}, or the reason of the failure
   */
  synchronized void end(String outcome, long receivedBytes, long sentBytes) {
    next(phase);
    metrics.ended(format, outcome);
    if (phase != Phase.CONVERT && cancelled.isEmpty()) {
      metrics.rejected(outcome);
    }
    cancelled.ifPresent(at -> metrics.cancelReleased(since(at)));
    LOG.atInfo()
        .addKeyValue("id", id)
        .addKeyValue("format", format)
        .addKeyValue("bytes", receivedBytes)
        .addKeyValue("sent", sentBytes)
        .addKeyValue("nodes", nodes)
        .addKeyValue("outcome", outcome)
        .addKeyValue("millis", since(began).toMillis())
        .log("conversion ended");
  }

  private void next(Phase following) {
    metrics.phase(format, phase, since(phaseBegan));
    phase = following;
    phaseBegan = System.nanoTime();
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
