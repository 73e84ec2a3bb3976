// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT64;

import org.junit.jupiter.api.Test;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;

class DotProductAttentionTest {
  private static Facts joined(long queries, long keys) {
    Facts facts = Facts.of("Attention", 24);
    facts.value(FLOAT32, Dim.of(2), Dim.of(3), Dim.of(queries));
    facts.value(FLOAT32, Dim.of(2), Dim.of(5), Dim.of(keys));
    return facts.value(FLOAT32, Dim.of(2), Dim.of(5), Dim.of(keys));
  }

  private static Facts apart() {
    Facts facts = Facts.of("Attention", 24);
    for (int input = 0; input < 3; input++) {
      facts.value(FLOAT32, Dim.of(2), Dim.of(1), Dim.of(3), Dim.of(4));
    }
    return facts;
  }

  @Test
  void headsAreTakenApartAndPutTogether() throws Exception {
    Facts facts = joined(24, 8).with("q_num_heads", 6).with("kv_num_heads", 2);
    assertThat(facts.shape()).isEqualTo("(2, 3, 24)");
    assertThat(facts.said())
        .contains("x0.reshape((2, 3, 6, -1)).transpose((0, 2, 1, 3))")
        .contains("ops.repeat_interleave(", ", 3, 1)")
        .contains("flatten(start_dim=2)");
  }

  @Test
  void joinedHeadsMustBeCounted() {
    assertThatThrownBy(() -> joined(24, 8).shape())
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("q_num_heads");
  }

  @Test
  void scoresAreMaskedOnlyWhereAnythingHidesKeys() throws Exception {
    assertThat(apart().said()).doesNotContain("ops.where");
    String causal = apart().with("is_causal", 1).said();
    assertThat(causal).contains("keys <= queries").doesNotContain("ops.amax");
  }

  @Test
  void aCacheInsideAndOneOutsideAreRefused() {
    Facts both = apart().absent();
    both.value(FLOAT32, Dim.of(2), Dim.of(1), Dim.of(2), Dim.of(4));
    both.value(FLOAT32, Dim.of(2), Dim.of(1), Dim.of(2), Dim.of(4));
    both.value(INT64, Dim.of(2));
    assertThatThrownBy(both::said)
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("a cache inside and one outside");
  }
}
