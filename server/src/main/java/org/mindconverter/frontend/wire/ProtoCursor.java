// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.wire;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.ir.TensorData;

/**
 * Walks the fields of a protobuf message in a file, however large, without building anything.
 *
 * <p>{@link #next} goes to the next field of the innermost message and leaves the message at its
 * end. After it, one call takes the field's value: a reading method, {@link #enter} or {@link
 * #skip}. Every length is checked against the message around it before it is used.
 */
public final class ProtoCursor {
  private static final int BUFFER_BYTES = 1 << 16;
  private static final int VARINT = 0;
  private static final int FIXED64 = 1;
  private static final int DELIMITED = 2;
  private static final int FIXED32 = 5;
  private static final int LONGEST_VARINT = 10;

  /** What decoding puts in the place of bytes that are no text. */
  private static final char REPLACEMENT = '\ufffd';

  private final TensorData.SliceReader reader;
  private final Path file;
  private final String origin;
  private final int nameBytes;
  private final HeapBudget budget;
  private final long size;
  private final ByteBuffer buffer;
  private final long[] ends;
  private long bufferEnd;
  private int depth;
  private int field;
  private int wireType;

  /**
   * Stands before the first field of the file's message.
   *
   * @param origin the name that errors call the file by
   * @param maxDepth how deep messages may nest
   * @param nameBytes how long a {@link #name} may be
   * @param budget pays for every text that is handed out
   */
  public ProtoCursor(
      TensorData.SliceReader reader,
      Path file,
      String origin,
      int maxDepth,
      int nameBytes,
      HeapBudget budget)
      throws IOException {
    this.reader = Objects.requireNonNull(reader);
    this.file = Objects.requireNonNull(file);
    this.origin = Objects.requireNonNull(origin);
    this.nameBytes = nameBytes;
    this.budget = Objects.requireNonNull(budget);
    this.size = Files.size(file);
    this.buffer =
        ByteBuffer.allocateDirect((int) Math.min(BUFFER_BYTES, size))
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
    this.ends = new long[maxDepth + 1];
    this.ends[0] = size;
  }

  /** A piece of the file. */
  public record Slice(long offset, long length) {}

  /** Bytes of the whole file. */
  public long size() {
    return size;
  }

  /** Where the next byte is. */
  public long position() {
    return bufferEnd - buffer.remaining();
  }

  /** Goes to the next field; false at the end of the innermost message, which it leaves. */
  public boolean next() throws ConversionException, IOException {
    if (position() == ends[depth]) {
      depth = Math.max(0, depth - 1);
      return false;
    }
    long tag = rawVarint();
    long number = tag >>> 3;
    wireType = (int) (tag & 7);
    if (number == 0 || number > (1 << 29) - 1) {
      throw malformed("has a field numbered " + Long.toUnsignedString(number));
    }
    if (wireType != VARINT && wireType != FIXED64 && wireType != DELIMITED && wireType != FIXED32) {
      throw malformed("has a field of wire type " + wireType);
    }
    field = (int) number;
    return true;
  }

  /** Number of the field that {@link #next} went to. */
  public int field() {
    return field;
  }

  /** Whether the field is one of a length and bytes: text, a message, or packed numbers. */
  public boolean isDelimited() {
    return wireType == DELIMITED;
  }

  /** Whether the field is a number of variable length. */
  public boolean isVarint() {
    return wireType == VARINT;
  }

  /** Goes into the field's message. */
  public void enter() throws ConversionException, IOException {
    long length = length();
    if (depth + 1 == ends.length) {
      throw limit("has messages that nest deeper than %d levels".formatted(depth));
    }
    ends[++depth] = position() + length;
  }

  /** Passes over the field. */
  public void skip() throws ConversionException, IOException {
    switch (wireType) {
      case VARINT -> rawVarint();
      case FIXED64 -> skip(Long.BYTES);
      case FIXED32 -> skip(Integer.BYTES);
      default -> skip(length());
    }
  }

  /** A whole number. */
  public long varint() throws ConversionException, IOException {
    require(VARINT);
    return rawVarint();
  }

  /** A real number of 32 bits. */
  public float real() throws ConversionException, IOException {
    require(FIXED32);
    return rawReal();
  }

  /** Where the field's bytes are; passes over them. */
  public Slice slice() throws ConversionException, IOException {
    long length = length();
    Slice slice = new Slice(position(), length);
    skip(length);
    return slice;
  }

  /** The bits of a single number, whatever its kind. */
  public long bits() throws ConversionException, IOException {
    switch (wireType) {
      case VARINT -> {
        return rawVarint();
      }
      case FIXED32 -> {
        fill(Integer.BYTES);
        return buffer.getInt();
      }
      case FIXED64 -> {
        fill(Long.BYTES);
        return buffer.getLong();
      }
      default -> throw malformed("has bytes in field %d instead of a number".formatted(field));
    }
  }

  /** A name: valid UTF-8 of limited length. */
  public String name() throws ConversionException, IOException {
    long length = length();
    if (length > nameBytes) {
      throw limit("has a name that is longer than %d bytes".formatted(nameBytes));
    }
    byte[] bytes = take((int) length);
    String name = new String(bytes, StandardCharsets.UTF_8);
    if (name.indexOf(REPLACEMENT) >= 0
        && !Arrays.equals(name.getBytes(StandardCharsets.UTF_8), bytes)) {
      throw malformed("has a name that is not UTF-8");
    }
    return name;
  }

  /** Text up to a length, what is not UTF-8 replaced; nothing when it is longer. */
  public Optional<String> text(int maxBytes) throws ConversionException, IOException {
    long length = length();
    if (length > maxBytes) {
      skip(length);
      return Optional.empty();
    }
    return Optional.of(new String(take((int) length), StandardCharsets.UTF_8));
  }

  /** The last bytes of a text that may be long, as text. */
  public String textTail(int maxBytes) throws ConversionException, IOException {
    long length = length();
    long tail = Math.min(length, maxBytes);
    skip(length - tail);
    return new String(take((int) tail), StandardCharsets.UTF_8);
  }

  /** Hands over every whole number of the field, packed or single. */
  public void varints(LongSink sink) throws ConversionException, IOException {
    if (wireType != DELIMITED) {
      sink.accept(varint());
      return;
    }
    long end = length() + position();
    while (position() < end) {
      sink.accept(rawVarint());
    }
    if (position() != end) {
      throw malformed("has packed numbers that end inside of a number");
    }
  }

  /** Hands over every real number of the field, packed or single. */
  public void reals(RealSink sink) throws ConversionException, IOException {
    if (wireType != DELIMITED) {
      sink.accept(real());
      return;
    }
    long length = length();
    if (length % Float.BYTES != 0) {
      throw malformed("has packed numbers that end inside of a number");
    }
    for (long i = 0; i < length; i += Float.BYTES) {
      sink.accept(rawReal());
    }
  }

  /** A MALFORMED_MODEL that names the place. */
  public ConversionException malformed(String what) {
    return new ConversionException(
        ErrorCode.MALFORMED_MODEL,
        origin,
        "%s, near byte %d of %d".formatted(what, position(), size),
        "the model's bytes are damaged or incomplete: export it again, or send it again");
  }

  /** A LIMIT_EXCEEDED that names the place. */
  public ConversionException limit(String what) {
    return new ConversionException(
        ErrorCode.LIMIT_EXCEEDED,
        origin,
        "%s, near byte %d".formatted(what, position()),
        "the limit guards the server: simplify the model, or export it with another exporter");
  }

  private void require(int expected) throws ConversionException {
    if (wireType != expected) {
      throw malformed(
          "has a field %d of wire type %d instead of %d".formatted(field, wireType, expected));
    }
  }

  private long length() throws ConversionException, IOException {
    require(DELIMITED);
    long length = rawVarint();
    if (length < 0 || length > ends[depth] - position()) {
      throw malformed("ends inside of field " + field);
    }
    return length;
  }

  private long rawVarint() throws ConversionException, IOException {
    long value = 0;
    for (int i = 0; i < LONGEST_VARINT; i++) {
      fill(1);
      byte b = buffer.get();
      value |= (long) (b & 0x7f) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw malformed("has a number of more than %d bytes".formatted(LONGEST_VARINT));
  }

  private float rawReal() throws ConversionException, IOException {
    fill(Float.BYTES);
    return buffer.getFloat();
  }

  private byte[] take(int length) throws ConversionException, IOException {
    budget.charge(HeapBudget.OBJECT + (long) length);
    byte[] bytes = new byte[length];
    for (int done = 0; done < length; ) {
      fill(1);
      int count = Math.min(length - done, buffer.remaining());
      buffer.get(bytes, done, count);
      done += count;
    }
    return bytes;
  }

  private void skip(long count) throws ConversionException {
    if (count > ends[depth] - position()) {
      throw malformed("ends inside of field " + field);
    }
    if (count <= buffer.remaining()) {
      buffer.position(buffer.position() + (int) count);
    } else {
      long target = position() + count;
      buffer.limit(0);
      bufferEnd = target;
    }
  }

  /** Makes that many bytes of the innermost message ready in the buffer. */
  private void fill(int count) throws ConversionException, IOException {
    if (count > ends[depth] - position()) {
      throw malformed("ends inside of a field");
    }
    if (buffer.remaining() >= count) {
      return;
    }
    Cancellation.check();
    long start = position();
    buffer.clear().limit((int) Math.min(buffer.capacity(), size - start));
    try {
      reader.read(file, start, buffer);
    } catch (ClosedByInterruptException e) {
      throw Cancellation.cancelled();
    }
    buffer.flip();
    bufferEnd = start + buffer.limit();
  }

  /** Takes whole numbers. */
  @FunctionalInterface
  public interface LongSink {
    /** Takes one; may refuse it. */
    void accept(long value) throws ConversionException;
  }

  /** Takes real numbers. */
  @FunctionalInterface
  public interface RealSink {
    /** Takes one; may refuse it. */
    void accept(float value) throws ConversionException;
  }
}
