// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementCastTest {
  @Test
  void cutsWholeNumbersToTheirBits() {
    assertThat(ElementCast.wrap(ElementType.INT8, 200)).isEqualTo(-56);
    assertThat(ElementCast.wrap(ElementType.UINT8, -1)).isEqualTo(255);
    assertThat(ElementCast.wrap(ElementType.INT16, 40_000)).isEqualTo(-25_536);
    assertThat(ElementCast.wrap(ElementType.UINT16, -2)).isEqualTo(65_534);
    assertThat(ElementCast.wrap(ElementType.INT32, 1L << 31)).isEqualTo(Integer.MIN_VALUE);
    assertThat(ElementCast.wrap(ElementType.UINT32, -1)).isEqualTo(0xffff_ffffL);
    assertThat(ElementCast.wrap(ElementType.BOOL, 512)).isEqualTo(1);
  }

  @Test
  void dropsFractions() {
    assertThat(ElementCast.toWhole(ElementType.INT32, -2.9)).isEqualTo(-2);
    assertThat(ElementCast.toWhole(ElementType.INT64, 0x1p62)).isEqualTo(1L << 62);
    assertThat(ElementCast.toWhole(ElementType.UINT64, 0x1p63)).isEqualTo(Long.MIN_VALUE);
    assertThat(ElementCast.toWhole(ElementType.UINT32, 4_294_967_295.0)).isEqualTo(0xffff_ffffL);
    assertThat(ElementCast.toWhole(ElementType.BOOL, 0.1)).isEqualTo(1);
    assertThat(ElementCast.toWhole(ElementType.BOOL, Double.NaN)).isEqualTo(1);
    assertThat(ElementCast.toWhole(ElementType.BOOL, -0.0)).isEqualTo(0);
  }

  @Test
  void doesAsTheProcessorWhereNoResultIsDefined() {
    assertThat(ElementCast.toWhole(ElementType.INT32, Double.NaN)).isEqualTo(Integer.MIN_VALUE);
    assertThat(ElementCast.toWhole(ElementType.INT32, 3e9)).isEqualTo(Integer.MIN_VALUE);
    assertThat(ElementCast.toWhole(ElementType.INT64, 1e19)).isEqualTo(Long.MIN_VALUE);
    assertThat(ElementCast.toWhole(ElementType.UINT8, 300)).isEqualTo(44);
    assertThat(ElementCast.toWhole(ElementType.UINT8, -1)).isEqualTo(255);
  }

  @Test
  void bringsWholeNumbersToTheNearestFloatAtOnce() {
    Random random = new Random(9);
    for (int i = 0; i < 100_000; i++) {
      long bits = random.nextLong() >> random.nextInt(40);
      BigInteger unsigned = new BigInteger(Long.toUnsignedString(bits));
      assertThat(ElementCast.toReal(ElementType.FLOAT32, ElementType.UINT64, bits))
          .isEqualTo(new BigDecimal(unsigned).floatValue());
      assertThat(ElementCast.toReal(ElementType.FLOAT64, ElementType.UINT64, bits))
          .isEqualTo(new BigDecimal(unsigned).doubleValue());
      assertThat(ElementCast.toReal(ElementType.FLOAT32, ElementType.INT64, bits))
          .isEqualTo(BigDecimal.valueOf(bits).floatValue());
    }
  }

  @Test
  void overflowsNarrowRealsToInfinity() {
    assertThat(ElementCast.toReal(ElementType.FLOAT16, ElementType.INT32, 70_000)).isInfinite();
    assertThat(ElementCast.round(ElementType.FLOAT32, 1e39)).isInfinite();
    assertThat(ElementCast.round(ElementType.FLOAT16, 1e-9)).isEqualTo(0);
    assertThat(ElementCast.round(ElementType.BFLOAT16, 1.00390625)).isEqualTo(1);
  }
}
