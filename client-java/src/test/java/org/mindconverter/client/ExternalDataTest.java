// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExternalDataTest {
  @TempDir Path folder;

  @Test
  void findsEachFileOnceInTheOrderOfTheModel() throws Exception {
    Files.createDirectory(folder.resolve("parts"));
    Files.createFile(folder.resolve("parts/b.bin"));
    Files.createFile(folder.resolve("a.bin"));
    Path model =
        stored(
            OnnxBytes.model(
                OnnxBytes.externalTensor("parts/b.bin"),
                OnnxBytes.externalTensor("a.bin"),
                OnnxBytes.externalTensor("a.bin")));

    assertThat(ExternalData.of(model))
        .containsExactly(
            java.util.Map.entry("parts/b.bin", folder.resolve("parts/b.bin")),
            java.util.Map.entry("a.bin", folder.resolve("a.bin")));
  }

  @Test
  void looksIntoAttributesSubgraphsAndFunctions() throws Exception {
    for (String name : new String[] {"attribute", "subgraph", "function"}) {
      Files.createFile(folder.resolve(name));
    }
    ByteString attribute = OnnxBytes.message(5, OnnxBytes.externalTensor("attribute"));
    ByteString subgraph =
        OnnxBytes.message(6, OnnxBytes.message(5, OnnxBytes.externalTensor("subgraph")));
    ByteString node = OnnxBytes.message(1, OnnxBytes.message(5, attribute, subgraph));
    ByteString constant =
        OnnxBytes.message(5, OnnxBytes.message(5, OnnxBytes.externalTensor("function")));
    Path model =
        stored(
            OnnxBytes.message(7, node)
                .concat(OnnxBytes.message(25, OnnxBytes.message(7, constant))));

    assertThat(ExternalData.of(model)).containsOnlyKeys("attribute", "subgraph", "function");
  }

  @Test
  void passesOverWeightsInsideTheModel() throws Exception {
    byte[] weights = new byte[100_000];
    java.util.Arrays.fill(weights, (byte) 0x6A);
    ByteString inside = OnnxBytes.message(9, ByteString.copyFrom(weights));
    Files.createFile(folder.resolve("after.bin"));

    Path model = stored(OnnxBytes.model(inside, OnnxBytes.externalTensor("after.bin")));

    assertThat(ExternalData.of(model)).containsOnlyKeys("after.bin");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../secret", "/etc/hostname", "a/../../secret", "\u0000"})
  void refusesWhatLiesOutsideOfTheModelsFolder(String location) throws IOException {
    Path model = stored(OnnxBytes.model(OnnxBytes.externalTensor(location)));

    assertThatExceptionOfType(ConversionFailedException.class)
        .isThrownBy(() -> ExternalData.of(model))
        .satisfies(e -> assertThat(e.code()).isEqualTo("1000004"))
        .satisfies(e -> assertThat(e.origin()).isEqualTo(location));
  }

  @Test
  void namesAFileThatIsMissing() throws IOException {
    Path model = stored(OnnxBytes.model(OnnxBytes.externalTensor("gone.bin")));

    assertThatExceptionOfType(ConversionFailedException.class)
        .isThrownBy(() -> ExternalData.of(model))
        .withMessageContaining("gone.bin")
        .withMessageContaining("not there");
  }

  @Test
  void leavesBrokenBytesToTheServer() throws Exception {
    ByteString whole = OnnxBytes.model(OnnxBytes.externalTensor("a.bin"));
    for (int length = 0; length < whole.size(); length++) {
      assertThat(ExternalData.of(stored(whole.substring(0, length)))).isEmpty();
    }
    ByteString endless = OnnxBytes.text(1, "x");
    for (int depth = 0; depth < 1_000; depth++) {
      endless = OnnxBytes.message(6, OnnxBytes.message(1, OnnxBytes.message(5, endless)));
    }
    assertThat(ExternalData.of(stored(OnnxBytes.message(7, endless)))).isEmpty();
  }

  private Path stored(ByteString bytes) throws IOException {
    return Files.write(folder.resolve("model.onnx"), bytes.toByteArray());
  }
}
