// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.UINT16;
import static org.mindconverter.ir.ElementType.UINT64;

import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Dim;

class RankingTest {
  private final Dim n = Dim.symbol("n");

  private Facts scores(String op, int opset) {
    return Facts.of(op, opset).value(FLOAT32, Dim.of(2), n);
  }

  @Test
  void ranksByAStableSort() throws Exception {
    Facts top = scores("TopK", 11).longs(3).outputs(2);
    assertThat(top.shape()).isEqualTo("(2, 3)");
    assertThat(top.said())
        .isEqualTo(
            """
            ranked = ops.sort(x0, -1, descending=True)
            ranked[0][:, :3]
            ranked[1][:, :3].astype(ms.int64)""");
  }

  @Test
  void takesAsManyAsShapeArithmeticSays() throws Exception {
    Facts half = scores("TopK", 11).row(Dim.symbol("half")).with("axis", 0).with("largest", 0);
    assertThat(half.shape()).isEqualTo("(half, n)");
    assertThat(half.said()).contains("ops.sort(x0, 0)").contains("ranked[0][:half]");
  }

  @Test
  void castsUnsignedNumbersThatMindSporeDoesNotSort() throws Exception {
    assertThat(Facts.of("TopK", 11).value(UINT16, n).longs(1).said())
        .contains("ops.sort(x0.astype(ms.int32), -1, descending=True)")
        .contains("ranked[0][:1].astype(ms.uint16)");
    assertThatThrownBy(() -> Facts.of("TopK", 11).value(UINT64, n).longs(1).said())
        .isInstanceOf(Refusal.class);
  }

  @Test
  void takesAsManyAsARunTells() throws Exception {
    assertThat(scores("TopK", 11).value(INT64, Dim.of(1)).said()).contains("ranked[0][:, :x1[0]]");
  }

  @Test
  void countsTheLastOfEqualsFromTheEnd() throws Exception {
    Facts last =
        scores("ArgMax", 13).with("axis", 0).with("keepdims", 0).with("select_last_index", 1);
    assertThat(last.shape()).isEqualTo("(n)");
    assertThat(last.said()).isEqualTo("1 - ops.argmax(ops.flip(x0, (0,)), 0)");
    assertThat(scores("ArgMin", 13).with("axis", -1).said())
        .isEqualTo("ops.argmin(x0, 1, keepdims=True).astype(ms.int64)");
  }
}
