// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import org.mindconverter.ir.TensorData;

/** Moves long pieces of data in small steps, so that neither heap nor native buffers grow. */
final class ContiguousBytes {
  private static final int STEP_BYTES = 256 << 10;

  private ContiguousBytes() {}

  static void read(TensorData data, long position, byte[] target, int at, int length)
      throws IOException {
    for (int done = 0; done < length; done += STEP_BYTES) {
      int step = Math.min(STEP_BYTES, length - done);
      data.read(position + done, ByteBuffer.wrap(target, at + done, step));
    }
  }

  static void copy(TensorData data, long position, long length, OutputStream out)
      throws IOException {
    byte[] buffer = new byte[(int) Math.min(STEP_BYTES, length)];
    for (long done = 0; done < length; done += buffer.length) {
      refuseWhenInterrupted();
      int step = (int) Math.min(buffer.length, length - done);
      data.read(position + done, ByteBuffer.wrap(buffer, 0, step));
      out.write(buffer, 0, step);
    }
  }

  /** Ends the work of a thread that somebody wants to stop; the flag stays for its owner to see. */
  static void refuseWhenInterrupted() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("interrupted while a weight was written");
    }
  }
}
