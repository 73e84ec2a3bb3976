// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class JsonLineTest {
  @Test
  void writesNumbersAsNumbersAndTheRestAsText() {
    JsonLine line = new JsonLine();
    line.member("id", "a7");
    line.member("bytes", 12L);
    line.member("late", true);
    assertThat(line.close()).isEqualTo("{\"id\":\"a7\",\"bytes\":12,\"late\":true}");
  }

  @Test
  void keepsEverythingOnOneLine() {
    JsonLine line = new JsonLine();
    line.member("message", "a\"b\\c\nd\te\r\u001b[0m\u202eé");
    assertThat(line.close())
        .isEqualTo("{\"message\":\"a\\\"b\\\\c\\nd\\te\\u000d\\u001b[0m\\u202e\\u00e9\"}");
  }
}
