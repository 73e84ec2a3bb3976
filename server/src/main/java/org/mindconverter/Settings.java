// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** Where settings come from: the flag, else the environment, else the file, else the default. */
final class Settings {
  private static final String CONFIG_KEY = "config";
  private static final Set<String> FLAGS_ONLY =
      Set.of(CONFIG_KEY, "embedded", "once", "help", "version");

  private final Map<String, String> environment;

  Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /** What a command line asks for: text to print, or a daemon. */
  record Request(Optional<String> print, Optional<ServerConfig> config) {}

  Request read(String... arguments) throws StartException {
    try {
      CommandLine line = line();
      line.parseArgs(arguments);
      Flags flags = line.getCommand();
      if (flags.wantsHelp()) {
        return print(line.getUsageMessage());
      }
      if (flags.wantsVersion()) {
        return print(Version.current() + System.lineSeparator());
      }
      Flags whole = flags.isPrivate() ? flags : withSources(flags.configFile(), arguments);
      return new Request(Optional.empty(), Optional.of(whole.config()));
    } catch (ParameterException | IllegalArgumentException e) {
      throw StartException.badSetting(oneLine(e), "--help lists the settings");
    }
  }

  private Flags withSources(Optional<Path> named, String... arguments) throws StartException {
    Optional<Path> file = named.or(() -> fromEnvironment(CONFIG_KEY).map(Path::of));
    Properties properties = file.isPresent() ? load(file.get()) : new Properties();
    CommandLine line = line();
    requireKnown(properties, line);
    line.setDefaultValueProvider(option -> valueOf(option, properties));
    line.parseArgs(arguments);
    return line.getCommand();
  }

  /** Picocli's contract: null where there is none. */
  private String valueOf(ArgSpec option, Properties properties) {
    String key = key(option);
    return FLAGS_ONLY.contains(key)
        ? null
        : fromEnvironment(key).orElseGet(() -> properties.getProperty(key));
  }

  private Optional<String> fromEnvironment(String key) {
    String name = "MINDCONVERTER_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private static CommandLine line() {
    CommandLine line = new CommandLine(new Flags());
    line.registerConverter(ByteSize.class, Settings::size);
    return line;
  }

  private static ByteSize size(String text) {
    try {
      return ByteSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(
          e.getMessage()); // the only one whose message users see bare
    }
  }

  private static String key(ArgSpec option) {
    return ((OptionSpec) option).longestName().substring(2);
  }

  private static Properties load(Path file) throws StartException {
    Properties properties = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException | IllegalArgumentException e) {
      throw StartException.badSetting(
          "the file '%s' of --config cannot be read".formatted(file), "Name a properties file");
    }
    return properties;
  }

  private static void requireKnown(Properties properties, CommandLine line) throws StartException {
    Set<String> unknown = new TreeSet<>(properties.stringPropertyNames());
    for (OptionSpec option : line.getCommandSpec().options()) {
      if (!FLAGS_ONLY.contains(key(option))) {
        unknown.remove(key(option));
      }
    }
    if (!unknown.isEmpty()) {
      throw StartException.badSetting(
          "the --config file has unknown keys: " + String.join(", ", unknown),
          "--help lists the settings");
    }
  }

  private static Request print(String text) {
    return new Request(Optional.of(text), Optional.empty());
  }

  private static String oneLine(RuntimeException e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("bad usage");
  }
}
