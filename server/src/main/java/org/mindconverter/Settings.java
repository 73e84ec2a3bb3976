// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.mindconverter.ServerConfig.Endpoint;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.ServerConfig.Work;

/** Where settings come from: the flag, else the environment, else the file, else the standard. */
final class Settings {
  private static final int PRIVATE_WORKERS = 2;
  private static final int PRIVATE_QUEUE = 64;

  private final Map<String, String> environment;

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What a command line asks for: a text to print, or a daemon. */
  record Request(Optional<String> print, Optional<ServerConfig> config) {}

  Request read(String... words) throws StartException {
    Arguments arguments = Arguments.parse(List.of(words));
    if (arguments.switches().contains(Switch.HELP)) {
      return new Request(Optional.of(help()), Optional.empty());
    }
    if (arguments.switches().contains(Switch.VERSION)) {
      return new Request(Optional.of("%s%n".formatted(Version.current())), Optional.empty());
    }
    Mode mode = mode(arguments.switches());
    try {
      ServerConfig config = config(values(arguments, mode), mode);
      return new Request(Optional.empty(), Optional.of(config));
    } catch (IllegalArgumentException e) {
      throw StartException.badSetting(e.getMessage(), "--help lists the settings");
    }
  }

  private static Mode mode(Set<Switch> switches) throws StartException {
    boolean embedded = switches.contains(Switch.EMBEDDED);
    boolean once = switches.contains(Switch.ONCE);
    if (embedded && once) {
      throw StartException.badSetting("--embedded and --once exclude each other", "Say one");
    }
    return embedded ? Mode.EMBEDDED : once ? Mode.ONCE : Mode.SERVICE;
  }

  private SettingValues values(Arguments arguments, Mode mode) throws StartException {
    SettingValues flags = new SettingValues(arguments.settings());
    if (mode != Mode.SERVICE) {
      return flags; // nobody else may decide about it, least of all who means another daemon
    }
    Map<Setting, String> texts = new EnumMap<>(Setting.class);
    for (Setting setting : Setting.values()) {
      flags.said(setting).or(() -> variable(setting)).ifPresent(text -> texts.put(setting, text));
    }
    Optional<Path> file = new SettingValues(texts).path(Setting.CONFIG);
    if (file.isPresent()) {
      load(file.get()).forEach(texts::putIfAbsent);
    }
    return new SettingValues(texts);
  }

  private Optional<String> variable(Setting setting) {
    return Optional.ofNullable(environment.get(setting.variable()))
        .filter(value -> !value.isEmpty());
  }

  private static Map<Setting, String> load(Path file) throws StartException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw StartException.badSetting(
          "the file '%s' of --config cannot be read".formatted(file), "Name a properties file");
    }
    Map<Setting, String> texts = new EnumMap<>(Setting.class);
    Set<String> unknown = new TreeSet<>();
    for (String key : properties.stringPropertyNames()) {
      Optional<Setting> setting = Setting.ofKey(key).filter(one -> one != Setting.CONFIG);
      setting.ifPresentOrElse(
          one -> texts.put(one, properties.getProperty(key).strip()), () -> unknown.add(key));
    }
    if (!unknown.isEmpty()) {
      throw StartException.badSetting(
          "the --config file has unknown keys: " + String.join(", ", unknown),
          "--help lists the settings");
    }
    return texts;
  }

  private static ServerConfig config(SettingValues values, Mode mode) throws StartException {
    Work work = work(values, mode);
    int port = mode == Mode.SERVICE ? values.number(Setting.PORT) : values.number(Setting.PORT, 0);
    ServerConfig config =
        new ServerConfig(
            new Endpoint(values.text(Setting.HOST), port),
            new Endpoint(values.text(Setting.METRICS_HOST), values.number(Setting.METRICS_PORT)),
            work,
            values.path(Setting.SPOOL_DIR).orElse(Path.of(System.getProperty("java.io.tmpdir"))),
            values.said(Setting.SPOOL_LIMIT).isPresent()
                ? OptionalLong.of(values.size(Setting.SPOOL_LIMIT).bytes())
                : OptionalLong.empty(),
            values.size(Setting.MAX_UPLOAD).bytes(),
            values.path(Setting.TOKEN_FILE),
            values.truth(Setting.REFLECTION),
            values.seconds(Setting.DRAIN_SECONDS),
            values.seconds(Setting.PATIENCE_SECONDS),
            mode);
    if (!values.truth(Setting.INSECURE)) {
      requireLocal(config.rpc());
    }
    return config;
  }

  /** A private daemon has a small heap, which few workers share: one process asks it for little. */
  private static Work work(SettingValues values, Mode mode) throws StartException {
    int cores = Runtime.getRuntime().availableProcessors();
    boolean small = mode == Mode.EMBEDDED;
    int workers = values.number(Setting.WORKERS, small ? Math.min(cores, PRIVATE_WORKERS) : cores);
    int queue = small ? PRIVATE_QUEUE : 4 * workers;
    return new Work(workers, values.number(Setting.QUEUE, queue));
  }

  private static void requireLocal(Endpoint rpc) throws StartException {
    if (!rpc.address().getAddress().isLoopbackAddress()) {
      throw StartException.badSetting(
          "host '%s' can be reached from other machines, and nothing is encrypted"
              .formatted(rpc.host()),
          "Listen on 127.0.0.1, or say --insecure");
    }
  }

  private static String help() {
    StringBuilder help = new StringBuilder();
    help.append("java -jar mindconverter-server.jar [OPTION]...%n".formatted());
    help.append("Converts PyTorch and ONNX models to MindSpore, over gRPC.%n%n".formatted());
    for (Setting setting : Setting.values()) {
      help.append(setting.help());
    }
    for (Switch one : Switch.values()) {
      help.append(one.help());
    }
    help.append("%nA flag wins over its environment variable, that over the file.%n".formatted());
    help.append("SIZE is a number of bytes, or one with KiB, MiB, GiB or TiB.%n".formatted());
    return help.toString();
  }
}
