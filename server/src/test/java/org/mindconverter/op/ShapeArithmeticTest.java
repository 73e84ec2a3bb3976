// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;

class ShapeArithmeticTest {
  private final Dim n = Dim.symbol("n");
  private final Dim s = Dim.symbol("s");

  private static Facts operands() {
    return Facts.of("Any", 20);
  }

  @Test
  void addsRowsElementByElement() {
    assertThat(ShapeArithmetic.add(operands().row(n, s).longs(1, 2).facts()))
        .contains(List.of(n.plus(Dim.of(1)), s.plus(Dim.of(2))));
  }

  @Test
  void stretchesAScalarOverARow() {
    assertThat(ShapeArithmetic.multiply(operands().row(n, s).scalar(-1).facts()))
        .contains(List.of(n.times(Dim.of(-1)), s.times(Dim.of(-1))));
  }

  @Test
  void saysNothingOfRowsThatDoNotFit() {
    assertThat(ShapeArithmetic.add(operands().row(n, s, s).longs(1, 2).facts())).isEmpty();
  }

  @Test
  void roundsQuotientsOfNumbersTowardsZero() {
    assertThat(ShapeArithmetic.divide(operands().longs(-7, 7).longs(2, -2).facts()))
        .contains(List.of(Dim.of(-3), Dim.of(-3)));
  }

  @Test
  void dividesASizeButNotWhatMayBeNegative() {
    assertThat(ShapeArithmetic.divide(operands().row(s).scalar(2).facts()))
        .contains(List.of(s.floorDiv(Dim.of(2))));
    assertThat(ShapeArithmetic.divide(operands().row(s.minus(Dim.of(3))).scalar(2).facts()))
        .isEmpty();
    assertThat(ShapeArithmetic.divide(operands().row(s).scalar(0).facts())).isEmpty();
  }

  @Test
  void dividesByASizeThatCannotBeZeroWhereItDivides() {
    assertThat(ShapeArithmetic.divide(operands().row(s.times(n)).row(s).facts()))
        .contains(List.of(n));
    assertThat(ShapeArithmetic.modulo(operands().row(s.times(n)).row(s).facts()))
        .contains(List.of(Dim.of(0)));
    assertThat(ShapeArithmetic.divide(operands().row(n).row(s.minus(Dim.of(1))).facts())).isEmpty();
  }

  @Test
  void takesTheRemaindersSignFromTheDivisorOrTheDividend() {
    assertThat(ShapeArithmetic.modulo(operands().longs(-7).longs(4).facts()))
        .contains(List.of(Dim.of(1)));
    assertThat(ShapeArithmetic.modulo(operands().longs(-7).longs(4).with("fmod", 1).facts()))
        .contains(List.of(Dim.of(-3)));
  }

  @Test
  void tellsASizeFromMinusOneButNotFromOne() {
    assertThat(ShapeArithmetic.equal(operands().row(n, Dim.of(-1)).scalar(-1).facts()))
        .contains(List.of(Dim.of(0), Dim.of(1)));
    assertThat(ShapeArithmetic.equal(operands().row(n).scalar(1).facts())).isEmpty();
  }

  @Test
  void comparesWhatIsSureForEverySize() {
    Dim more = n.plus(Dim.of(1));
    assertThat(ShapeArithmetic.less(operands().row(n).row(more).facts()))
        .contains(List.of(Dim.of(1)));
    assertThat(ShapeArithmetic.greaterOrEqual(operands().row(n).row(more).facts()))
        .contains(List.of(Dim.of(0)));
    assertThat(ShapeArithmetic.greater(operands().row(n).scalar(0).facts())).isEmpty();
  }

  @Test
  void choosesByKnownConditions() {
    NumericTensor condition =
        NumericTensor.ofIntegers(ElementType.BOOL, List.of(2L), new long[] {1, 0});
    assertThat(ShapeArithmetic.where(operands().constant(condition).scalar(7).row(n, s).facts()))
        .contains(List.of(Dim.of(7), s));
  }

  @Test
  void saysNothingOfNumbersThatTheTypeDoesNotHold() {
    NumericTensor large =
        NumericTensor.ofIntegers(ElementType.INT32, List.of(1L), new long[] {1 << 30});
    assertThat(ShapeArithmetic.multiply(operands().constant(large).constant(large).facts()))
        .isEmpty();
    assertThat(ShapeArithmetic.cast(operands().longs(1L << 40).facts(), ElementType.INT32))
        .isEmpty();
  }

  @Test
  void keepsSizesThroughCastsBetweenWholeNumbers() {
    assertThat(ShapeArithmetic.cast(operands().row(n).facts(), ElementType.INT32))
        .contains(List.of(n));
    assertThat(ShapeArithmetic.cast(operands().row(n).facts(), ElementType.FLOAT32)).isEmpty();
    assertThat(ShapeArithmetic.cast(operands().row(n).facts(), ElementType.BOOL)).isEmpty();
  }
}
