// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

/**
 * Two expressions that no literal can make equal. Thrown often and never shown: without a trace.
 */
final class MismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MismatchException() {
    super("no literal makes these equal", null, false, false);
  }
}
