// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.ByteArrayOutputStream;

/** Fields of a protobuf message, encoded by hand. */
final class ProtoBytes {
  private static final int VARINT = 0;
  private static final int LENGTH_DELIMITED = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  ProtoBytes number(int field, long value) {
    varint(field << 3 | VARINT);
    varint(value);
    return this;
  }

  ProtoBytes bytes(int field, byte[] content) {
    return begin(field, content.length).append(content);
  }

  /** Begins a field whose content is written elsewhere, or after this. */
  ProtoBytes begin(int field, long length) {
    varint(field << 3 | LENGTH_DELIMITED);
    varint(length);
    return this;
  }

  ProtoBytes append(byte[] content) {
    bytes.writeBytes(content);
    return this;
  }

  byte[] toByteArray() {
    return bytes.toByteArray();
  }

  private void varint(long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    bytes.write((int) rest);
  }
}
