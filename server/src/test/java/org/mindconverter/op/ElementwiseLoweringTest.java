// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.BFLOAT16;
import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.FLOAT64;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.STRING;
import static org.mindconverter.ir.ElementType.UINT32;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;

class ElementwiseLoweringTest {
  private final Dim n = Dim.symbol("n");

  private Facts vector(String op, ElementType element) {
    return Facts.of(op, 20).value(element, n);
  }

  @Test
  void spellsConstantsOfOneElementAsNumbers() throws Refusal {
    assertThat(vector("Mul", FLOAT32).real(FLOAT32, 0.1f).said()).isEqualTo("x0 * 0.1");
    assertThat(Facts.of("Sub", 20).real(FLOAT16, 1).value(FLOAT16, n).said()).isEqualTo("1.0 - x1");
    assertThat(vector("Add", INT64).scalar(1L << 40).said()).isEqualTo("x0 + 1099511627776");
  }

  @Test
  void keepsConstantsAsTensorsWhereNumbersWouldChangeTheResult() throws Refusal {
    NumericTensor wide = NumericTensor.ofReals(FLOAT32, List.of(1L, 1L), new double[] {2});
    assertThat(vector("Mul", FLOAT32).constant(wide).said()).isEqualTo("x0 * c");
    assertThat(vector("Mul", FLOAT64).real(FLOAT64, 0.1).said()).isEqualTo("x0 * c");
    assertThat(vector("Mul", FLOAT64).real(FLOAT64, 0.5).said()).isEqualTo("x0 * 0.5");
    NumericTensor seven = NumericTensor.ofIntegers(UINT32, List.of(), new long[] {7});
    assertThat(vector("Add", UINT32).constant(seven).said()).isEqualTo("x0 + c");
  }

  @Test
  void computesWhatHasNoKernelInAWiderType() throws Refusal {
    assertThat(vector("Exp", BFLOAT16).said())
        .isEqualTo("ops.exp(x0.astype(ms.float32)).astype(ms.bfloat16)");
    assertThat(vector("Sub", UINT32).value(UINT32, n).said())
        .isEqualTo("(x0.astype(ms.int64) - x1.astype(ms.int64)).astype(ms.uint32)");
  }

  @Test
  void dividesWholeNumbersTowardsZero() throws Refusal {
    assertThat(vector("Div", INT32).value(INT32, n).said()).isEqualTo("ops.TruncateDiv()(x0, x1)");
    assertThat(vector("Div", INT64).scalar(3).said())
        .isEqualTo(
            """
            quotient = x0 // 3
            quotient = quotient + (x0 - quotient * 3) // 3
            quotient + ops.logical_and(quotient < 0, quotient * 3 != x0).astype(ms.int64)""");
    assertThat(vector("Div", UINT32).value(UINT32, n).said()).isEqualTo("x0 // x1");
    assertThat(vector("Div", FLOAT32).value(FLOAT32, n).said()).isEqualTo("x0 / x1");
  }

  @Test
  void givesPowersTheTypeOfTheirBase() throws Refusal {
    assertThat(vector("Pow", FLOAT32).scalar(2).said()).isEqualTo("x0 ** 2");
    assertThat(vector("Pow", FLOAT32).real(FLOAT32, 2).said()).isEqualTo("x0 ** 2");
    assertThat(vector("Pow", FLOAT32).value(INT64, n).said())
        .isEqualTo("x0 ** x1.astype(ms.float32)");
    assertThat(vector("Pow", INT32).real(FLOAT32, 0.5).said())
        .isEqualTo("(x0.astype(ms.float64) ** c.astype(ms.float64)).astype(ms.int32)");
  }

  @Test
  void letsNoFunctionHaveNumbersOnly() throws Refusal {
    Facts most = Facts.of("Max", 20).real(FLOAT32, 1).real(FLOAT32, 2).value(FLOAT32, n);
    assertThat(most.said()).isEqualTo("ops.maximum(2.0, ops.maximum(1.0, x2))");
  }

  @Test
  void keepsNanAmongTheLargestAndSmallest() throws Refusal {
    assertThat(vector("Min", FLOAT32).real(FLOAT32, 1).said()).isEqualTo("ops.minimum(1.0, x0)");
    assertThat(vector("Max", FLOAT32).value(FLOAT32, n).said())
        .isEqualTo("ops.where(ops.isnan(x0), x0, ops.maximum(x0, x1))");
    assertThat(vector("Max", INT32).scalar(1).said()).contains("x0, ");
  }

  @Test
  void choosesBetweenNumbersOnlyWhereTheirTypeIsMindSpores() throws Refusal {
    Facts floats = vector("Where", BOOL).real(FLOAT32, 0).real(FLOAT32, Float.NEGATIVE_INFINITY);
    assertThat(floats.said()).isEqualTo("ops.where(x0, 0.0, float(\"-inf\"))");
    assertThat(vector("Where", BOOL).real(FLOAT16, 0).real(FLOAT16, 1).said())
        .isEqualTo("ops.where(x0, 0.0, c)");
    Facts scalar = Facts.of("Where", 20).value(BOOL);
    NumericTensor row = NumericTensor.ofReals(FLOAT32, List.of(1L), new double[] {2});
    assertThat(scalar.constant(row).constant(row).said()).isEqualTo("ops.where(x0, c, c)");
  }

  @Test
  void leavesUnsignedNumbersAsTheyAre() throws Exception {
    assertThat(vector("Abs", UINT32).operator().alias().get().alias(vector("Abs", UINT32).facts()))
        .hasValue(0);
    assertThat(vector("Relu", INT32).operator().alias().get().alias(vector("Relu", INT32).facts()))
        .isEmpty();
  }

  @Test
  void refusesTypesThatMindSporeHasNot() {
    assertThatThrownBy(() -> vector("Equal", STRING).value(STRING, n).said())
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("string");
    Facts cast = vector("Cast", FLOAT32).with("to", ElementType.FLOAT8E5M2.onnxNumber());
    assertThatThrownBy(cast::said).isInstanceOf(Refusal.class).hasMessageContaining("float8e5m2");
  }

  @Test
  void clipsByWhicheverBoundIsGiven() throws Refusal {
    assertThat(Facts.of("Clip", 6).value(FLOAT32, n).with("min", 0f).with("max", 6f).said())
        .isEqualTo("nn.ReLU6()(x0)");
    assertThat(Facts.of("Clip", 6).value(FLOAT32, n).with("max", 1.5f).said())
        .isEqualTo("ops.clamp(x0, None, 1.5)");
    assertThat(vector("Clip", FLOAT32).value(FLOAT32).said()).isEqualTo("ops.clamp(x0, x1)");
  }

  @Test
  void takesPReluAsACellWhereSlopesBelongToChannels() throws Refusal {
    Facts perChannel = Facts.of("PRelu", 16).value(FLOAT32, n, Dim.of(3), n).weight(3L, 1L);
    assertThat(perChannel.said()).isEqualTo("nn.PReLU(channel=3)(x0)");
    Facts perColumn = Facts.of("PRelu", 16).value(FLOAT32, n, Dim.of(2), Dim.of(3)).weight(3L);
    assertThat(perColumn.said()).isEqualTo("ops.where(x0 < 0, x0 * c, x0)");
  }
}
