// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentifiersTest {
  @ParameterizedTest
  @CsvSource({
    "relu, relu",
    "/layer1/conv/Conv_output_0, layer1_conv_Conv_output_0",
    "3, x_3",
    "class, class_",
    "self, self_",
    "__class__, class_",
    "a-b, a_b",
    "onnx::Add_3, onnx_Add_3",
    "len, len_"
  })
  void foreignTextBecomesAPlainName(String text, String expected) {
    assertThat(Identifiers.mangle(text, "x")).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "___", "日本", "\u202e", "é"})
  void textWithoutPlainLettersBecomesTheFallback(String text) {
    assertThat(Identifiers.mangle(text, "value")).isEqualTo("value");
  }

  @Test
  void whateverComesInIsAnIdentifierOfBoundedLength() {
    String hostile = "x = __import__('os')\n" + "a".repeat(5000);
    String mangled = Identifiers.mangle(hostile, "x");
    assertThat(Identifiers.isValid(mangled)).isTrue();
    assertThat(mangled.length()).isLessThanOrEqualTo(82);
  }

  @Test
  void treesRefuseNamesThatAreNone() {
    assertThatThrownBy(() -> new PyExpr.Name("a.b")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new PyExpr.Name("if")).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aScopeHandsOutEachNameOnce() {
    NameScope names = new NameScope();
    assertThat(names.fresh("x")).isEqualTo("x");
    assertThat(names.fresh("x")).isEqualTo("x_1");
    names.reserve("x_2");
    assertThat(names.fresh("x")).isEqualTo("x_3");
    assertThat(names.freshClass("Block")).isEqualTo("Block");
    assertThat(names.freshClass("Block")).isEqualTo("Block2");
  }
}
