// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.Objects;

/** A result that cannot be computed at conversion time. */
public final class FoldException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  private FoldException(Reason reason, String message) {
    super(message);
    this.reason = Objects.requireNonNull(reason);
  }

  /** The operands break a rule of the operator: the model is at fault. */
  static FoldException misfit(String message) {
    return new FoldException(Reason.MISFIT, message);
  }

  /** The result, or the work for it, is larger than conversion allows. */
  static FoldException tooLarge(String message) {
    return new FoldException(Reason.TOO_LARGE, message);
  }

  /** ONNX does not say what the result is. */
  static FoldException undefined(String message) {
    return new FoldException(Reason.UNDEFINED, message);
  }

  /** Why there is no result. */
  public Reason reason() {
    return reason;
  }

  /** Why a result cannot be computed. */
  public enum Reason {
    /** The operands break a rule of the operator: the model is at fault. */
    MISFIT,
    /** The result, or the work for it, is larger than conversion allows. */
    TOO_LARGE,
    /** ONNX does not say what the result is, as in a division by zero. */
    UNDEFINED
  }
}
