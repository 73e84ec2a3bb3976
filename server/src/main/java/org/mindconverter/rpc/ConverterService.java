// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.v1.Capabilities;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.ConverterGrpc;
import org.mindconverter.v1.GetCapabilitiesRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames in, frames out. */
public final class ConverterService extends ConverterGrpc.ConverterImplBase
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConverterService.class);

  private final Workshop shop;
  private final Capabilities capabilities;
  private final Set<ConvertCall> calls = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(ConverterService::clockThread);
  private final ScheduledFuture<?> ticking;

  /** A service that tells those capabilities of itself. */
  public ConverterService(Workshop shop, Capabilities capabilities) {
    this.shop = shop;
    this.capabilities = capabilities;
    Duration tick = shop.limits().patience().dividedBy(4);
    ticking =
        clock.scheduleWithFixedDelay(
            this::requirePace, tick.toNanos(), tick.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public StreamObserver<ConvertRequest> convert(StreamObserver<ConvertResponse> responses) {
    ConvertCall call =
        new ConvertCall((ServerCallStreamObserver<ConvertResponse>) responses, shop, calls::remove);
    calls.add(call);
    return call;
  }

  @Override
  public void getCapabilities(
      GetCapabilitiesRequest request, StreamObserver<Capabilities> responses) {
    responses.onNext(capabilities);
    responses.onCompleted();
  }

  /** Ends every call that runs now. */
  public void stopCalls() {
    ConversionException reason =
        new ConversionException(
            ErrorCode.SHUTTING_DOWN, "", "the server is stopping", "send it to another one");
    calls.forEach(call -> call.stop(reason));
  }

  @Override
  public void close() {
    ticking.cancel(false);
    clock.shutdown();
  }

  private void requirePace() {
    try {
      calls.forEach(ConvertCall::requirePace);
    } catch (RuntimeException e) {
      // Thrown on, it would stop the clock for good.
      LOG.error("could not check the pace of a call", e);
    }
  }

  private static Thread clockThread(Runnable task) {
    Thread thread = new Thread(task, "pace");
    thread.setDaemon(true);
    return thread;
  }
}
