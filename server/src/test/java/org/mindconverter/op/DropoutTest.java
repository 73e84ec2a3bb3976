// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;

class DropoutTest {
  private static final NumericTensor TRAINING =
      NumericTensor.ofIntegers(BOOL, List.of(), new long[] {1});

  private static final NumericTensor OFF =
      NumericTensor.ofIntegers(BOOL, List.of(), new long[] {0});

  private final Dim n = Dim.symbol("n");

  private Facts dropout(int opset) {
    return Facts.of("Dropout", opset).value(FLOAT32, n);
  }

  @Test
  void survivesWhereTheSourceTrains() throws Exception {
    Facts training = dropout(13).real(FLOAT32, 0.3f).constant(TRAINING);
    assertThat(training.operator().alias().get().alias(training.facts())).isEmpty();
    assertThat(training.said()).isEqualTo("nn.Dropout(p=0.3)(x0)");
    assertThat(dropout(13).absent().constant(TRAINING).said()).isEqualTo("nn.Dropout(p=0.5)(x0)");
  }

  @Test
  void survivesFromOpsetsThatDidNotSayWhetherTheyTrain() throws Exception {
    assertThat(dropout(7).with("ratio", 0.25f).said()).isEqualTo("nn.Dropout(p=0.25)(x0)");
  }

  @Test
  void waitsForTrainingWhereNothingSwitchesIt() throws Exception {
    Facts waiting = dropout(13).real(FLOAT32, 0.3f);
    assertThat(waiting.operator().alias().get().alias(waiting.facts())).isEmpty();
    assertThat(waiting.said()).isEqualTo("nn.Dropout(p=0.3)(x0)");
    assertThat(dropout(13).said()).isEqualTo("nn.Dropout(p=0.5)(x0)");
  }

  @Test
  void isNothingWhereNobodyTrains() throws Exception {
    Facts silent = dropout(13).real(FLOAT32, 0.3f).constant(OFF);
    assertThat(silent.operator().alias().get().alias(silent.facts())).hasValue(0);
    Facts masked = dropout(13).outputs(2);
    assertThat(masked.operator().alias().get().alias(masked.facts())).isEmpty();
    assertThat(masked.said()).isEqualTo("x0\nops.ones_like(x0, dtype=ms.bool_)");
  }

  @Test
  void refusesWhatMindSporesDropoutDoesNotTell() {
    assertThatThrownBy(() -> dropout(13).absent().constant(TRAINING).outputs(2).said())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("mask");
    assertThatThrownBy(() -> dropout(13).real(FLOAT32, 1).constant(TRAINING).said())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("ratio");
  }

  @Test
  void dropsWhereARunSaysThatItTrains() throws Exception {
    assertThat(dropout(13).absent().value(BOOL).said()).contains("ops.where(x2,");
  }

  @Test
  void isNeverComputedEarly() {
    for (String type :
        List.of("Dropout", "Bernoulli", "RandomNormal", "RandomUniform", "RandomUniformLike")) {
      assertThat(Facts.of(type, 22).operator().folding()).isEmpty();
    }
  }
}
