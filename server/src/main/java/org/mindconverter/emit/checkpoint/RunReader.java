// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import org.mindconverter.ir.TensorData;

/** One reading of a planned box: every run to its place, through a window where they are short. */
final class RunReader {
  static final int WINDOW_BYTES = 256 << 10;

  /** Runs of this length are worth a read of their own. */
  private static final long LONG_RUN_BYTES = 4096;

  private final TensorData data;
  private final List<BoxPlan.Axis> axes;
  private final int tight;
  private final long groupBytes;
  private final int runBytes;
  private final byte[] target;
  private final byte[] window;
  private long windowStart;
  private long windowEnd;
  private long groupEnd;

  RunReader(TensorData data, BoxPlan plan, byte[] target, byte[] window) {
    this.data = data;
    this.axes = plan.axes();
    this.tight = plan.tight();
    this.groupBytes = plan.groupBytes();
    this.runBytes = Math.toIntExact(plan.runBytes());
    this.target = target;
    this.window = window;
  }

  /** Reads all, the first run of which stands there in the data and goes there in the target. */
  void read(long start, int at) throws IOException {
    walk(0, start, at);
  }

  private void walk(int depth, long position, int at) throws IOException {
    if (depth == tight) {
      groupEnd = position + groupBytes;
    }
    if (depth == axes.size() - 1) {
      readRun(position, at);
      return;
    }
    BoxPlan.Axis axis = axes.get(depth);
    for (long i = 0; i < axis.size(); i++) {
      walk(depth + 1, position + i * axis.from(), (int) (at + i * axis.to()));
    }
  }

  private void readRun(long position, int at) throws IOException {
    if (runBytes >= LONG_RUN_BYTES || runBytes == groupBytes) {
      ContiguousBytes.read(data, position, target, at, runBytes);
      return;
    }
    if (position < windowStart || position + runBytes > windowEnd) {
      int size = (int) Math.min(window.length, groupEnd - position);
      data.read(position, ByteBuffer.wrap(window, 0, size));
      windowStart = position;
      windowEnd = position + size;
    }
    System.arraycopy(window, (int) (position - windowStart), target, at, runBytes);
  }
}
