// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mindconverter.ir.ElementType;

/**
 * Writes a TensorProto: {@code OnnxTensor.floats("w", dims(2, 2), 1, 2, 3, 4)}, or field by field.
 */
public final class OnnxTensor {
  private final ProtoBytes bytes = new ProtoBytes();

  private OnnxTensor(String name, ElementType type, long[] dims) {
    if (dims.length > 0) {
      bytes.packed(1, dims);
    }
    bytes.varint(2, type.onnxNumber());
    if (!name.isEmpty()) {
      bytes.text(8, name);
    }
  }

  /** Dimensions; none for a scalar. */
  public static long[] dims(long... dims) {
    return dims;
  }

  /** A tensor without data. */
  public static OnnxTensor empty(String name, ElementType type, long... dims) {
    return new OnnxTensor(name, type, dims);
  }

  /** Raw float32 data. */
  public static OnnxTensor floats(String name, long[] dims, float... values) {
    ByteBuffer raw = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (float value : values) {
      raw.putFloat(value);
    }
    return empty(name, ElementType.FLOAT32, dims).raw(raw.array());
  }

  /** Raw int64 data. */
  public static OnnxTensor longs(String name, long[] dims, long... values) {
    ByteBuffer raw = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    for (long value : values) {
      raw.putLong(value);
    }
    return empty(name, ElementType.INT64, dims).raw(raw.array());
  }

  /** Raw data. */
  public OnnxTensor raw(byte... data) {
    bytes.bytes(9, data);
    return this;
  }

  /** Packed numbers in {@code float_data}. */
  public OnnxTensor floatData(float... values) {
    bytes.packed(4, values);
    return this;
  }

  /** Packed numbers in {@code int32_data}. */
  public OnnxTensor int32Data(long... values) {
    bytes.packed(5, values);
    return this;
  }

  /** Packed numbers in {@code int64_data}. */
  public OnnxTensor int64Data(long... values) {
    bytes.packed(7, values);
    return this;
  }

  /** Texts. */
  public OnnxTensor strings(String... values) {
    for (String value : values) {
      bytes.text(6, value);
    }
    return this;
  }

  /** Data in another file. */
  public OnnxTensor external(String location, long offset, long length) {
    return externalEntry("location", location)
        .externalEntry("offset", Long.toString(offset))
        .externalEntry("length", Long.toString(length));
  }

  /** One entry of {@code external_data}. */
  public OnnxTensor externalEntry(String key, String value) {
    bytes.varint(14, 1).message(13, new ProtoBytes().text(1, key).text(2, value));
    return this;
  }

  /** Any field. */
  public ProtoBytes fields() {
    return bytes;
  }
}
