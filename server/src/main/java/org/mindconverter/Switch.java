// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the command line can ask for besides settings. */
enum Switch {
  EMBEDDED(
      "Serve the starting process alone: the first line of standard input is the token, and its",
      "end ends the daemon. There is no /metrics, and neither environment nor file is read."),
  ONCE(
      "Make a call of each kind to itself, and end: to record a class archive. Neither",
      "environment nor file is read."),
  VERSION("Print the version, and end."),
  HELP("Print this, and end.");

  private final String[] meaning;

  Switch(String... meaning) {
    this.meaning = meaning;
  }

  /** The switch of that name on the command line, if there is one. */
  static Optional<Switch> ofFlag(String flag) {
    return Arrays.stream(values()).filter(one -> one.flag().equals(flag)).findFirst();
  }

  String flag() {
    return "--" + name().toLowerCase(Locale.ROOT);
  }

  /** Its lines of {@code --help}. */
  String help() {
    return "  %s%n      %s%n".formatted(flag(), String.join("%n      ".formatted(), meaning));
  }
}
