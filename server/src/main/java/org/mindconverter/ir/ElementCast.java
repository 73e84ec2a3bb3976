// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

/**
 * Numbers brought to an element type. Where ONNX leaves the result open (a real number that the
 * whole type does not hold), it is what ONNX Runtime, PyTorch and numpy give on x86-64.
 */
public final class ElementCast {
  private static final double TWO_63 = 0x1p63;

  private ElementCast() {}

  /** The nearest number that a real type holds. */
  public static double round(ElementType type, double value) {
    return switch (type) {
      case FLOAT64 -> value;
      case FLOAT32 -> (float) value;
      case FLOAT16 -> NarrowFloat.ofHalf(NarrowFloat.toHalf((float) value));
      case BFLOAT16 -> NarrowFloat.ofBrain(NarrowFloat.toBrain((float) value));
      default -> throw new IllegalArgumentException(type + " is not real");
    };
  }

  /** The number that a whole type's bits hold of it; for bool, whether it differs from 0. */
  public static long wrap(ElementType type, long value) {
    return switch (type) {
      case BOOL -> value == 0 ? 0 : 1;
      case INT8 -> (byte) value;
      case UINT8 -> value & 0xff;
      case INT16 -> (short) value;
      case UINT16 -> value & 0xffff;
      case INT32 -> (int) value;
      case UINT32 -> value & 0xffffffffL;
      case INT64, UINT64 -> value;
      default -> throw new IllegalArgumentException(type + " is not whole");
    };
  }

  /** A real number without its fraction, as an element of a whole type. */
  public static long toWhole(ElementType type, double value) {
    return switch (type) {
      case BOOL -> value == 0 ? 0 : 1;
      case INT8, UINT8, INT16, UINT16, INT32 -> wrap(type, truncateTo32Bits(value));
      case UINT32, INT64 -> wrap(type, truncateTo64Bits(value));
      case UINT64 ->
          value >= TWO_63
              ? truncateTo64Bits(value - TWO_63) ^ Long.MIN_VALUE
              : truncateTo64Bits(value);
      default -> throw new IllegalArgumentException(type + " is not whole");
    };
  }

  /**
   * A whole number as an element of a real type.
   *
   * @param from the whole type: it tells how to read the sign of 64 bits
   */
  public static double toReal(ElementType type, ElementType from, long value) {
    boolean large = from == ElementType.UINT64 && value < 0;
    if (type == ElementType.FLOAT64) {
      return large ? (double) halved(value) * 2 : (double) value;
    }
    // Not by way of a double: that would round twice.
    return round(type, large ? (float) halved(value) * 2 : (float) value);
  }

  /** Half of 64 unsigned bits; the lowest bit keeps the lost one, so that ties stay no ties. */
  private static long halved(long value) {
    return (value >>> 1) | (value & 1);
  }

  private static long truncateTo32Bits(double value) {
    return value > Integer.MIN_VALUE - 1.0 && value < -(double) Integer.MIN_VALUE
        ? (int) value
        : Integer.MIN_VALUE;
  }

  private static long truncateTo64Bits(double value) {
    return value >= -TWO_63 && value < TWO_63 ? (long) value : Long.MIN_VALUE;
  }
}
