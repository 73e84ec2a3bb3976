// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.diag;

import java.util.concurrent.CancellationException;

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

  /**
   * As {@link #check}, for work that cannot fail otherwise.
   *
   * @throws CancellationException this thread has been interrupted
   */
  public static void poll() {
    if (Thread.currentThread().isInterrupted()) {
      throw new CancellationException("the conversion was cancelled");
    }
  }

  /** What an interrupted read becomes. */
  public static ConversionException cancelled() {
    return new ConversionException(
        ErrorCode.CANCELLED, "", "the conversion was cancelled", "start it again if it is wanted");
  }
}
