// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import java.time.Duration;
import org.mindconverter.rpc.upload.Limits;

/** Tells a slow client from one that only holds its place. For one thread at a time. */
final class PaceCheck {
  private final Duration window;
  private long windowBegan = System.nanoTime();
  private long bytes;

  PaceCheck(Duration window) {
    this.window = window;
  }

  void received(long more) {
    bytes += more;
  }

  /** Whether the last whole window brought less than it must. */
  boolean isTooSlow() {
    long now = System.nanoTime();
    if (now - windowBegan < window.toNanos()) {
      return false;
    }
    boolean slow = bytes < window.toMillis() * Limits.MIN_BYTES_PER_SECOND / 1_000;
    windowBegan = now;
    bytes = 0;
    return slow;
  }
}
