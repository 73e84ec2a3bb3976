// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Objects;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.v1.ConvertResponse;

/** Cuts a file into chunk frames. */
final class ChunkStream extends OutputStream {
  private final FrameWriter frames;
  private final byte[] buffer = new byte[Limits.MAX_CHUNK_BYTES];
  private int filled;
  private long written;

  ChunkStream(FrameWriter frames) {
    this.frames = frames;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    int done = 0;
    while (done < length) {
      int step = Math.min(length - done, buffer.length - filled);
      System.arraycopy(bytes, offset + done, buffer, filled, step);
      filled += step;
      done += step;
      if (filled == buffer.length) {
        sendChunk();
      }
    }
    written += length;
  }

  /** Sends what is left over, as the file's last chunk. */
  void finish() throws IOException {
    if (filled > 0) {
      sendChunk();
    }
  }

  /** Bytes taken so far. */
  long written() {
    return written;
  }

  private void sendChunk() throws IOException {
    ConvertResponse frame =
        ConvertResponse.newBuilder().setChunk(ByteString.copyFrom(buffer, 0, filled)).build();
    filled = 0;
    try {
      frames.send(frame);
    } catch (ConversionException e) {
      throw new CallEndedException(e);
    }
  }

  /** Carries a {@link ConversionException} through code that writes to a stream. */
  static final class CallEndedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final ConversionException reason;

    CallEndedException(ConversionException reason) {
      super(reason.getMessage(), reason);
      this.reason = reason;
    }

    ConversionException reason() {
      return reason;
    }
  }
}
