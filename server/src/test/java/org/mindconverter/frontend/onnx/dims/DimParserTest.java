// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.dims;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.DimExpression;

class DimParserTest {
  private static final DimExpression S = DimExpression.symbol("s0");
  private static final DimExpression T = DimExpression.symbol("s1");

  private static DimExpression number(long value) {
    return DimExpression.of(value);
  }

  private static void assertParses(String text, DimExpression expected) {
    assertThat(DimParser.parse(text, Map.of())).as(text).contains(expected);
  }

  @Test
  void readsWhatTorchWrites() {
    assertParses("s0", S);
    assertParses("12", number(12));
    assertParses("2*s0", S.times(number(2)));
    assertParses("s0*s1", S.times(T));
    assertParses("s0 + 1", S.plus(number(1)));
    assertParses("s0 - s1", S.plus(T.times(number(-1))));
    assertParses("-s0 + 3", number(3).plus(S.times(number(-1))));
    assertParses("((s0*s1)//4)", S.times(T).floorDiv(number(4)));
    assertParses("(((s0 - 1)//2)) + 1", S.plus(number(-1)).floorDiv(number(2)).plus(number(1)));
    assertParses("Min(64, s0)", number(64).min(S));
    assertParses("Max(1, s0)", number(1).max(S));
    assertParses("Mod(s0, 7)", S.mod(number(7)));
    assertParses("s0%7", S.mod(number(7)));
  }

  @Test
  void leavesNamesThatOnlyLookLikeExpressionsAlone() {
    for (String text :
        new String[] {
          "batch-size",
          "batch size",
          "a+b",
          "s0 +",
          "(s0",
          "s0)",
          "f(s0)",
          "Min(s0)",
          "s0//0",
          "s0 s1",
          "Add_12_dim_0/2",
          "",
          "é(",
          "9223372036854775807*9223372036854775807",
          "1*"
        }) {
      assertThat(DimParser.parse(text, Map.of())).as(text).isEmpty();
    }
  }

  @Test
  void givesUpOnLongTexts() {
    assertThat(DimParser.parse("(a + b)*".repeat(20) + "c", Map.of())).isEmpty();
    assertThat(DimParser.parse("(".repeat(200), Map.of())).isEmpty();
  }

  @Test
  void knowsWhatSymbolsStandFor() {
    assertThat(DimParser.parse("2*s0 + 1", Map.of("s0", number(4)))).contains(number(9));
  }
}
