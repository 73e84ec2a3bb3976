// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.BaseUnits;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.DoubleSupplier;
import java.util.stream.DoubleStream;

/**
 * What the daemon counts, by name. No label ever carries text from a model.
 *
 * <p>Label values are known beforehand: formats, phases, and the names of error codes.
 */
public final class ConversionMetrics {
  /** The format of a call that ended before it named one. */
  public static final String UNKNOWN_FORMAT = "unknown";

  private static final Duration[] SECONDS_OF_WORK =
      millis(100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 120_000, 300_000, 600_000);
  private static final Duration[] SECONDS_OF_WAITING =
      millis(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000);
  private static final double[] MODEL_SIZES =
      DoubleStream.iterate(1 << 20, size -> size <= 64L << 30, size -> size * 4).toArray();

  private final MeterRegistry registry;
  private final AtomicInteger inProgress = new AtomicInteger();
  private final Counter received;
  private final Counter sent;
  private final Counter unsupported;
  private final DistributionSummary modelSize;
  private final Timer queueWait;
  private final Timer cancelRelease;

  /** What a call does one after the other. */
  public enum Phase {
    /** Its files arrive. */
    UPLOAD,
    /** It waits for a worker. */
    QUEUE,
    /** A worker converts and sends. */
    CONVERT
  }

  /** Counts into that registry. */
  public ConversionMetrics(MeterRegistry registry) {
    this.registry = registry;
    received = bytes("mindconverter.received", "Bytes of files that clients sent.");
    sent = bytes("mindconverter.sent", "Bytes of frames that were sent to clients.");
    unsupported =
        Counter.builder("mindconverter.unsupported.ops")
            .description("Operators that became placeholders.")
            .register(registry);
    modelSize =
        DistributionSummary.builder("mindconverter.model.size")
            .description("Bytes of whole uploads.")
            .baseUnit(BaseUnits.BYTES)
            .serviceLevelObjectives(MODEL_SIZES)
            .register(registry);
    queueWait = timer("mindconverter.queue.wait", "Time that calls waited for a worker.");
    cancelRelease =
        timer("mindconverter.cancel.release", "Time from a cancellation to the end of its work.");
    gauge("mindconverter.conversions.in.progress", "Calls not ended.", inProgress::get);
    conversions("onnx", "ok"); // a rate needs a first value, before there is a first conversion
  }

  /** Where everything is counted. */
  public MeterRegistry registry() {
    return registry;
  }

  /** Shows a value that changes by itself, such as the length of the queue. */
  public void gauge(String name, String description, DoubleSupplier value, String... tags) {
    Gauge.builder(name, value::getAsDouble).description(description).tags(tags).register(registry);
  }

  /** A call has begun. */
  public void began() {
    inProgress.incrementAndGet();
  }

  /** A call has ended. */
  public void ended(String format, String code) {
    inProgress.decrementAndGet();
    conversions(format, code).increment();
  }

  /** A call was in that phase for so long. */
  public void phase(String format, Phase phase, Duration took) {
    Timer.builder("mindconverter.conversion.duration")
        .description("Time that calls spent in each phase.")
        .tags("format", format, "phase", phase.name().toLowerCase(Locale.ROOT))
        .serviceLevelObjectives(SECONDS_OF_WORK)
        .register(registry)
        .record(took);
    if (phase == Phase.QUEUE) {
      queueWait.record(took);
    }
  }

  /** Bytes of files have arrived. */
  public void received(long bytes) {
    received.increment((double) bytes);
  }

  /** Frames have been sent. */
  public void sent(long bytes) {
    sent.increment((double) bytes);
  }

  /** An upload is whole. */
  public void modelSize(long bytes) {
    modelSize.record((double) bytes);
  }

  /** Operators became placeholders. */
  public void unsupportedOperators(long count) {
    unsupported.increment((double) count);
  }

  /** A call was refused before any work was done for it. */
  public void rejected(String reason) {
    Counter.builder("mindconverter.rejected")
        .description("Calls that were refused before any work was done for them.")
        .tag("reason", reason)
        .register(registry)
        .increment();
  }

  /** A call carried no valid token. */
  public void unauthenticated() {
    rejected("UNAUTHENTICATED");
  }

  /** A call was cancelled by its client or its deadline. */
  public void cancelled(String source) {
    Counter.builder("mindconverter.cancelled")
        .description("Calls that were cancelled.")
        .tag("source", source)
        .register(registry)
        .increment();
  }

  /** The work of a cancelled call has ended. */
  public void cancelReleased(Duration took) {
    cancelRelease.record(took);
  }

  private Counter conversions(String format, String code) {
    return Counter.builder("mindconverter.conversions")
        .description("Calls that ended, by outcome.")
        .tags("format", format, "code", code)
        .register(registry);
  }

  private Counter bytes(String name, String description) {
    return Counter.builder(name)
        .description(description)
        .baseUnit(BaseUnits.BYTES)
        .register(registry);
  }

  private Timer timer(String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(SECONDS_OF_WAITING)
        .register(registry);
  }

  private static Duration[] millis(long... millis) {
    return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
  }
}
