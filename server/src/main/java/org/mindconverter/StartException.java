// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.util.Objects;
import org.mindconverter.diag.ErrorCode;

/** Why the daemon does not start. */
final class StartException extends Exception {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;
  private final String remedy;

  StartException(ErrorCode code, String message, String remedy) {
    super(message);
    this.code = Objects.requireNonNull(code);
    this.remedy = Objects.requireNonNull(remedy);
  }

  /** What the caller did wrong: a setting that cannot be. */
  static StartException badSetting(String message, String remedy) {
    return new StartException(ErrorCode.BAD_PARAMETER, message, remedy);
  }

  /** The line that users see. */
  String line() {
    return "[%s] code: %s, msg: %s. %s."
        .formatted(code.legacyName(), code.digits(), getMessage(), remedy);
  }

  /** The process's exit status. */
  int exitStatus() {
    return code == ErrorCode.BAD_PARAMETER ? Main.BAD_USAGE : Main.FAILED;
  }
}
