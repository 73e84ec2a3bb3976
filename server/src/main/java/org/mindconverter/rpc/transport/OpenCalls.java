// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.transport;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The calls that a stopping server waits for: those whose last byte is not sent yet.
 *
 * <p>Not health watches and reflection: their clients never end them.
 */
final class OpenCalls implements ServerInterceptor {
  private final String service;
  private final Set<Object> calls = ConcurrentHashMap.newKeySet();

  OpenCalls(String service) {
    this.service = service;
  }

  @Override
  public <Q, R> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    if (!service.equals(call.getMethodDescriptor().getServiceName())) {
      return next.startCall(call, headers);
    }
    calls.add(call);
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onComplete() {
        ended(call);
        super.onComplete();
      }

      @Override
      public void onCancel() {
        ended(call);
        super.onCancel();
      }
    };
  }

  /** Waits until there are none; false when there still are after that time. */
  synchronized boolean awaitNone(Duration atMost) throws InterruptedException {
    long until = System.nanoTime() + atMost.toNanos();
    while (!calls.isEmpty()) {
      long millis = (until - System.nanoTime()) / 1_000_000;
      if (millis <= 0) {
        return false;
      }
      wait(millis);
    }
    return true;
  }

  private void ended(Object call) {
    calls.remove(call);
    synchronized (this) {
      notifyAll();
    }
  }
}
