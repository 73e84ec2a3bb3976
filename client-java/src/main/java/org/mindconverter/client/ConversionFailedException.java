// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.util.Objects;

/** A conversion that did not come about. Nothing has been written at its place. */
public final class ConversionFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final String code;
  private final String origin;
  private final String remedy;

  ConversionFailedException(
      String reason, String code, String origin, String message, String remedy) {
    super(line(reason, code, origin, message, remedy));
    this.reason = Objects.requireNonNull(reason);
    this.code = Objects.requireNonNull(code);
    this.origin = Objects.requireNonNull(origin);
    this.remedy = Objects.requireNonNull(remedy);
  }

  /** The kind of failure, such as {@code MALFORMED_MODEL}; stable. */
  public String reason() {
    return reason;
  }

  /** The seven digits by which the list of errors has it. */
  public String code() {
    return code;
  }

  /** The file, node, tensor or address at fault; empty when there is none. */
  public String origin() {
    return origin;
  }

  /** What can be done about it, in one sentence. */
  public String remedy() {
    return remedy;
  }

  private static String line(
      String reason, String code, String origin, String message, String remedy) {
    String where = origin.isEmpty() ? "" : origin + ": ";
    String then = remedy.isEmpty() ? "" : "; " + remedy;
    return "[%s] code: %s, msg: %s%s%s".formatted(reason, code, where, message, then);
  }
}
