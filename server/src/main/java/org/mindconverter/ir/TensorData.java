// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Objects;

/** Bytes of a tensor: in memory, in a stored file, or computed while they are read. */
public interface TensorData {
  /** Number of bytes. */
  long length();

  /**
   * Fills the buffer's remaining space from that position on.
   *
   * @throws IOException the bytes cannot be read
   */
  void read(long position, ByteBuffer target) throws IOException;

  /** Bytes that stand in memory. */
  static TensorData of(byte[] bytes) {
    return new InMemory(bytes.clone());
  }

  /** All bytes, for tensors that are small by a stated bound. */
  default byte[] bytes() throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(Math.toIntExact(length()));
    read(0, buffer);
    return buffer.array();
  }

  /** Bytes that stand in memory. */
  final class InMemory implements TensorData {
    private final byte[] bytes;

    private InMemory(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public long length() {
      return bytes.length;
    }

    @Override
    public void read(long position, ByteBuffer target) {
      target.put(bytes, Math.toIntExact(position), target.remaining());
    }
  }

  /**
   * A piece of a stored file, which nobody changes while the conversion runs.
   *
   * @param offset of the first byte in the file
   */
  record FileSlice(SliceReader reader, Path file, long offset, long length) implements TensorData {
    /** Refuses negative positions. */
    public FileSlice {
      Objects.requireNonNull(reader);
      Objects.requireNonNull(file);
      if (offset < 0 || length < 0 || length > Long.MAX_VALUE - offset) {
        throw new IllegalArgumentException("not a slice: %d + %d".formatted(offset, length));
      }
    }

    @Override
    public void read(long position, ByteBuffer target) throws IOException {
      Objects.checkFromIndexSize(position, target.remaining(), length);
      reader.read(file, offset + position, target);
    }
  }

  /** Reads from stored files; whoever made the slices keeps the files open and closes them. */
  @FunctionalInterface
  interface SliceReader {
    /** Fills the buffer's remaining space from that offset on. */
    void read(Path file, long offset, ByteBuffer target) throws IOException;
  }
}
