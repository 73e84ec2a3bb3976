// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import java.time.Duration;
import java.util.Objects;

/**
 * What one call may take.
 *
 * @param maxUploadBytes largest sum of its files
 * @param patience how long a call may neither send nor read, before it is ended
 */
public record Limits(long maxUploadBytes, Duration patience) {
  /** Largest {@code chunk} frame, both ways. */
  public static final int MAX_CHUNK_BYTES = 1 << 20;

  /** Largest message that is parsed at all. */
  public static final int MAX_MESSAGE_BYTES = 4 << 20;

  /** Largest sum of a call's headers. */
  public static final int MAX_METADATA_BYTES = 8 << 10;

  /** A call that sends less than this per second, over the whole of its patience, is ended. */
  public static final int MIN_BYTES_PER_SECOND = 1 << 10;

  static final int MAX_FILES = 65_536;
  static final int MAX_PATH_CHARS = 4_096;
  static final int MAX_SOURCE_WEIGHTS = 100_000;
  static final int MAX_SOURCE_WEIGHTS_PER_FRAME = 1_000;
  static final int MAX_SOURCE_WEIGHT_BYTES = 16 << 20;

  public Limits {
    Objects.requireNonNull(patience);
    if (maxUploadBytes <= 0 || patience.isNegative() || patience.isZero()) {
      throw new IllegalArgumentException("limits must be above zero");
    }
  }
}
