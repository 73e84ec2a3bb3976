// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes one protobuf message by hand, field by field, so that wrong ones can be written too. */
public final class ProtoBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  /** A field's tag. */
  public ProtoBytes tag(int field, int wireType) {
    return rawVarint((long) field << 3 | wireType);
  }

  /** A whole number. */
  public ProtoBytes varint(int field, long value) {
    return tag(field, 0).rawVarint(value);
  }

  /** A real number of 32 bits. */
  public ProtoBytes real(int field, float value) {
    return tag(field, 5).raw(littleEndian(4).putFloat(value).array());
  }

  /** A real number of 64 bits. */
  public ProtoBytes real(int field, double value) {
    return tag(field, 1).raw(littleEndian(8).putDouble(value).array());
  }

  /** Bytes with their length. */
  public ProtoBytes bytes(int field, byte[] bytes) {
    return tag(field, 2).rawVarint(bytes.length).raw(bytes);
  }

  /** Text. */
  public ProtoBytes text(int field, String text) {
    return bytes(field, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A message. */
  public ProtoBytes message(int field, ProtoBytes message) {
    return bytes(field, message.toBytes());
  }

  /** Whole numbers, packed. */
  public ProtoBytes packed(int field, long... values) {
    ProtoBytes inner = new ProtoBytes();
    for (long value : values) {
      inner.rawVarint(value);
    }
    return message(field, inner);
  }

  /** Real numbers, packed. */
  public ProtoBytes packed(int field, float... values) {
    ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      buffer.putFloat(value);
    }
    return bytes(field, buffer.array());
  }

  /** A whole number without a tag. */
  public ProtoBytes rawVarint(long value) {
    long left = value;
    while ((left & ~0x7fL) != 0) {
      out.write((int) ((left & 0x7f) | 0x80));
      left >>>= 7;
    }
    out.write((int) left);
    return this;
  }

  /** Bytes as they are. */
  public ProtoBytes raw(byte... bytes) {
    out.writeBytes(bytes);
    return this;
  }

  /** The message. */
  public byte[] toBytes() {
    return out.toByteArray();
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
