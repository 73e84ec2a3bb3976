// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.mindconverter.ServerConfig.Endpoint;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.ServerConfig.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The daemon's command line. Every setting has its environment variable and its config key. */
@Command(
    name = "mindconverter-server",
    sortOptions = false,
    usageHelpWidth = 100,
    customSynopsis = "java -jar mindconverter-server.jar [OPTION]...",
    description = "Converts PyTorch and ONNX models to MindSpore, over gRPC.%n",
    footer = {
      "",
      "A flag wins over its environment variable, that over the --config file, that over the"
          + " default.",
      "SIZE is a number of bytes, or one with KiB, MiB, GiB or TiB."
    })
final class Flags {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "A properties file: the names below without dashes in front are its keys. "
              + "[MINDCONVERTER_CONFIG]")
  private Optional<Path> config = Optional.empty();

  @Option(
      names = "--host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Address to listen on; default ${DEFAULT-VALUE}. Others than the machine's own need "
              + "--insecure. [MINDCONVERTER_HOST]")
  private String host = "";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Port to listen on, 0 for a free one; default 50051. [MINDCONVERTER_PORT]")
  private Optional<Integer> port = Optional.empty();

  @Option(
      names = "--metrics-host",
      paramLabel = "HOST",
      defaultValue = "127.0.0.1",
      description =
          "Address of /metrics, /live and /ready; default ${DEFAULT-VALUE}. "
              + "[MINDCONVERTER_METRICS_HOST]")
  private String metricsHost = "";

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      defaultValue = "9464",
      description =
          "Their port, 0 for a free one; default ${DEFAULT-VALUE}. [MINDCONVERTER_METRICS_PORT]")
  private int metricsPort;

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Conversions at a time; default the machine's cores. [MINDCONVERTER_WORKERS]")
  private Optional<Integer> workers = Optional.empty();

  @Option(
      names = "--queue",
      paramLabel = "N",
      description =
          "Conversions that may wait for a worker; default 4 for each. [MINDCONVERTER_QUEUE]")
  private Optional<Integer> queue = Optional.empty();

  @Option(
      names = "--spool-dir",
      paramLabel = "DIR",
      defaultValue = "${sys:java.io.tmpdir}",
      description =
          "Folder that keeps uploads while their calls last; default ${DEFAULT-VALUE}. "
              + "[MINDCONVERTER_SPOOL_DIR]")
  private Path spoolDir = Path.of("");

  @Option(
      names = "--spool-limit",
      paramLabel = "SIZE",
      description =
          "All uploads together; default nine tenths of what is free. [MINDCONVERTER_SPOOL_LIMIT]")
  private Optional<ByteSize> spoolLimit = Optional.empty();

  @Option(
      names = "--max-upload",
      paramLabel = "SIZE",
      defaultValue = "64GiB",
      description = "One upload; default ${DEFAULT-VALUE}. [MINDCONVERTER_MAX_UPLOAD]")
  private ByteSize maxUpload = new ByteSize(0);

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description =
          "Its first line is the token that every call must carry. [MINDCONVERTER_TOKEN_FILE]")
  private Optional<Path> tokenFile = Optional.empty();

  @Option(
      names = "--insecure",
      arity = "0..1",
      paramLabel = "true|false",
      defaultValue = "false",
      fallbackValue = "true",
      description =
          "Listen on other addresses than the machine's own although nothing is encrypted. "
              + "[MINDCONVERTER_INSECURE]")
  private boolean insecure;

  @Option(
      names = "--reflection",
      arity = "0..1",
      paramLabel = "true|false",
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Let clients ask for the service's description; default ${DEFAULT-VALUE}. "
              + "[MINDCONVERTER_REFLECTION]")
  private boolean reflection;

  @Option(
      names = "--drain-seconds",
      paramLabel = "N",
      defaultValue = "60",
      description =
          "How long running calls may go on after SIGTERM; default ${DEFAULT-VALUE}. "
              + "[MINDCONVERTER_DRAIN_SECONDS]")
  private int drainSeconds;

  @Option(
      names = "--patience-seconds",
      paramLabel = "N",
      defaultValue = "120",
      description =
          "How long a call may neither send nor read; default ${DEFAULT-VALUE}. "
              + "[MINDCONVERTER_PATIENCE_SECONDS]")
  private int patienceSeconds;

  @Option(
      names = "--embedded",
      description =
          "Serve the process that starts this one: its token is the first line of standard input, "
              + "and the end of standard input ends the daemon. Reads no environment variable and "
              + "has no /metrics.")
  private boolean embedded;

  @Option(
      names = "--once",
      description =
          "Start on a free port, make a call of each kind, and end: to record a class archive.")
  private boolean once;

  @Option(names = "--version", versionHelp = true, description = "Print the version and end.")
  private boolean version;

  @Option(names = "--help", usageHelp = true, description = "Print this and end.")
  private boolean help;

  /**
   * What they say.
   *
   * @throws IllegalArgumentException a value is out of its range
   */
  ServerConfig config() throws StartException {
    int cores = workers.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    ServerConfig settings =
        new ServerConfig(
            new Endpoint(host, port.orElse(mode() == Mode.ONCE ? 0 : 50_051)),
            new Endpoint(metricsHost, metricsPort),
            new Work(cores, queue.orElse(4 * cores)),
            spoolDir,
            spoolLimit.map(size -> OptionalLong.of(size.bytes())).orElse(OptionalLong.empty()),
            maxUpload.bytes(),
            tokenFile,
            reflection,
            Duration.ofSeconds(drainSeconds),
            Duration.ofSeconds(patienceSeconds),
            mode());
    requireSafe(settings);
    return settings;
  }

  /** The file that holds settings, if one was named. */
  Optional<Path> configFile() {
    return config;
  }

  /**
   * Whether nothing but its starter may decide about it: least of all a setting meant for others.
   */
  boolean isPrivate() {
    return embedded || once;
  }

  boolean wantsHelp() {
    return help;
  }

  boolean wantsVersion() {
    return version;
  }

  private Mode mode() {
    if (once) {
      return Mode.ONCE;
    }
    return embedded ? Mode.EMBEDDED : Mode.SERVICE;
  }

  private void requireSafe(ServerConfig settings) throws StartException {
    boolean local = settings.rpc().address().getAddress().isLoopbackAddress();
    if (!local && !insecure) {
      throw StartException.badSetting(
          "host '%s' can be reached from other machines, and nothing is encrypted".formatted(host),
          "Listen on 127.0.0.1, or say --insecure");
    }
    if (embedded && once) {
      throw StartException.badSetting("--embedded and --once exclude each other", "Say one");
    }
  }
}
