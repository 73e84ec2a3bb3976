// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.WeightExpression;

class WeightDigestTest {
  @Test
  void isTheDigestOfTheBytes() throws IOException {
    // The standard's own example.
    assertThat(digest("abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assertThat(digest(new byte[0]))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void readsTensorsLongerThanItsBuffer() throws IOException {
    byte[] bytes = new byte[1_000_000];
    Arrays.fill(bytes, (byte) 'a');
    assertThat(digest(bytes))
        .isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  }

  @Test
  void takesTheBytesAsTheWeightIsLaidOut() throws IOException {
    byte[] bytes = {'a', 'd', 'b', 'e', 'c', 'f'};
    Tensor tensor = new Tensor("w", ElementType.UINT8, List.of(3L, 2L), TensorData.of(bytes));
    assertThat(digest(WeightExpression.of(tensor).transposed(List.of(1, 0))))
        .isEqualTo(digest("abcdef".getBytes(StandardCharsets.US_ASCII)));
  }

  private static String digest(byte[] bytes) throws IOException {
    List<Long> dims = List.of((long) bytes.length);
    return digest(
        WeightExpression.of(new Tensor("w", ElementType.UINT8, dims, TensorData.of(bytes))));
  }

  private static String digest(WeightExpression weight) throws IOException {
    return new WeightDigest(ScratchSpace.unlimited(Path.of("target"))).sha256(weight);
  }
}
