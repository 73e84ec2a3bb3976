// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A command line, taken apart: {@code --name value}, {@code --name=value}, {@code --name}.
 *
 * <p>By hand, for a library that does it took a fifth of an embedded daemon's start.
 */
record Arguments(Map<Setting, String> settings, Set<Switch> switches) {
  Arguments {
    settings = Map.copyOf(settings);
    switches = Set.copyOf(switches);
  }

  static Arguments parse(List<String> words) throws StartException {
    Map<Setting, String> settings = new EnumMap<>(Setting.class);
    Set<Switch> switches = EnumSet.noneOf(Switch.class);
    Deque<String> left = new ArrayDeque<>(words);
    while (!left.isEmpty()) {
      String word = left.pop();
      Optional<Switch> known = Switch.ofFlag(word);
      boolean first =
          known.isPresent() ? switches.add(known.get()) : addSetting(word, left, settings);
      if (!first) {
        throw bad("'%s' is given twice".formatted(word));
      }
    }
    return new Arguments(settings, switches);
  }

  private static boolean addSetting(String word, Deque<String> left, Map<Setting, String> settings)
      throws StartException {
    int equals = word.indexOf('=');
    String flag = equals < 0 ? word : word.substring(0, equals);
    Setting setting =
        Optional.of(flag)
            .filter(name -> name.startsWith("--"))
            .flatMap(name -> Setting.ofKey(name.substring(2)))
            .orElseThrow(() -> bad("'%s' is not known".formatted(flag)));
    if (equals >= 0) {
      return settings.putIfAbsent(setting, word.substring(equals + 1)) == null;
    }
    if (setting.isTruth()) {
      return settings.putIfAbsent(setting, "true") == null;
    }
    if (left.isEmpty()) {
      throw bad("'%s' lacks its value".formatted(flag));
    }
    return settings.putIfAbsent(setting, left.pop()) == null;
  }

  private static StartException bad(String message) {
    return StartException.badSetting(message, "--help lists the settings");
  }
}
