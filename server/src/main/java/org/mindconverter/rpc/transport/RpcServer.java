// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.transport;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.util.concurrent.DefaultThreadFactory;
import io.grpc.netty.shaded.io.netty.util.concurrent.Future;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.mindconverter.metrics.ConversionMetrics;
import org.mindconverter.rpc.ConverterService;
import org.mindconverter.rpc.RequestId;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.v1.ConverterGrpc;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The port: what listens on it, and what a client may do to it. */
public final class RpcServer {
  private static final Logger LOG = LoggerFactory.getLogger(RpcServer.class);

  private static final int MAX_CALLS_PER_CONNECTION = 32;
  // Who opens and resets calls in a loop is sent away.
  private static final int MAX_RESETS = 100;
  private static final int RESET_WINDOW_SECONDS = 10;
  private static final Duration LAST_WORDS = Duration.ofMillis(250);

  private final HealthStatusManager health = new HealthStatusManager();
  private final OpenCalls openCalls = new OpenCalls(ConverterGrpc.SERVICE_NAME);
  private final EventLoopGroup acceptor = loops("grpc-accept", 1);
  private final EventLoopGroup loops = loops("grpc-io", Math.max(2, cores()));
  private final ExecutorService callbacks =
      Executors.newFixedThreadPool(Math.max(4, 2 * cores()), threads("grpc-call"));
  private final ConverterService service;
  private final Server server;

  private RpcServer(RpcSettings settings, ConverterService service, ConversionMetrics metrics) {
    this.service = service;
    NettyServerBuilder builder = builder(settings.address());
    builder.addService(TolerantParsing.of(service.bindService()));
    builder.addService(health.getHealthService());
    if (settings.reflection()) {
      builder.addService(ProtoReflectionServiceV1.newInstance());
    }
    // The last one is asked first.
    builder.intercept(openCalls);
    settings
        .token()
        .map(token -> new TokenInterceptor(token, metrics::unauthenticated))
        .ifPresent(builder::intercept);
    builder.intercept(new MetricCollectingServerInterceptor(metrics.registry()));
    builder.intercept(new RequestId());
    server = builder.build();
  }

  /**
   * Listens.
   *
   * @throws IOException when the address cannot be had
   */
  public static RpcServer start(
      RpcSettings settings, ConverterService service, ConversionMetrics metrics)
      throws IOException {
    RpcServer server = new RpcServer(settings, service, metrics);
    try {
      server.server.start();
    } catch (IOException e) {
      server.releaseThreads();
      throw e;
    }
    server.health.setStatus(ConverterGrpc.SERVICE_NAME, ServingStatus.SERVING);
    return server;
  }

  /** The port it listens on. */
  public int port() {
    return server.getPort();
  }

  /**
   * Takes no more calls, lets those that run finish, and stops.
   *
   * @param atMost after which calls are ended
   */
  public void stop(Duration atMost) throws InterruptedException {
    health.enterTerminalState();
    server.shutdown();
    if (!openCalls.awaitNone(atMost)) {
      service.stopCalls();
      openCalls.awaitNone(LAST_WORDS);
    }
    server.shutdownNow();
    server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    releaseThreads();
  }

  private NettyServerBuilder builder(InetSocketAddress address) {
    // NIO everywhere: the faster transports want native code, unpacked into a folder of the
    // machine.
    return NettyServerBuilder.forAddress(address)
        .channelType(NioServerSocketChannel.class)
        .bossEventLoopGroup(acceptor)
        .workerEventLoopGroup(loops)
        .executor(callbacks)
        .maxInboundMessageSize(Limits.MAX_MESSAGE_BYTES)
        .maxInboundMetadataSize(Limits.MAX_METADATA_BYTES)
        .maxConcurrentCallsPerConnection(MAX_CALLS_PER_CONNECTION)
        .maxRstFramesPerWindow(MAX_RESETS, RESET_WINDOW_SECONDS)
        .maxConnectionIdle(5, TimeUnit.MINUTES)
        .keepAliveTime(30, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true);
  }

  private void releaseThreads() {
    callbacks.shutdown();
    for (EventLoopGroup group : List.of(acceptor, loops)) {
      long millis = LAST_WORDS.toMillis();
      Future<?> end = group.shutdownGracefully(0, millis, TimeUnit.MILLISECONDS);
      if (!end.awaitUninterruptibly(2 * millis)) {
        LOG.warn("an event loop does not end");
      }
    }
  }

  private static EventLoopGroup loops(String name, int threads) {
    return new MultiThreadIoEventLoopGroup(threads, threads(name), NioIoHandler.newFactory());
  }

  private static ThreadFactory threads(String name) {
    return new DefaultThreadFactory(name, true);
  }

  private static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
