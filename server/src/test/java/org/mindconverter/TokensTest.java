// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TokensTest {
  @TempDir private Path folder;

  @Test
  void readsTheFirstLineAndNotTheNext() throws Exception {
    InputStream in = stream("s3cret\r\nmore");
    assertThat(Tokens.read(in)).isEqualTo("s3cret");
    assertThat(in.readAllBytes()).isEqualTo("more".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void readsAFileWithoutALineEnd() throws Exception {
    Path file = Files.writeString(folder.resolve("token"), "s3cret");
    assertThat(Tokens.read(Optional.of(file))).contains("s3cret");
    assertThat(Tokens.read(Optional.empty())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "  \nsecond", "two words", "umläut", "a\u0000b"})
  void refusesWhatNoHeaderCanCarry(String text) {
    assertThatThrownBy(() -> Tokens.read(stream(text)))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("token");
  }

  @Test
  void refusesATokenWithoutEnd() {
    assertThatThrownBy(() -> Tokens.read(stream("x".repeat(5_000))))
        .isInstanceOf(StartException.class);
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThatThrownBy(() -> Tokens.read(Optional.of(folder.resolve("none"))))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("none");
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
