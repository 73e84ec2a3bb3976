// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;

class ReductionTest {
  private final Dim n = Dim.symbol("n");

  private Facts images(String op, int opset) {
    return Facts.of(op, opset).value(FLOAT32, n, Dim.of(3), Dim.of(4));
  }

  @Test
  void takesAxesFromAnAttributeOrAnInput() throws Exception {
    assertThat(images("ReduceMean", 13).with("axes", List.of(-1L)).shape()).isEqualTo("(n, 3, 1)");
    assertThat(images("ReduceMean", 18).longs(1, 2).with("keepdims", 0).shape()).isEqualTo("(n)");
    assertThat(images("ReduceSum", 13).longs(1).said()).isEqualTo("x0.sum(1, keepdims=True)");
    assertThat(images("ReduceMax", 13).with("axes", List.of(1L, 2L)).with("keepdims", 0).said())
        .isEqualTo("ops.amax(x0, (1, 2))");
  }

  @Test
  void reducesAllAxesWhereNoneIsNamed() throws Exception {
    assertThat(images("ReduceSum", 13).shape()).isEqualTo("(1, 1, 1)");
    assertThat(images("ReduceMean", 18).with("keepdims", 0).said()).isEqualTo("x0.mean()");
    assertThat(images("ReduceLogSumExp", 18).with("keepdims", 0).said())
        .isEqualTo("ops.logsumexp(x0, (0, 1, 2))");
  }

  @Test
  void leavesEachNumberAloneWhereTheModelAsksForIt() throws Exception {
    Facts sum = images("ReduceSum", 13).longs().with("noop_with_empty_axes", 1);
    assertThat(sum.shape()).isEqualTo("(n, 3, 4)");
    assertThat(sum.operator().alias().get().alias(sum.facts())).hasValue(0);
    assertThat(images("ReduceL2", 18).with("noop_with_empty_axes", 1).said())
        .isEqualTo("ops.abs(x0)");
  }

  @Test
  void castsBackWhatMindSporeWidens() throws Exception {
    Facts whole = Facts.of("ReduceSum", 13).value(INT32, n, Dim.of(3)).longs(1);
    assertThat(whole.said()).isEqualTo("x0.sum(-1, keepdims=True).astype(ms.int32)");
    Facts mean = Facts.of("ReduceMean", 18).value(INT64, n, Dim.of(3)).longs(0);
    assertThat(mean.said())
        .isEqualTo("x0.astype(ms.float64).mean(0, keep_dims=True).astype(ms.int64)");
  }

  @Test
  void writesTheResultOfNothing() throws Exception {
    Facts nothing =
        Facts.of("ReduceProd", 18).value(FLOAT32, Dim.of(2), Dim.of(0)).longs(1).knowing();
    assertThat(nothing.said()).isEqualTo("ops.full((2, 1), 1.0, dtype=ms.float32)");
  }

  @Test
  void reducesRowsOfShapeArithmetic() throws Exception {
    Facts row = Facts.of("ReduceProd", 18).row(n, Dim.of(3)).longs(0);
    assertThat(row.operator().contents().get().contents(row.facts()))
        .contains(List.of(n.times(Dim.of(3))));
    Facts kept = Facts.of("ReduceProd", 18).row(n).with("noop_with_empty_axes", 1);
    assertThat(kept.operator().contents().get().contents(kept.facts())).isEmpty();
  }

  private static Facts computed(String op, Dim axes) {
    return Facts.of(op, 18).value(FLOAT32, Dim.of(2), Dim.of(3)).value(INT64, axes);
  }

  @Test
  void takesAxesThatOnlyARunTellsAsATensor() throws Exception {
    assertThat(computed("ReduceL2", Dim.of(1)).said())
        .isEqualTo("ops.sqrt(ops.ReduceSum(True)(ops.square(x0), x1))");
    assertThat(computed("ReduceMax", Dim.of(1)).with("keepdims", 0).said())
        .isEqualTo("ops.ReduceMax()(x0, x1)");
    assertThat(computed("ReduceMax", Dim.of(1)).with("keepdims", 0).shape()).doesNotContain(",");
  }

  @Test
  void refusesAxesOfWhichARunMayNameNone() {
    Facts none = computed("ReduceSum", n).with("noop_with_empty_axes", 1);
    assertThatThrownBy(none::said)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a run may name no axis");
  }

  @Test
  void refusesComputedAxesOfWhatMayBeEmpty() {
    Facts computed = images("ReduceSum", 13).value(INT64, Dim.of(1));
    assertThatThrownBy(computed::said)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("without elements");
  }

  @Test
  void namesAnAxisThatTheInputHasNot() {
    assertThatThrownBy(() -> images("ReduceSum", 13).longs(3).shape())
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("axis 3");
  }
}
