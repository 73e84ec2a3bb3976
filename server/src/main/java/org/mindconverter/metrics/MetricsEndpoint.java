// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.metrics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Plain HTTP beside the service: {@code /metrics}, {@code /live}, {@code /ready}. */
public final class MetricsEndpoint implements AutoCloseable {
  private static final String PLAIN = "text/plain; charset=utf-8";
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService threads;
  private final Map<String, Supplier<Page>> pages;

  private MetricsEndpoint(
      HttpServer server, ExecutorService threads, Map<String, Supplier<Page>> pages) {
    this.server = server;
    this.threads = threads;
    this.pages = pages;
  }

  /**
   * Listens.
   *
   * @param metrics the page in Prometheus' format
   * @param ready whether calls are taken
   */
  public static MetricsEndpoint start(
      InetSocketAddress address, Supplier<String> metrics, BooleanSupplier ready)
      throws IOException {
    // Who does not finish a request, or does not read the answer, must not keep a thread for ever.
    System.setProperty("sun.net.httpserver.maxReqTime", "10");
    System.setProperty("sun.net.httpserver.maxRspTime", "30");
    HttpServer server = HttpServer.create(address, 0);
    ExecutorService threads = Executors.newFixedThreadPool(2, MetricsEndpoint::thread);
    server.setExecutor(threads);
    Map<String, Supplier<Page>> pages =
        Map.of(
            "/metrics", () -> new Page(200, PROMETHEUS, metrics.get()),
            "/live", () -> new Page(200, PLAIN, "live\n"),
            "/ready",
                () ->
                    ready.getAsBoolean()
                        ? new Page(200, PLAIN, "ready\n")
                        : new Page(503, PLAIN, "stopping\n"));
    MetricsEndpoint endpoint = new MetricsEndpoint(server, threads, pages);
    server.createContext("/", endpoint::answer);
    server.start();
    return endpoint;
  }

  /** The port it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Page page = page(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
      byte[] body = page.text().getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      exchange.getResponseHeaders().set("Content-Type", page.type());
      exchange.sendResponseHeaders(page.status(), head ? -1 : body.length);
      if (!head) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Page page(String method, String path) {
    if (!method.equals("GET") && !method.equals("HEAD")) {
      return new Page(405, PLAIN, "use GET\n");
    }
    return Optional.ofNullable(pages.get(path))
        .map(Supplier::get)
        .orElseGet(() -> new Page(404, PLAIN, "there are /metrics, /live and /ready\n"));
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "metrics");
    thread.setDaemon(true);
    return thread;
  }

  private record Page(int status, String type, String text) {}
}
