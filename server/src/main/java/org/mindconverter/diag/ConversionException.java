// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.diag;

import java.util.Objects;

/** A conversion that cannot go on through its caller's input or a stated limit. */
public final class ConversionException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String origin;
  private final String remedy;

  /**
   * Tells what failed, where, and what to do.
   *
   * @param origin the file, node or tensor at fault; empty when there is none
   * @param message one sentence, without the origin
   * @param remedy one sentence that says what the caller can do
   */
  public ConversionException(ErrorCode code, String origin, String message, String remedy) {
    this(code, origin, message, remedy, null);
  }

  /** Tells, besides, what caused it. */
  public ConversionException(
      ErrorCode code, String origin, String message, String remedy, Throwable cause) {
    super(message, cause);
    this.code = Objects.requireNonNull(code);
    this.origin = Objects.requireNonNull(origin);
    this.remedy = Objects.requireNonNull(remedy);
  }

  /** What failed. */
  public ErrorCode code() {
    return code;
  }

  /** The file, node or tensor at fault; empty when there is none. */
  public String origin() {
    return origin;
  }

  /** What the caller can do. */
  public String remedy() {
    return remedy;
  }
}
