// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Reads the protobuf wire format from a file of any size, a window at a time.
 *
 * <p>Generated classes would hold the weights in memory, and end at two gigabytes.
 */
final class WireReader implements Closeable {
  private static final int WINDOW = 1 << 13;
  private static final int LONGEST_VARINT = 10;

  private final FileChannel channel;
  private final ByteBuffer window = ByteBuffer.allocate(WINDOW).limit(0);
  private long windowStart;

  WireReader(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.READ);
  }

  long size() throws IOException {
    return channel.size();
  }

  long position() {
    return windowStart + window.position();
  }

  /** Goes to a place without reading what lies before it. */
  void seek(long place) {
    if (place >= windowStart && place <= windowStart + window.limit()) {
      window.position((int) (place - windowStart));
    } else {
      windowStart = place;
      window.position(0).limit(0);
    }
  }

  long varint() throws IOException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      int next = next();
      value |= (next & 0x7FL) << (7 * i);
      if (next < 0x80) {
        return value;
      }
    }
    throw new MalformedException("a number is too long");
  }

  String text(int length) throws IOException {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) next();
    }
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private int next() throws IOException {
    if (!window.hasRemaining()) {
      windowStart = position();
      window.clear();
      int read = channel.read(window, windowStart);
      window.flip();
      if (read <= 0) {
        throw new EOFException("the file ends too early");
      }
    }
    return window.get() & 0xFF;
  }

  /** Bytes that are not of this format. */
  static final class MalformedException extends IOException {
    private static final long serialVersionUID = 1L;

    MalformedException(String message) {
      super(message);
    }
  }
}
