// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.metrics.ConversionMetrics;
import org.mindconverter.rpc.ConverterService;
import org.mindconverter.rpc.RequestId;
import org.mindconverter.rpc.ServerFacts;
import org.mindconverter.rpc.WorkerPool;
import org.mindconverter.rpc.Workshop;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.rpc.upload.Spool;
import org.mindconverter.v1.ConverterGrpc;
import org.mindconverter.v1.ConverterGrpc.ConverterStub;

/** The service with everything but a port: its pool, its spool and its metrics are real. */
public final class InProcess implements AutoCloseable {
  public static final Limits LIMITS = new Limits(8 << 20, Duration.ofSeconds(30));

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final Spool spool;
  private final WorkerPool pool;
  private final ConverterService service;
  private final Server server;
  private final ManagedChannel channel;

  public InProcess(Path folder, ModelConverter converter) {
    this(folder, converter, new WorkerPool(2, 2), LIMITS);
  }

  public InProcess(Path folder, ModelConverter converter, WorkerPool pool, Limits limits) {
    this.pool = pool;
    try {
      spool = Spool.open(folder, 64 << 20);
      Workshop shop = new Workshop(converter, spool, pool, limits, new ConversionMetrics(registry));
      service = new ConverterService(shop, ServerFacts.of("1.2.3", limits, List.of()));
      String name = UUID.randomUUID().toString();
      server =
          InProcessServerBuilder.forName(name)
              .addService(service)
              .intercept(new RequestId())
              .build()
              .start();
      channel = InProcessChannelBuilder.forName(name).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public ConverterStub stub() {
    return ConverterGrpc.newStub(channel);
  }

  public RecordedCall call() {
    return RecordedCall.open(stub());
  }

  public ConverterService service() {
    return service;
  }

  public Spool spool() {
    return spool;
  }

  public WorkerPool pool() {
    return pool;
  }

  /** The sum of a counter over the tags not said. */
  public double count(String name, String... tags) {
    return registry.find(name).tags(tags).counters().stream().mapToDouble(c -> c.count()).sum();
  }

  /** Waits until no call has left anything. */
  public void awaitIdle() {
    Eventually.holds(() -> pool.busyWorkers() == 0 && pool.queueLength() == 0 && isSpoolEmpty());
  }

  public boolean isSpoolEmpty() {
    String[] left = spool.root().toFile().list((folder, name) -> name.startsWith("call-"));
    return spool.usedBytes() == 0 && left != null && left.length == 0;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
    Eventually.holds(() -> channel.isTerminated() && server.isTerminated());
    service.close();
    pool.close();
    try {
      spool.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
