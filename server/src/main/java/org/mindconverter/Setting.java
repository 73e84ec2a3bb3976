// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A setting: its name is the flag, the key in the --config file and the environment variable.
 *
 * <p>In the order of {@code --help}.
 */
enum Setting {
  CONFIG("FILE", "", "A properties file: the names below, without dashes in front, are its keys."),
  HOST("HOST", "127.0.0.1", "Address to listen on. Others than the machine's own need --insecure."),
  PORT("PORT", "50051", "Port to listen on; 0 for a free one, as in --embedded and --once."),
  METRICS_HOST("HOST", "127.0.0.1", "Address of /metrics, /live and /ready."),
  METRICS_PORT("PORT", "9464", "Port of /metrics, /live and /ready; 0 for a free one."),
  WORKERS("N", "the machine's cores", "Conversions at a time."),
  QUEUE("N", "4 for each worker", "Conversions that may wait for a worker."),
  SPOOL_DIR("DIR", "the system's for such", "Folder that keeps uploads while their calls last."),
  SPOOL_LIMIT("SIZE", "nine tenths of what is free there", "Bytes of all uploads together."),
  MAX_UPLOAD("SIZE", "64GiB", "Bytes of one upload."),
  TOKEN_FILE("FILE", "", "Its first line is the token that every call must carry."),
  INSECURE("true|false", "false", "Be reached from other machines although nothing is encrypted."),
  REFLECTION("true|false", "true", "Let clients ask for the service's description."),
  DRAIN_SECONDS("N", "60", "How long running calls may go on after SIGTERM."),
  PATIENCE_SECONDS("N", "120", "How long a call may neither send nor read.");

  private final String form;
  private final String standard;
  private final String meaning;

  Setting(String form, String standard, String meaning) {
    this.form = form;
    this.standard = standard;
    this.meaning = meaning;
  }

  /** The setting of that key, if there is one. */
  static Optional<Setting> ofKey(String key) {
    return Arrays.stream(values()).filter(setting -> setting.key().equals(key)).findFirst();
  }

  /** Its name in the file. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Its name on the command line. */
  String flag() {
    return "--" + key();
  }

  /** Its name in the environment. */
  String variable() {
    return "MINDCONVERTER_" + name();
  }

  /** What it is when nobody says it; a description where that depends on the machine. */
  String standard() {
    return standard;
  }

  /** Whether the flag alone says something. */
  boolean isTruth() {
    return form.equals("true|false");
  }

  /** Its lines of {@code --help}. */
  String help() {
    String value = isTruth() ? "[=%s]".formatted(form) : " " + form;
    String otherwise = standard.isEmpty() ? "" : "; default: " + standard;
    return "  %s%s  (%s%s)%n      %s%n".formatted(flag(), value, variable(), otherwise, meaning);
  }
}
