// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.nio.ByteBuffer;
import org.mindconverter.ir.ElementType;

/** Real numbers of 16, 32 and 64 bits: rounding to the nearest, ties to even, and their bytes. */
final class Rounding {
  private static final int HALF_FRACTION = 10;
  private static final int HALF_LOWEST_EXPONENT = -14;
  private static final double HALF_OVERFLOW = 65520;

  private Rounding() {}

  static double round(ElementType element, double v) {
    return switch (element) {
      case FLOAT32 -> (float) v;
      case FLOAT16 -> roundToHalf(v);
      case BFLOAT16 -> Float.intBitsToFloat(brainBits(v) << 16);
      default -> v;
    };
  }

  static double read(ElementType element, ByteBuffer bytes) {
    return switch (element) {
      case FLOAT32 -> bytes.getFloat();
      case FLOAT64 -> bytes.getDouble();
      case BFLOAT16 -> Float.intBitsToFloat(bytes.getShort() << 16);
      case FLOAT16 -> fromHalf(bytes.getShort() & 0xffff);
      default -> throw new IllegalArgumentException(element + " is not real");
    };
  }

  static void write(ElementType element, double v, ByteBuffer bytes) {
    switch (element) {
      case FLOAT32 -> bytes.putFloat((float) v);
      case FLOAT64 -> bytes.putDouble(v);
      case BFLOAT16 -> bytes.putShort((short) brainBits(v));
      case FLOAT16 -> bytes.putShort((short) toHalf(roundToHalf(v)));
      default -> throw new IllegalArgumentException(element + " is not real");
    }
  }

  private static int brainBits(double v) {
    if (Double.isNaN(v)) {
      return 0x7fc0;
    }
    int bits = Float.floatToRawIntBits((float) v);
    int half = 0x7fff + ((bits >>> 16) & 1);
    return (bits + half) >>> 16;
  }

  private static double roundToHalf(double v) {
    if (Double.isNaN(v) || Double.isInfinite(v) || v == 0) {
      return v;
    }
    if (Math.abs(v) >= HALF_OVERFLOW) {
      return v > 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    }
    int exponent = Math.max(Math.getExponent(v), HALF_LOWEST_EXPONENT);
    double unit = Math.scalb(1.0, exponent - HALF_FRACTION);
    return Math.copySign(Math.rint(v / unit) * unit, v);
  }

  private static int toHalf(double v) {
    int sign = Double.doubleToRawLongBits(v) < 0 ? 0x8000 : 0;
    double size = Math.abs(v);
    if (Double.isNaN(v)) {
      return 0x7e00;
    }
    if (Double.isInfinite(size)) {
      return sign | 0x7c00;
    }
    if (size < Math.scalb(1.0, HALF_LOWEST_EXPONENT)) {
      return sign | (int) Math.scalb(size, HALF_FRACTION - HALF_LOWEST_EXPONENT);
    }
    int exponent = Math.getExponent(size);
    int fraction = (int) Math.scalb(size, HALF_FRACTION - exponent) & 0x3ff;
    return sign | (exponent + 15) << HALF_FRACTION | fraction;
  }

  private static double fromHalf(int bits) {
    double sign = (bits & 0x8000) != 0 ? -1 : 1;
    int exponent = (bits >>> HALF_FRACTION) & 0x1f;
    int fraction = bits & 0x3ff;
    if (exponent == 0x1f) {
      return fraction != 0 ? Double.NaN : sign * Double.POSITIVE_INFINITY;
    }
    return exponent == 0
        ? sign * Math.scalb((double) fraction, HALF_LOWEST_EXPONENT - HALF_FRACTION)
        : sign * Math.scalb(1024.0 + fraction, exponent - 15 - HALF_FRACTION);
  }
}
