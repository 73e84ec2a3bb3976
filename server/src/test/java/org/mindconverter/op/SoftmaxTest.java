// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.FLOAT32;

import org.junit.jupiter.api.Test;
import org.mindconverter.ir.Dim;

class SoftmaxTest {
  private final Dim n = Dim.symbol("n");

  private Facts scores(int opset, long... behind) {
    Dim[] dims = new Dim[behind.length + 1];
    dims[0] = n;
    for (int i = 0; i < behind.length; i++) {
      dims[i + 1] = Dim.of(behind[i]);
    }
    return Facts.of("Softmax", opset).value(FLOAT32, dims);
  }

  @Test
  void worksOnOneAxisSinceOpset13() throws Refusal {
    assertThat(scores(13, 3, 4).said()).isEqualTo("nn.Softmax()(x0)");
    assertThat(scores(13, 3, 4).with("axis", 1).said()).isEqualTo("nn.Softmax(axis=1)(x0)");
    assertThat(scores(13, 3, 4).with("axis", 2).said()).isEqualTo("nn.Softmax()(x0)");
  }

  @Test
  void workedOnAllAxesFromOneOnBefore() throws Refusal {
    assertThat(scores(11, 3, 4).said())
        .isEqualTo("nn.Softmax()(x0.flatten(start_dim=1)).reshape(x0.shape)");
    assertThat(scores(11, 3).said()).isEqualTo("nn.Softmax()(x0)");
    assertThat(scores(11, 3, 1, 1).said()).isEqualTo("nn.Softmax(axis=1)(x0)");
  }

  @Test
  void marksTheFirstOfTheLargest() throws Refusal {
    Facts hard = Facts.of("Hardmax", 13).value(FLOAT32, n, Dim.of(3), n).with("axis", 1);
    assertThat(hard.said())
        .isEqualTo(
            "(ops.arange(3).reshape((-1, 1)) == ops.argmax(x0, 1, keepdim=True))"
                + ".astype(ms.float32)");
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertThatThrownBy(() -> scores(13, 3).with("axis", 2).said())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("axis 2");
  }
}
