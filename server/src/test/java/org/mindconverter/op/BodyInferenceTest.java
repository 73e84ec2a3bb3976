// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.testing.GraphSketch;

class BodyInferenceTest {
  private static final Graph PASSING =
      new GraphSketch().input("s", 2).input("r", 2).output("s").output("r").graph();

  private static Facts scan() {
    return Facts.of("Scan", 9)
        .value(FLOAT32, Dim.of(2))
        .value(FLOAT32, Dim.of(4), Dim.of(2))
        .with("num_scan_inputs", 1)
        .with("body", PASSING);
  }

  private static void isMalformed(Facts facts) {
    assertThatThrownBy(facts::result)
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("fit");
  }

  @Test
  void aScanHasTheTypeOfItsState() throws ConversionException {
    assertThat(scan().outputs(2).shape()).isEqualTo("(2)");
  }

  @Test
  void aScanWithFewerOutputsThanStatesIsRefused() {
    isMalformed(scan().with("num_scan_inputs", 0).outputs(1));
    isMalformed(scan().with("num_scan_inputs", 3).outputs(2));
    isMalformed(scan().outputs(1));
  }

  @Test
  void aScanNamesADirectionForEveryInputAndOutput() {
    isMalformed(scan().outputs(2).with("scan_input_directions", List.of()));
    isMalformed(scan().outputs(2).with("scan_output_directions", List.of(0L, 1L)));
  }

  @Test
  void aGraphForEachElementHasTheOutputsOfItsNode() {
    Facts map = Facts.of("SequenceMap", 17).unknown().with("body", PASSING).outputs(3);
    assertThatThrownBy(() -> map.operator().inference().infer(map.facts()))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("outputs");
  }

  @Test
  void aLoopWithoutItsGraphIsRefused() {
    Facts loop = Facts.of("Loop", 13).scalar(3).absent();
    assertThatThrownBy(loop::result)
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("'body' is missing");
  }
}
