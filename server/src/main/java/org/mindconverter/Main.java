// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.mindconverter.convert.Conversion;
import org.mindconverter.convert.Engine;
import org.mindconverter.frontend.ReaderLimits;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** Starts the daemon, and ends it. */
public final class Main {
  static final int FAILED = 1;
  static final int BAD_USAGE = 2;

  private static final Logger LOG = LoggerFactory.getLogger(Main.class);

  private final IntFunction<Engine> engines;

  /** A program around engines, each made for a number of conversions at a time. */
  Main(IntFunction<Engine> engines) {
    this.engines = engines;
  }

  /** Runs until a signal, or until the process it is embedded in ends. */
  public static void main(String[] arguments) throws InterruptedException {
    System.exit(new Main(Main::engine).run(arguments));
  }

  /** What the daemon converts with. The one place where the service and the work meet. */
  private static Engine engine(int workers) {
    ReaderLimits limits = ReaderLimits.forHeap(Runtime.getRuntime().maxMemory() / workers);
    Conversion conversion = new Conversion(Version.current(), limits);
    return new Engine(conversion, conversion.operators());
  }

  /** Returns the exit status. */
  int run(String... arguments) throws InterruptedException {
    // Its texts are English, and its numbers have ASCII digits, whoever's machine it runs on.
    Locale.setDefault(Locale.ROOT);
    // grpc-java logs through java.util.logging.
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
    try {
      Settings.Request request = new Settings(System.getenv()).read(arguments);
      request.print().ifPresent(System.out::print);
      if (request.config().isPresent()) {
        serve(request.config().get());
      }
      return 0;
    } catch (StartException e) {
      System.err.println(e.line());
      return e.exitStatus();
    }
  }

  private void serve(ServerConfig config) throws StartException, InterruptedException {
    switch (config.mode()) {
      case ONCE -> new Rehearsal(config, engine(config)).run();
      case EMBEDDED -> {
        Daemon daemon = start(config, Optional.of(Tokens.read(System.in)));
        awaitEndOfStarter();
        daemon.stop(Duration.ZERO); // nobody is left to read what it would finish
      }
      case SERVICE -> {
        start(config, Tokens.read(config.tokenFile()));
        new CountDownLatch(1).await(); // a signal runs the hook below, and ends the process
      }
    }
  }

  private Daemon start(ServerConfig config, Optional<String> token) throws StartException {
    Daemon daemon = Daemon.start(config, engine(config), token);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> daemon.stop(config.drain()), "stop"));
    // The only line on standard output: whoever started the daemon waits for it.
    System.out.println("listening on " + daemon.address());
    System.out.flush();
    return daemon;
  }

  private Engine engine(ServerConfig config) {
    return engines.apply(config.work().workers());
  }

  /** Standard input is a pipe from the starter, whose system closes it however the starter ends. */
  private static void awaitEndOfStarter() {
    try {
      while (System.in.read() >= 0) {
        // Nothing more is to be said; only the end counts.
      }
    } catch (IOException e) {
      LOG.warn("standard input broke; taken for the end of the starter", e);
    }
  }
}
