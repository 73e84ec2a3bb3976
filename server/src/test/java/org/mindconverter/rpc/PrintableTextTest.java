// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PrintableTextTest {
  @Test
  void leavesTextInAnyScriptAlone() {
    assertThat(PrintableText.of("/layer1/Conv é 模型 \uD83D\uDE00", 100))
        .isEqualTo("/layer1/Conv é 模型 \uD83D\uDE00");
  }

  @Test
  void escapesWhatDoesNotShowAsItself() {
    assertThat(PrintableText.of("\r\n\t\u2028\u200b\u202e\uFEFF\uE000", 100))
        .isEqualTo("\\u000d\\u000a\\u0009\\u2028\\u200b\\u202e\\ufeff\\ue000");
    assertThat(PrintableText.of("a\uD800b", 100)).isEqualTo("a\\ud800b");
    assertThat(PrintableText.of("\uDB40\uDC01", 100)).isEqualTo("\\U000e0001");
  }

  @Test
  void cutsBetweenCharactersAndNeverInsideAnEscape() {
    assertThat(PrintableText.of("abcdefgh", 8)).isEqualTo("abcdefgh");
    assertThat(PrintableText.of("abcdefghi", 8)).isEqualTo("abcde...");
    assertThat(PrintableText.of("abc\nxyz", 8)).isEqualTo("abc...");
    assertThat(PrintableText.of("abcd\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00", 8))
        .isEqualTo("abcd...");
  }
}
