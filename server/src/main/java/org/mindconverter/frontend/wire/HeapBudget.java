// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.wire;

import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/** The heap that one model's structure may take, by estimate. */
public final class HeapBudget {
  /** Estimated overhead of one object with its place in a list. */
  public static final int OBJECT = 48;

  private final String origin;
  private long left;

  /** A budget of so many bytes for the model of that file. */
  public HeapBudget(String origin, long bytes) {
    this.origin = origin;
    this.left = bytes;
  }

  /**
   * Takes so many bytes.
   *
   * @throws ConversionException LIMIT_EXCEEDED they are not left
   */
  public void charge(long bytes) throws ConversionException {
    if (bytes > left) {
      throw new ConversionException(
          ErrorCode.LIMIT_EXCEEDED,
          origin,
          "the model's structure (nodes, names, attributes) is larger than this server takes",
          "store large constants as initializers with raw data, or use a server with more memory");
    }
    left -= bytes;
  }

  /** Bytes that are left. */
  public long left() {
    return left;
  }

  /** Gives back so many that were charged: what they paid for is garbage now. */
  public void release(long bytes) {
    left += bytes;
  }
}
