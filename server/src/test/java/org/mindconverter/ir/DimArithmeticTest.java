// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DimArithmeticTest {
  private final Dim n = Dim.symbol("n");
  private final Dim s = Dim.symbol("s");

  @Test
  void dividesSumsWhereNothingRemains() {
    Dim product = n.times(s.plus(Dim.of(1)));

    assertThat(product.floorDiv(s.plus(Dim.of(1)))).isEqualTo(n);
    assertThat(product.floorDiv(n)).isEqualTo(s.plus(Dim.of(1)));
    assertThat(n.times(n).minus(s.times(s)).floorDiv(n.minus(s))).isEqualTo(n.plus(s));
  }

  @Test
  void keepsAQuotientThatLeavesARemainder() {
    assertThat(s.floorDiv(Dim.of(2)).times(Dim.of(2))).isNotEqualTo(s);
    assertThat(s.expression().dividedBy(DimExpression.of(2))).isEmpty();
  }

  @Test
  void dividesNothingByZero() {
    assertThat(DimExpression.of(0).dividedBy(DimExpression.of(0))).isEqualTo(Optional.empty());
  }

  @Test
  void piecesOfASplitAxisAddUpToIt() {
    Dim head = s.min(Dim.of(3));
    Dim tail = s.minus(s.min(Dim.of(3)));

    assertThat(head.plus(tail)).isEqualTo(s);
  }

  @Test
  void ordersWhatIsSureForEverySize() {
    assertThat(s.plus(Dim.of(2)).min(Dim.of(2))).isEqualTo(Dim.of(2));
    assertThat(s.plus(Dim.of(2)).max(s)).isEqualTo(s.plus(Dim.of(2)));
    assertThat(s.min(n)).isEqualTo(n.min(s)).isNotEqualTo(s).isNotEqualTo(n);
  }

  @Test
  void knowsWhatNeverFallsBelowZero() {
    assertThat(s.minus(s.min(Dim.of(3))).isAtLeast(0, 0)).isTrue();
    assertThat(s.minus(s.floorDiv(Dim.of(2))).isAtLeast(0, 0)).isTrue();
    assertThat(Dim.of(6).minus(s.mod(Dim.of(7))).isAtLeast(0, 0)).isTrue();
    assertThat(s.minus(Dim.of(1)).isAtLeast(0, 1)).isTrue();
  }

  @Test
  void doesNotKnowWhatSomeSizeBreaks() {
    assertThat(s.minus(Dim.of(1)).isAtLeast(0, 0)).isFalse();
    assertThat(s.minus(n).isAtLeast(0, 0)).isFalse();
    assertThat(s.max(n).minus(s.times(Dim.of(2))).isAtLeast(0, 0)).isFalse();
    assertThat(Dim.of(5).minus(s.max(n)).isAtLeast(0, 0)).isFalse();
  }

  @Test
  void twoSymbolsBroadcastToTheLargerOne() {
    Shape both = Shape.broadcast(new Shape(List.of(n)), new Shape(List.of(s))).orElseThrow();

    assertThat(both.dim(0)).isEqualTo(n.max(s));
  }

  @Test
  void refusesDimensionsThatNobodyCanFollow() {
    assertThatThrownBy(() -> grown(Dim.symbol("a").plus(n), 8))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(this::nested).isInstanceOf(ArithmeticException.class);
  }

  private Dim grown(Dim start, int squarings) {
    Dim dim = start.plus(s);
    for (int i = 0; i < squarings; i++) {
      dim = dim.times(dim);
    }
    return dim;
  }

  private Dim nested() {
    Dim dim = s;
    for (int i = 0; i < 10_000; i++) {
      dim = dim.plus(n).floorDiv(Dim.of(3));
    }
    return dim;
  }
}
