// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.wire.ProtoCursor.Slice;
import org.mindconverter.ir.TensorData;

/**
 * A tensor whose numbers stand in the file as varints, decoded while they are read.
 *
 * <p>Reading on from where the last read ended is cheap; elsewhere, decoding starts again at the
 * mark before it, so that memory stays small however large the tensor is.
 */
final class VarintData implements TensorData {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int ELEMENTS_PER_MARK = 1 << 12;
  private static final int LONGEST_VARINT = 10;

  private final SliceReader reader;
  private final Path file;
  private final Slice slice;
  private final int elementBytes;
  private final ByteBuffer buffer;
  private long[] marks = new long[1];
  private long count;
  private long bufferEnd;
  private long element;

  private VarintData(SliceReader reader, Path file, Slice slice, int elementBytes) {
    this.reader = reader;
    this.file = file;
    this.slice = slice;
    this.elementBytes = elementBytes;
    this.bufferEnd = slice.offset();
    this.buffer = ByteBuffer.allocate((int) Math.min(BUFFER_BYTES, slice.length())).limit(0);
  }

  /**
   * Counts the numbers of a packed field; nothing when it ends inside of one, or holds one that is
   * too long.
   *
   * @param elementBytes low bytes of each number that make up an element
   */
  static Optional<VarintData> scan(SliceReader reader, Path file, Slice slice, int elementBytes)
      throws ConversionException, IOException {
    VarintData data = new VarintData(reader, file, slice, elementBytes);
    return data.count() ? Optional.of(data) : Optional.empty();
  }

  private boolean count() throws ConversionException, IOException {
    long end = slice.offset() + slice.length();
    int run = 0;
    while (position() < end) {
      Cancellation.check();
      fill();
      while (buffer.hasRemaining()) {
        run++;
        if (buffer.get() >= 0) {
          run = 0;
          count++;
          mark();
        } else if (run == LONGEST_VARINT) {
          return false;
        }
      }
    }
    startAt(0);
    return run == 0;
  }

  private void mark() {
    if (count % ELEMENTS_PER_MARK == 0) {
      int index = Math.toIntExact(count / ELEMENTS_PER_MARK);
      if (index == marks.length) {
        marks = Arrays.copyOf(marks, 2 * index);
      }
      marks[index] = position() - slice.offset();
    }
  }

  /** Bytes of heap that reading it takes. */
  long heapBytes() {
    return buffer.capacity() + 8L * marks.length;
  }

  @Override
  public long length() {
    return count * elementBytes;
  }

  @Override
  public synchronized void read(long position, ByteBuffer target) throws IOException {
    if (position < 0 || target.remaining() > length() - position) {
      throw new IndexOutOfBoundsException("%d of %d".formatted(position, length()));
    }
    seek(position / elementBytes);
    int skipped = (int) (position % elementBytes);
    while (target.hasRemaining()) {
      long value = nextNumber();
      for (int i = skipped; i < elementBytes && target.hasRemaining(); i++) {
        target.put((byte) (value >>> (8 * i)));
      }
      skipped = 0;
    }
  }

  private void seek(long wanted) throws IOException {
    if (wanted < element || wanted - element > ELEMENTS_PER_MARK) {
      startAt((int) (wanted / ELEMENTS_PER_MARK));
    }
    while (element < wanted) {
      nextNumber();
    }
  }

  private void startAt(int mark) {
    element = (long) mark * ELEMENTS_PER_MARK;
    bufferEnd = slice.offset() + marks[mark];
    buffer.limit(0);
  }

  private long nextNumber() throws IOException {
    long value = 0;
    for (int i = 0; ; i++) {
      if (!buffer.hasRemaining()) {
        fill();
      }
      byte b = buffer.get();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        element++;
        return value;
      }
    }
  }

  private long position() {
    return bufferEnd - buffer.remaining();
  }

  private void fill() throws IOException {
    long start = position();
    long left = slice.offset() + slice.length() - start;
    buffer.clear().limit((int) Math.min(buffer.capacity(), left));
    reader.read(file, start, buffer);
    buffer.flip();
    bufferEnd = start + buffer.limit();
  }
}
