// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServerPathTest {
  private static final Path FOLDER = Path.of("output").toAbsolutePath();

  @Test
  void placesFilesBelowTheFolder() throws ConversionFailedException {
    assertThat(ServerPath.below(FOLDER, "model.py")).isEqualTo(FOLDER.resolve("model.py"));
    assertThat(ServerPath.below(FOLDER, "a/b.py")).isEqualTo(FOLDER.resolve("a").resolve("b.py"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ".",
        "..",
        "../x",
        "a/../../x",
        "/x",
        "a//b",
        "a/",
        "C:x",
        "a\\b",
        "a\nb",
        "a\u0000b"
      })
  void refusesEverythingElse(String path) {
    assertThatExceptionOfType(ConversionFailedException.class)
        .isThrownBy(() -> ServerPath.below(FOLDER, path))
        .satisfies(e -> assertThat(e.reason()).isEqualTo("BROKEN_ANSWER"));
  }
}
