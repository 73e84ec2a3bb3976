// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.transport;

import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The threads that move bytes, and those that run the calls' callbacks.
 *
 * <p>To be closed after the workers have ended: they write to the event loops until then.
 */
public final class TransportThreads implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TransportThreads.class);
  private static final long CLOSING_MILLIS = 250;

  private final EventLoopGroup acceptor = loops("grpc-accept", 1);
  private final EventLoopGroup io = loops("grpc-io", Math.max(2, cores()));
  // Bounded: a callback writes at most one chunk to disk, and never waits for another one.
  private final ExecutorService callbacks =
      Executors.newFixedThreadPool(Math.max(4, 2 * cores()), threads("grpc-call"));

  EventLoopGroup acceptor() {
    return acceptor;
  }

  EventLoopGroup io() {
    return io;
  }

  Executor callbacks() {
    return callbacks;
  }

  @Override
  public void close() {
    callbacks.shutdown();
    for (EventLoopGroup group : List.of(acceptor, io)) {
      Future<?> end = group.shutdownGracefully(0, CLOSING_MILLIS, TimeUnit.MILLISECONDS);
      if (!end.awaitUninterruptibly(2 * CLOSING_MILLIS)) {
        LOG.warn("an event loop does not end");
      }
    }
  }

  private static EventLoopGroup loops(String name, int count) {
    // NIO: the faster transports want native code, unpacked into a folder of the machine.
    return new MultiThreadIoEventLoopGroup(count, threads(name), NioIoHandler.newFactory());
  }

  private static ThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
