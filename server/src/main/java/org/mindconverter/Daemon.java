// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import org.mindconverter.ServerConfig.Endpoint;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.convert.Engine;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.metrics.ConversionMetrics;
import org.mindconverter.metrics.MetricsEndpoint;
import org.mindconverter.metrics.PrometheusMeters;
import org.mindconverter.rpc.ConverterService;
import org.mindconverter.rpc.ServerFacts;
import org.mindconverter.rpc.WorkerPool;
import org.mindconverter.rpc.Workshop;
import org.mindconverter.rpc.transport.RpcServer;
import org.mindconverter.rpc.transport.RpcSettings;
import org.mindconverter.rpc.transport.TransportThreads;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.rpc.upload.Spool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running whole: wired by hand, listening once it is made. */
final class Daemon {
  private static final Logger LOG = LoggerFactory.getLogger(Daemon.class);

  private final ServerConfig config;
  private final ClosingStack parts;
  private final ConversionMetrics metrics;
  private final Optional<MetricsEndpoint> endpoint;
  private final RpcServer server;
  private volatile boolean stopping;

  private Daemon(ServerConfig config, Engine engine, Optional<String> token, ClosingStack parts)
      throws StartException {
    this.config = config;
    this.parts = parts;
    Optional<PrometheusMeters> meters =
        config.mode() == Mode.SERVICE
            ? Optional.of(parts.add(new PrometheusMeters(Version.current())))
            : Optional.empty();
    // A registry without others in it counts nothing, and costs nothing at start.
    metrics =
        new ConversionMetrics(
            meters.map(PrometheusMeters::registry).orElseGet(CompositeMeterRegistry::new));
    TransportThreads threads = parts.add(new TransportThreads());
    Spool spool = parts.add(spool(config));
    WorkerPool pool = parts.add(new WorkerPool(config.work().workers(), config.work().queue()));
    Limits limits = new Limits(config.maxUpload(), config.patience());
    ConverterService service =
        parts.add(
            new ConverterService(
                new Workshop(engine.converter(), spool, pool, limits, metrics),
                ServerFacts.of(Version.current(), limits, engine.operators())));
    watch(spool, pool);
    endpoint = meters.isPresent() ? Optional.of(endpoint(meters.get())) : Optional.empty();
    endpoint.ifPresent(parts::add);
    server = server(threads, service, token);
    LOG.atInfo()
        .addKeyValue("version", Version.current())
        .addKeyValue("address", address())
        .addKeyValue("metrics", metricsPort().map(config.metrics()::at).orElse("none"))
        .addKeyValue("spool", spool.root())
        .log("serving");
  }

  /** Starts everything, or nothing. */
  static Daemon start(ServerConfig config, Engine engine, Optional<String> token)
      throws StartException {
    ClosingStack parts = new ClosingStack();
    try {
      return new Daemon(config, engine, token, parts);
    } catch (StartException | RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  /** Where the service listens: {@code HOST:PORT}. */
  String address() {
    return config.rpc().at(server.port());
  }

  /** The port that the service listens on. */
  int port() {
    return server.port();
  }

  /** Where {@code /metrics} is, unless the daemon is private. */
  Optional<Integer> metricsPort() {
    return endpoint.map(MetricsEndpoint::port);
  }

  /**
   * Takes no more calls, lets those that run finish, and closes everything; once.
   *
   * @param drain after which calls are ended
   */
  synchronized void stop(Duration drain) {
    if (stopping) {
      return;
    }
    stopping = true;
    LOG.atInfo().addKeyValue("drainSeconds", drain.toSeconds()).log("stopping");
    try {
      server.stop(drain);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    parts.close();
    LOG.info("stopped");
  }

  private void watch(Spool spool, WorkerPool pool) {
    metrics.gauge("mindconverter.queue.length", "Calls that wait.", pool::queueLength);
    metrics.gauge(
        "mindconverter.workers", "Workers, by what they do.", pool::busyWorkers, "state", "busy");
    metrics.gauge(
        "mindconverter.workers",
        "Workers, by what they do.",
        () -> pool.workers() - pool.busyWorkers(),
        "state",
        "idle");
    metrics.gauge("mindconverter.temp.bytes", "Bytes of uploads on disk.", spool::usedBytes);
    metrics.gauge("mindconverter.temp.limit.bytes", "Bytes that they may have.", spool::limitBytes);
  }

  private MetricsEndpoint endpoint(PrometheusMeters meters) throws StartException {
    try {
      return MetricsEndpoint.start(config.metrics().address(), meters::scrape, () -> !stopping);
    } catch (IOException e) {
      throw portTaken(config.metrics(), "--metrics-port");
    }
  }

  private RpcServer server(
      TransportThreads threads, ConverterService service, Optional<String> token)
      throws StartException {
    RpcSettings settings = new RpcSettings(config.rpc().address(), token, config.reflection());
    try {
      return RpcServer.start(settings, threads, service, metrics);
    } catch (IOException e) {
      throw portTaken(config.rpc(), "--port");
    }
  }

  private static Spool spool(ServerConfig config) throws StartException {
    try {
      Files.createDirectories(config.spoolDir());
      long free = Files.getFileStore(config.spoolDir()).getUsableSpace();
      return Spool.open(config.spoolDir(), config.spoolLimit().orElse(free / 10 * 9));
    } catch (IOException e) {
      throw new StartException(
          ErrorCode.START_FAILED,
          "the folder '%s' cannot hold the spool (%s)"
              .formatted(config.spoolDir(), e.getClass().getSimpleName()),
          "Name a writable one with --spool-dir");
    }
  }

  private static StartException portTaken(Endpoint endpoint, String flag) {
    return new StartException(
        ErrorCode.START_FAILED,
        "cannot listen on %s:%d".formatted(endpoint.host(), endpoint.port()),
        "It may be taken: name another one with " + flag);
  }
}
