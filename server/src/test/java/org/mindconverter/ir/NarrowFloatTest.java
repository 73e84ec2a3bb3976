// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NarrowFloatTest {
  private static final int ALL = 1 << 16;

  @Test
  void everyHalfComesBack() {
    for (int bits = 0; bits < ALL; bits++) {
      float value = NarrowFloat.ofHalf((short) bits);
      if (Float.isNaN(value)) {
        assertThat((bits & 0x7c00) == 0x7c00 && (bits & 0x3ff) != 0).isTrue();
      } else {
        assertThat(NarrowFloat.toHalf(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void everyBrainFloatComesBack() {
    for (int bits = 0; bits < ALL; bits++) {
      float value = NarrowFloat.ofBrain((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(NarrowFloat.toBrain(value)).isEqualTo((short) bits);
      }
    }
  }

  @Test
  void knowsTheValuesOfHalves() {
    assertThat(NarrowFloat.ofHalf((short) 0x3c00)).isEqualTo(1f);
    assertThat(NarrowFloat.ofHalf((short) 0xc000)).isEqualTo(-2f);
    assertThat(NarrowFloat.ofHalf((short) 0x7bff)).isEqualTo(65504f);
    assertThat(NarrowFloat.ofHalf((short) 0x0001)).isEqualTo(0x1p-24f);
    assertThat(NarrowFloat.ofHalf((short) 0xfc00)).isEqualTo(Float.NEGATIVE_INFINITY);
  }

  @Test
  void roundsToTheNearestHalf() {
    float[] halves = positive(0x7bff, true);
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(42) - 26);
      if (value < 65504f) {
        int bits = NarrowFloat.toHalf(value);
        assertNearest(value, halves, bits);
      }
    }
  }

  @Test
  void roundsToTheNearestBrainFloat() {
    float[] brains = positive(0x7f7f, false);
    Random random = new Random(8);
    for (int i = 0; i < 100_000; i++) {
      float value = (float) Math.scalb(1 + random.nextDouble(), random.nextInt(250) - 140);
      assertNearest(value, brains, NarrowFloat.toBrain(value));
    }
  }

  @Test
  void roundsTiesToTheEvenNeighbour() {
    assertThat(NarrowFloat.toHalf(1 + 0x1p-11f)).isEqualTo((short) 0x3c00);
    assertThat(NarrowFloat.toHalf(1 + 0x1.8p-10f)).isEqualTo((short) 0x3c02);
    assertThat(NarrowFloat.toHalf(0x1p-25f)).isEqualTo((short) 0);
    assertThat(NarrowFloat.toHalf(0x1.8p-24f)).isEqualTo((short) 2);
    assertThat(NarrowFloat.toHalf(65519.996f)).isEqualTo((short) 0x7bff);
    assertThat(NarrowFloat.toHalf(65520f)).isEqualTo((short) 0x7c00);
    assertThat(NarrowFloat.toBrain(1 + 0x1p-8f)).isEqualTo((short) 0x3f80);
    assertThat(NarrowFloat.toBrain(Float.MAX_VALUE)).isEqualTo((short) 0x7f80);
  }

  @Test
  void keepsSignsAndNotANumber() {
    assertThat(NarrowFloat.toHalf(-0f)).isEqualTo((short) 0x8000);
    assertThat(NarrowFloat.toHalf(-0x1p-30f)).isEqualTo((short) 0x8000);
    assertThat(NarrowFloat.ofHalf(NarrowFloat.toHalf(Float.NaN))).isNaN();
    assertThat(NarrowFloat.ofBrain(NarrowFloat.toBrain(Float.intBitsToFloat(0x7f800001)))).isNaN();
  }

  private static float[] positive(int last, boolean half) {
    float[] values = new float[last + 1];
    IntStream.rangeClosed(0, last)
        .forEach(
            bits ->
                values[bits] =
                    half ? NarrowFloat.ofHalf((short) bits) : NarrowFloat.ofBrain((short) bits));
    return values;
  }

  private static void assertNearest(float value, float[] all, int bits) {
    BigDecimal chosen = distance(value, all[bits]);
    assertThat(chosen).isLessThanOrEqualTo(distance(value, all[Math.max(bits - 1, 0)]));
    assertThat(chosen)
        .isLessThanOrEqualTo(distance(value, all[Math.min(bits + 1, all.length - 1)]));
  }

  private static BigDecimal distance(float a, float b) {
    return new BigDecimal(a).subtract(new BigDecimal(b)).abs();
  }
}
