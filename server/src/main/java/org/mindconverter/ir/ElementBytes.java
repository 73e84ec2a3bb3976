// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.nio.ByteBuffer;

/**
 * Elements in a tensor's bytes as numbers: real ones as doubles; whole ones and truth values as
 * longs (those of uint64 by their 64 bits). Buffers must be little-endian.
 */
public final class ElementBytes {
  private ElementBytes() {}

  /** Takes the next real numbers out of the buffer. */
  public static void getReals(ElementType type, ByteBuffer from, double[] to, int count) {
    switch (type) {
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getFloat();
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          to[i] = from.getDouble();
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to[i] = NarrowFloat.ofHalf(from.getShort());
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to[i] = NarrowFloat.ofBrain(from.getShort());
        }
      }
      default -> throw new IllegalArgumentException(type + " is not real");
    }
  }

  /** Appends real numbers that the type holds to the buffer. */
  public static void putReals(ElementType type, double[] from, int count, ByteBuffer to) {
    switch (type) {
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          to.putFloat((float) from[i]);
        }
      }
      case FLOAT64 -> {
        for (int i = 0; i < count; i++) {
          to.putDouble(from[i]);
        }
      }
      case FLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to.putShort(NarrowFloat.toHalf((float) from[i]));
        }
      }
      case BFLOAT16 -> {
        for (int i = 0; i < count; i++) {
          to.putShort(NarrowFloat.toBrain((float) from[i]));
        }
      }
      default -> throw new IllegalArgumentException(type + " is not real");
    }
  }

  /** Takes the next whole numbers or truth values out of the buffer. */
  public static void getIntegers(ElementType type, ByteBuffer from, long[] to, int count) {
    for (int i = 0; i < count; i++) {
      to[i] =
          switch (type) {
            case INT8 -> from.get();
            case UINT8 -> from.get() & 0xff;
            case BOOL -> from.get() == 0 ? 0 : 1;
            case INT16 -> from.getShort();
            case UINT16 -> from.getShort() & 0xffff;
            case INT32 -> from.getInt();
            case UINT32 -> from.getInt() & 0xffffffffL;
            case INT64, UINT64 -> from.getLong();
            default -> throw new IllegalArgumentException(type + " is not whole");
          };
    }
  }

  /** Appends whole numbers or truth values to the buffer, cut to the type's bits. */
  public static void putIntegers(ElementType type, long[] from, int count, ByteBuffer to) {
    for (int i = 0; i < count; i++) {
      switch (type) {
        case INT8, UINT8 -> to.put((byte) from[i]);
        case BOOL -> to.put((byte) (from[i] == 0 ? 0 : 1));
        case INT16, UINT16 -> to.putShort((short) from[i]);
        case INT32, UINT32 -> to.putInt((int) from[i]);
        case INT64, UINT64 -> to.putLong(from[i]);
        default -> throw new IllegalArgumentException(type + " is not whole");
      }
    }
  }
}
