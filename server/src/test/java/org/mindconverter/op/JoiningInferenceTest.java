// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT64;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;

class JoiningInferenceTest {
  private final Dim n = Dim.symbol("n");
  private final Dim s = Dim.symbol("s");

  private static Dim of(long size) {
    return Dim.of(size);
  }

  private static Optional<List<Dim>> contents(Facts node) throws ConversionException {
    return node.operator().contents().orElseThrow().contents(node.facts());
  }

  @Test
  void addsUpSizesAlongTheJoinedAxis() throws ConversionException {
    assertThat(
            Facts.of("Concat", 13)
                .value(FLOAT32, n, s, of(4))
                .value(FLOAT32, n, of(1), of(4))
                .with("axis", 1)
                .shape())
        .isEqualTo("(n, s + 1, 4)");
  }

  @Test
  void takesTheNumberWhereOneOperandKnowsIt() throws ConversionException {
    assertThat(
            Facts.of("Concat", 13)
                .value(FLOAT32, n, of(2))
                .value(FLOAT32, of(3), of(2))
                .with("axis", -1)
                .shape())
        .isEqualTo("(3, 4)");
    assertThatThrownBy(
            () ->
                Facts.of("Concat", 13)
                    .value(FLOAT32, of(2), of(2))
                    .value(FLOAT32, of(3), of(2))
                    .with("axis", 1)
                    .shape())
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void piecesOfASliceAndTheRestAddUp() throws ConversionException {
    Facts head = Facts.of("Slice", 13).value(FLOAT32, s).longs(0).longs(3);
    Facts tail = Facts.of("Slice", 13).value(FLOAT32, s).longs(3).longs(Long.MAX_VALUE);
    Dim front = head.result().shape().get().dim(0);
    Dim back = tail.result().shape().get().dim(0);
    assertThat(front.plus(back)).isEqualTo(s);
  }

  @Test
  void countsAClassTokenAsOne() throws ConversionException {
    assertThat(Facts.of("Slice", 13).value(FLOAT32, n, s).longs(0).longs(1).longs(1).shape())
        .isEqualTo("(n, 1)");
    assertThat(
            Facts.of("Slice", 13)
                .value(FLOAT32, n, s)
                .longs(1)
                .longs(Integer.MAX_VALUE)
                .longs(1)
                .shape())
        .isEqualTo("(n, s + -1)");
  }

  @Test
  void slicesInStepsAndBackwards() throws ConversionException {
    assertThat(
            Facts.of("Slice", 13)
                .value(FLOAT32, of(7))
                .longs(1)
                .longs(99)
                .longs(0)
                .longs(2)
                .shape())
        .isEqualTo("(3)");
    assertThat(
            Facts.of("Slice", 13)
                .value(FLOAT32, of(7))
                .longs(5)
                .longs(0)
                .longs(0)
                .longs(-2)
                .shape())
        .isEqualTo("(3)");
    assertThat(
            Facts.of("Slice", 1)
                .value(FLOAT32, of(7), s)
                .with("starts", List.of(-2L))
                .with("ends", List.of(Long.MAX_VALUE))
                .shape())
        .isEqualTo("(2, s)");
    assertThatThrownBy(
            () ->
                Facts.of("Slice", 13).value(FLOAT32, s).longs(0).longs(1).longs(0).longs(0).shape())
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void splitsEvenlyWithASmallerLastPart() throws ConversionException {
    Facts split = Facts.of("Split", 18).value(FLOAT32, of(7)).with("num_outputs", 3).outputs(3);
    assertThat(split.operator().inference().infer(split.facts()).toString())
        .isEqualTo("[float32(3), float32(3), float32(1)]");
  }

  @Test
  void splitsASymbolByWholeFactors() throws ConversionException {
    Facts split =
        Facts.of("Split", 13).value(FLOAT32, n, s.times(of(6))).with("axis", 1).outputs(3);
    assertThat(split.shape()).isEqualTo("(n, 2*s)");
  }

  @Test
  void refusesPartsThatDoNotAddUp() {
    assertThatThrownBy(
            () -> Facts.of("Split", 13).value(FLOAT32, of(7)).longs(3, 3).outputs(2).shape())
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void followsAShapeThroughItsArithmetic() throws ConversionException {
    assertThat(contents(Facts.of("Shape", 15).value(FLOAT32, n, of(3), s).with("start", -1)))
        .contains(List.of(s));
    assertThat(contents(Facts.of("Shape", 15).value(FLOAT32, n, s).with("end", 9)))
        .contains(List.of(n, s));
    assertThat(contents(Facts.of("Gather", 13).row(n, s).scalar(-1))).contains(List.of(s));
    assertThat(contents(Facts.of("Slice", 13).row(n, of(3), s).longs(1).longs(99)))
        .contains(List.of(of(3), s));
    assertThat(contents(Facts.of("Concat", 13).row(n).longs(-1).with("axis", 0)))
        .contains(List.of(n, of(-1)));
    assertThat(contents(Facts.of("Size", 13).value(FLOAT32, n, of(3))))
        .contains(List.of(n.times(of(3))));
    assertThat(contents(Facts.of("Unsqueeze", 13).row(n).longs(0))).isEmpty();
    assertThat(contents(Facts.of("Squeeze", 13).row(n).longs(0))).contains(List.of(n));
  }

  @Test
  void joinsNoRowsWithoutEnd() throws ConversionException {
    Dim[] row = new Dim[600];
    java.util.Arrays.fill(row, n);
    assertThat(contents(Facts.of("Concat", 13).row(row).row(row).with("axis", 0))).isEmpty();
  }

  @Test
  void countsARange() throws ConversionException {
    assertThat(Facts.of("Range", 11).scalar(0).row(s).scalar(1).shape()).isEqualTo("(s)");
    assertThat(Facts.of("Range", 11).scalar(3).scalar(10).scalar(3).shape()).isEqualTo("(3)");
    assertThat(Facts.of("Range", 11).scalar(5).scalar(0).scalar(-2).shape()).isEqualTo("(3)");
    assertThatThrownBy(() -> Facts.of("Range", 11).scalar(5).scalar(0).scalar(0).shape())
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void gathersAndScattersByTables() throws ConversionException {
    assertThat(
            Facts.of("Gather", 13).value(FLOAT32, n, of(9)).value(INT64, s).with("axis", 1).shape())
        .isEqualTo("(n, s)");
    assertThat(
            Facts.of("GatherND", 12)
                .value(FLOAT32, n, of(5), of(6), of(7))
                .value(INT64, n, s, of(2))
                .with("batch_dims", 1)
                .shape())
        .isEqualTo("(n, s, 7)");
    assertThat(Facts.of("GatherElements", 13).value(FLOAT32, n, of(5)).value(INT64, n, s).shape())
        .isEqualTo("(n, s)");
  }

  @Test
  void padsAndCrops() throws ConversionException {
    assertThat(Facts.of("Pad", 13).value(FLOAT32, n, of(5)).longs(0, 2, 0, -1).shape())
        .isEqualTo("(n, 6)");
    assertThat(Facts.of("Pad", 18).value(FLOAT32, n, of(5)).longs(2, 2).absent().longs(-1).shape())
        .isEqualTo("(n, 9)");
  }

  @Test
  void readsEveryFormOfAnEquation() throws ConversionException {
    assertThat(einsum("bhid,bhjd->bhij", 4, 4)).isEqualTo("(max(d0, e0), max(d1, e1), d2, e2)");
    assertThat(einsum("...ij,jk", 4, 2)).isEqualTo("(d0, d1, d2, e1)");
    assertThat(einsum("ii->i", 2)).isEqualTo("(max(d0, d1))");
    assertThat(einsum("i j , j k", 2, 2)).isEqualTo("(d0, e1)");
    assertThatThrownBy(() -> einsum("ij->k", 2)).isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> einsum("ij,jk->ik", 2)).isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> einsum("i->ii", 1)).isInstanceOf(ConversionException.class);
  }

  private static String einsum(String equation, int... ranks) throws ConversionException {
    Facts node = Facts.of("Einsum", 12).with("equation", equation);
    for (int i = 0; i < ranks.length; i++) {
      Dim[] dims = new Dim[ranks[i]];
      for (int axis = 0; axis < dims.length; axis++) {
        dims[axis] = Dim.symbol((char) ('d' + i) + "" + axis);
      }
      node.value(FLOAT32, dims);
    }
    return node.shape();
  }

  @Test
  void marksTheTrueOnes() throws ConversionException {
    NumericTensor condition =
        NumericTensor.ofIntegers(
            org.mindconverter.ir.ElementType.BOOL, List.of(3L), new long[] {1, 0, 1});
    assertThat(
            Facts.of("Compress", 11)
                .value(FLOAT32, n, of(3))
                .constant(condition)
                .with("axis", 1)
                .shape())
        .isEqualTo("(n, 2)");
  }
}
