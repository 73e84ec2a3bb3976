// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;

class NumericTensorTest {
  @Test
  void readsAndWritesEveryType() throws IOException {
    for (ElementType type : ElementType.values()) {
      if (type.isMindSpore()) {
        NumericTensor numbers = Casting.cast(NumericTensor.ofLongs(List.of(0L, 1L, 77L)), type);
        Tensor tensor = numbers.toTensor("t");
        assertThat(tensor.dims()).isEqualTo(List.of(3L));
        assertThat(NumericTensor.of(tensor).reals()).isEqualTo(numbers.reals());
      }
    }
  }

  @Test
  void roundsRealsAndWrapsWholeNumbers() {
    NumericTensor reals =
        NumericTensor.ofReals(ElementType.FLOAT32, List.of(2L), new double[] {0.1, 1e39});
    assertThat(reals.reals()).containsExactly(0.1f, Double.POSITIVE_INFINITY);
    NumericTensor bytes =
        NumericTensor.ofIntegers(ElementType.UINT8, List.of(2L), new long[] {-1, 300});
    assertThat(bytes.integers()).containsExactly(255, 44);
  }

  @Test
  void knowsTheSizeOfLargeUnsignedNumbers() {
    NumericTensor most = NumericTensor.ofIntegers(ElementType.UINT64, List.of(), new long[] {-1});
    assertThat(most.real(0)).isEqualTo(0x1p64);
    assertThat(most.reals()).containsExactly(0x1p64);
  }

  @Test
  void writesLittleEndian() throws IOException {
    Tensor tensor = NumericTensor.ofLongs(List.of(258L)).toTensor("");
    assertThat(HexFormat.of().formatHex(tensor.data().bytes())).isEqualTo("0201000000000000");
  }

  @Test
  void doesNotReadLargeTensors() {
    List<Long> dims = List.of(NumericTensor.MOST_ELEMENTS + 1);
    Tensor large =
        new Tensor(
            "large", ElementType.UINT8, dims, TensorData.of(new byte[dims.get(0).intValue()]));
    assertThat(NumericTensor.isReadable(large)).isFalse();
    assertThatThrownBy(() -> NumericTensor.of(large)).isInstanceOf(IllegalArgumentException.class);
  }
}
