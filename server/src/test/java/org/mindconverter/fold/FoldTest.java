// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FoldTest {
  static Stream<FoldCase> cases() throws IOException {
    return FoldCase.all().stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("cases")
  void computesWhatOnnxRuntimeComputes(FoldCase c) {
    List<NumericTensor> results = FoldKernels.ALL.get(c.operator()).apply(c);
    assertThat(results).hasSameSizeAs(c.results());
    for (int i = 0; i < results.size(); i++) {
      assertSame(c, results.get(i), c.results().get(i));
    }
  }

  @Test
  void everyKernelHasCases() throws IOException {
    assertThat(cases().map(FoldCase::operator).collect(Collectors.toSet()))
        .isEqualTo(FoldKernels.ALL.keySet());
  }

  private static void assertSame(FoldCase c, NumericTensor actual, NumericTensor expected) {
    assertThat(actual.element()).isEqualTo(expected.element());
    assertThat(actual.dims()).isEqualTo(expected.dims());
    if (!expected.element().isFloating()) {
      assertThat(actual.integers()).isEqualTo(expected.integers());
      return;
    }
    double[] a = actual.reals();
    double[] b = expected.reals();
    for (int i = 0; i < b.length; i++) {
      assertThat(isClose(a[i], b[i], c.tolerance()))
          .as("%s, element %d: %s, not %s", c, i, a[i], b[i])
          .isTrue();
    }
  }

  private static boolean isClose(double a, double b, double tolerance) {
    boolean same = a == b || (Double.isNaN(a) && Double.isNaN(b));
    return same || Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(b));
  }
}
