// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.wire;

import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/** The end of a conversion from outside: its thread is interrupted. */
public final class Cancellation {
  private Cancellation() {}

  /**
   * Goes on unless this thread has been interrupted; the interrupt stays set.
   *
   * @throws ConversionException CANCELLED
   */
  public static void check() throws ConversionException {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled();
    }
  }

  /** What an interrupted read becomes. */
  public static ConversionException cancelled() {
    return new ConversionException(
        ErrorCode.CANCELLED, "", "the conversion was cancelled", "start it again if it is wanted");
  }
}
