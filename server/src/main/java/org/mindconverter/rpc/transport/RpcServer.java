// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.transport;

import io.grpc.Server;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.protobuf.services.HealthStatusManager;
import io.grpc.protobuf.services.ProtoReflectionServiceV1;
import io.micrometer.core.instrument.binder.grpc.MetricCollectingServerInterceptor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.mindconverter.metrics.ConversionMetrics;
import org.mindconverter.rpc.ConverterService;
import org.mindconverter.rpc.RequestId;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.v1.ConverterGrpc;

/** The port: what listens on it, and what a client may do to it. */
public final class RpcServer {
  private static final int MAX_CALLS_PER_CONNECTION = 32;
  // Who opens and resets calls in a loop is sent away.
  private static final int MAX_RESETS = 100;
  private static final int RESET_WINDOW_SECONDS = 10;
  private static final Duration LAST_WORDS = Duration.ofSeconds(2);

  private final HealthStatusManager health = new HealthStatusManager();
  private final OpenCalls openCalls = new OpenCalls(ConverterGrpc.SERVICE_NAME);
  private final ConverterService service;
  private final Server server;

  private RpcServer(
      RpcSettings settings,
      TransportThreads threads,
      ConverterService service,
      ConversionMetrics metrics) {
    this.service = service;
    NettyServerBuilder builder = builder(settings.address(), threads);
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
      RpcSettings settings,
      TransportThreads threads,
      ConverterService service,
      ConversionMetrics metrics)
      throws IOException {
    RpcServer server = new RpcServer(settings, threads, service, metrics);
    server.server.start();
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
    // Clients hang up once they have their status. Reset before, a call loses it on some of them.
    if (!server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
      server.shutdownNow();
      server.awaitTermination(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private static NettyServerBuilder builder(InetSocketAddress address, TransportThreads threads) {
    return NettyServerBuilder.forAddress(address)
        .channelType(NioServerSocketChannel.class)
        .bossEventLoopGroup(threads.acceptor())
        .workerEventLoopGroup(threads.io())
        .executor(threads.callbacks())
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
}
