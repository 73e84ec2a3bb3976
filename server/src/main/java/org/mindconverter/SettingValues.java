// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What was said of each setting, read as what it has to be. */
record SettingValues(Map<Setting, String> texts) {
  SettingValues {
    texts = Map.copyOf(texts);
  }

  /** What was said. */
  Optional<String> said(Setting setting) {
    return Optional.ofNullable(texts.get(setting));
  }

  /** What was said, else the standard. */
  String text(Setting setting) {
    return said(setting).orElse(setting.standard());
  }

  int number(Setting setting) throws StartException {
    return number(setting, text(setting));
  }

  /** A number whose standard depends on the machine. */
  int number(Setting setting, int standard) throws StartException {
    return number(setting, said(setting).orElse(Integer.toString(standard)));
  }

  Duration seconds(Setting setting) throws StartException {
    return Duration.ofSeconds(number(setting));
  }

  ByteSize size(Setting setting) throws StartException {
    try {
      return ByteSize.parse(text(setting));
    } catch (IllegalArgumentException e) {
      throw bad(setting, e.getMessage());
    }
  }

  boolean truth(Setting setting) throws StartException {
    return switch (text(setting)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(setting, "'%s' is neither true nor false".formatted(text(setting)));
    };
  }

  Optional<Path> path(Setting setting) throws StartException {
    try {
      return said(setting).map(Path::of);
    } catch (InvalidPathException e) {
      throw bad(setting, "it is no path");
    }
  }

  private static int number(Setting setting, String text) throws StartException {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException e) {
      throw bad(setting, "'%s' is no whole number".formatted(text));
    }
  }

  private static StartException bad(Setting setting, String what) {
    return StartException.badSetting(
        "%s: %s".formatted(setting.key(), what), "--help lists the settings");
  }
}
