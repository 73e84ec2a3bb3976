// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;

/** Reads pieces of strided arrays that fit into memory. For one thread. */
final class BoxReader {
  private final byte[] window = new byte[RunReader.WINDOW_BYTES];
  private byte[] stage = new byte[0];

  /**
   * Puts every element of the view at its place in the target.
   *
   * @param at place of the first one
   * @param strides bytes in the target from one place of an axis to the next
   */
  void read(StridedView view, byte[] target, int at, long[] strides) throws IOException {
    BoxPlan plan = BoxPlan.of(view, strides);
    long start = view.offset() * view.elementBytes();
    if (plan.keepsRuns()) {
      new RunReader(view.data(), plan, target, window).read(start, at);
      return;
    }
    int bytes = Math.toIntExact(view.count() * view.elementBytes());
    if (stage.length < bytes) {
      stage = new byte[bytes];
    }
    new RunReader(view.data(), plan.compact(), stage, window).read(start, 0);
    new BlockCopy(stage, target, plan.elementBytes()).copy(plan.fromCompact(), at);
  }
}
