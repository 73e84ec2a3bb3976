// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;

class AxisOrderTest {
  private static AxisOrder of(long... sizes) {
    return AxisOrder.of(Shape.of(sizes));
  }

  @Test
  void axesMergedSwappedAndSplitAgainAreTransposed() {
    AxisOrder order =
        of(2, 4, 12, 8)
            .reshaped(Shape.of(8, 12, 8))
            .orElseThrow()
            .transposed(List.of(0L, 2L, 1L))
            .reshaped(Shape.of(2, 4, 8, 12))
            .orElseThrow();
    assertThat(order.transposition()).contains(List.of(0L, 1L, 3L, 2L));
  }

  @Test
  void axesThatOnlyARunTellsAreFollowedToo() {
    Dim batch = Dim.symbol("batch");
    AxisOrder order =
        AxisOrder.of(new Shape(List.of(batch, Dim.of(4), Dim.of(8))))
            .reshaped(new Shape(List.of(batch.times(Dim.of(4)), Dim.of(8))))
            .orElseThrow()
            .transposed(List.of(1L, 0L));
    assertThat(
            order
                .reshaped(new Shape(List.of(Dim.of(8), batch, Dim.of(4))))
                .flatMap(AxisOrder::transposition))
        .contains(List.of(2L, 0L, 1L));
  }

  @Test
  void anAxisOfSizeOneGoesWhereItIsWanted() {
    AxisOrder order = of(3, 1, 5).reshaped(Shape.of(1, 3, 5)).orElseThrow();
    assertThat(order.transposition()).contains(List.of(1L, 0L, 2L));
  }

  @Test
  void anAxisTakenApartIsNoTransposition() {
    assertThat(of(6, 5).reshaped(Shape.of(2, 3, 5))).isEmpty();
    assertThat(of(6, 5).reshaped(Shape.of(5, 6))).isEmpty();
  }

  @Test
  void axesThatStayMergedAreNoTransposition() {
    AxisOrder order = of(2, 3, 5).reshaped(Shape.of(6, 5)).orElseThrow();
    assertThat(order.transposition()).isEmpty();
  }
}
