// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

/**
 * Real numbers of 16 bits. Rounding goes to the nearest, ties to the even one, as numpy, PyTorch
 * and ONNX Runtime round a float.
 */
public final class NarrowFloat {
  private static final int INFINITY_BITS = 0x7f800000;

  /** Float bits of 65536, the first power of two that float16 does not hold. */
  private static final int HALF_OVERFLOW_BITS = 0x47800000;

  /** Float bits of 2^-14, the least normal float16. */
  private static final int HALF_NORMAL_BITS = 0x38800000;

  /** Float bits by which the exponents of the two formats are apart. */
  private static final int HALF_BIAS_BITS = 0x38000000;

  private NarrowFloat() {}

  /** The float16 next to a float. */
  public static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    int size = bits & 0x7fffffff;
    if (size > INFINITY_BITS) {
      return (short) (sign | 0x7e00);
    }
    if (size >= HALF_OVERFLOW_BITS) {
      return (short) (sign | 0x7c00);
    }
    if (size < HALF_NORMAL_BITS) {
      // Floats next to 0.5 are as far apart as float16s below 2^-14: the addition rounds.
      float shifted = Float.intBitsToFloat(size) + 0.5f;
      return (short) (sign | (Float.floatToRawIntBits(shifted) - 0x3f000000));
    }
    int rounded = size + 0xfff + ((size >>> 13) & 1);
    return (short) (sign | (rounded - HALF_BIAS_BITS) >>> 13);
  }

  /** The value of a float16. */
  public static float ofHalf(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half & 0x7c00;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      float size = fraction * 0x1p-24f;
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(size));
    }
    int bits =
        exponent == 0x7c00
            ? INFINITY_BITS | fraction << 13
            : ((half & 0x7fff) << 13) + HALF_BIAS_BITS;
    return Float.intBitsToFloat(sign | bits);
  }

  /** The bfloat16 next to a float. */
  public static short toBrain(float value) {
    if (Float.isNaN(value)) {
      return 0x7fc0;
    }
    int bits = Float.floatToRawIntBits(value);
    return (short) ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16);
  }

  /** The value of a bfloat16. */
  public static float ofBrain(short brain) {
    return Float.intBitsToFloat(brain << 16);
  }
}
