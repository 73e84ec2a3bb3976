// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT64;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;

class ReshapingInferenceTest {
  private final Dim n = Dim.symbol("n");
  private final Dim s = Dim.symbol("s");

  private static Dim of(long size) {
    return Dim.of(size);
  }

  @Test
  void infersWhatRemainsOfSymbols() throws ConversionException {
    assertThat(Facts.of("Reshape", 20).value(FLOAT32, n, of(12), s).longs(0, -1, 4).shape())
        .isEqualTo("(n, 3*s, 4)");
  }

  @Test
  void cancelsSumsThatStay() throws ConversionException {
    Dim tokens = s.plus(of(1));
    assertThat(
            Facts.of("Reshape", 20)
                .value(FLOAT32, n, tokens, of(768))
                .row(n, tokens, of(12), of(-1))
                .shape())
        .isEqualTo("(n, s + 1, 12, 64)");
  }

  @Test
  void splitsAnAxisThatWasMergedBefore() throws ConversionException {
    Dim merged = n.times(s.plus(of(1)));
    assertThat(
            Facts.of("Reshape", 20)
                .value(FLOAT32, merged, of(8))
                .row(of(-1), s.plus(of(1)), of(8))
                .shape())
        .isEqualTo("(n, s + 1, 8)");
  }

  @Test
  void copiesZeroUnlessTheAttributeForbids() throws ConversionException {
    assertThat(Facts.of("Reshape", 20).value(FLOAT32, n, of(4)).longs(0, 2, 2).shape())
        .isEqualTo("(n, 2, 2)");
    assertThat(
            Facts.of("Reshape", 20)
                .value(FLOAT32, of(0), of(4))
                .longs(4, 0)
                .with("allowzero", 1)
                .shape())
        .isEqualTo("(4, 0)");
  }

  @Test
  void keepsTheRankOfAComputedShape() throws ConversionException {
    assertThat(Facts.of("Reshape", 20).value(FLOAT32, n).value(INT64, of(3)).shape())
        .isEqualTo("(y0.d0, y0.d1, y0.d2)");
  }

  @Test
  void refusesAnotherNumberOfElements() {
    assertThatThrownBy(() -> Facts.of("Reshape", 20).value(FLOAT32, of(7)).longs(2, 3).shape())
        .isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> Facts.of("Reshape", 20).value(FLOAT32, of(6)).longs(-1, -1).shape())
        .isInstanceOf(ConversionException.class);
    assertThatThrownBy(() -> Facts.of("Reshape", 20).value(FLOAT32, of(6)).longs(6, 0).shape())
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void dropsWhatChangesNothing() throws ConversionException {
    Facts reshape = Facts.of("Reshape", 20).value(FLOAT32, n, s).row(n, of(-1));
    Facts transpose = Facts.of("Transpose", 20).value(FLOAT32, n, s).with("perm", List.of(0L, 1L));
    Facts expand = Facts.of("Expand", 20).value(FLOAT32, n, s).row(s);
    Facts slice = Facts.of("Slice", 20).value(FLOAT32, n).longs(0).longs(Long.MAX_VALUE);
    for (Facts node : List.of(reshape, transpose, expand, slice)) {
      assertThat(node.operator().alias().orElseThrow().alias(node.facts()))
          .isEqualTo(OptionalInt.of(0));
    }
  }

  @Test
  void doesNotTakeAReversalForNothing() throws ConversionException {
    Facts reversed =
        Facts.of("Slice", 20).value(FLOAT32, n).longs(-1).longs(Long.MIN_VALUE).longs(0).longs(-1);
    assertThat(reversed.shape()).isEqualTo("(n)");
    assertThat(reversed.operator().alias().orElseThrow().alias(reversed.facts())).isEmpty();
  }

  @Test
  void squeezesNamedAxesAndAllOfOneElement() throws ConversionException {
    assertThat(Facts.of("Squeeze", 11).value(FLOAT32, n, s).with("axes", List.of(-1L)).shape())
        .isEqualTo("(n)");
    assertThat(Facts.of("Squeeze", 13).value(FLOAT32, of(1), of(3), of(1)).shape())
        .isEqualTo("(3)");
    assertThat(Facts.of("Squeeze", 13).value(FLOAT32, of(1), n).shape()).isEqualTo("?");
    assertThatThrownBy(() -> Facts.of("Squeeze", 13).value(FLOAT32, of(2)).longs(0).shape())
        .isInstanceOf(ConversionException.class);
  }

  @Test
  void unsqueezesInTheResultsOrder() throws ConversionException {
    assertThat(Facts.of("Unsqueeze", 13).value(FLOAT32, n, s).longs(3, 0).shape())
        .isEqualTo("(1, n, s, 1)");
    assertThat(Facts.of("Unsqueeze", 11).value(FLOAT32, n).with("axes", List.of(-1L)).shape())
        .isEqualTo("(n, 1)");
  }

  @Test
  void flattensAroundAnyAxis() throws ConversionException {
    assertThat(Facts.of("Flatten", 13).value(FLOAT32, n, of(2), s).with("axis", 0).shape())
        .isEqualTo("(1, 2*n*s)");
    assertThat(Facts.of("Flatten", 13).value(FLOAT32, n, of(2), s).with("axis", 3).shape())
        .isEqualTo("(2*n*s, 1)");
    assertThat(Facts.of("Flatten", 13).value(FLOAT32, n, of(2), s).with("axis", -1).shape())
        .isEqualTo("(2*n, s)");
  }

  @Test
  void layoutsOfParametersBecomePartOfThem() throws ConversionException {
    Facts transpose = Facts.of("Transpose", 20).weight(2L, 3L);
    assertThat(transpose.operator().layout().orElseThrow().layout(transpose.facts()))
        .hasValueSatisfying(w -> assertThat(w.get(0).describe()).isEqualTo("transpose(1,0)"));
    Facts split = Facts.of("Split", 18).weight(4L, 2L).with("num_outputs", 2).outputs(2);
    assertThat(split.operator().layout().orElseThrow().layout(split.facts()))
        .hasValueSatisfying(w -> assertThat(w.get(1).describe()).isEqualTo("slice(0,2,4)"));
    Facts gather = Facts.of("Gather", 13).weight(4L, 2L).scalar(-1).with("axis", 1);
    assertThat(gather.operator().layout().orElseThrow().layout(gather.facts()))
        .hasValueSatisfying(w -> assertThat(w.get(0).dims()).containsExactly(4L));
  }
}
