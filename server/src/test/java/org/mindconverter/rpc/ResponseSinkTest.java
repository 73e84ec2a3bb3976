// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.testing.Frames.upload;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.convert.ConversionSink.Phase;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.diag.Finding;
import org.mindconverter.diag.FindingCode;
import org.mindconverter.diag.Severity;
import org.mindconverter.testing.Eventually;
import org.mindconverter.testing.Fakes;
import org.mindconverter.testing.InProcess;
import org.mindconverter.testing.RecordedCall;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.ReportEntry;

@Timeout(60)
final class ResponseSinkTest {
  @TempDir private Path folder;

  @Test
  void sendsProgressAtMostTenTimesASecond() {
    ModelConverter chatty =
        (files, options, sink) -> {
          for (int i = 0; i < 100; i++) {
            sink.progress(Phase.MAPPING, i, 100);
            Eventually.pause(Duration.ofMillis(5));
          }
          return Fakes.SUMMARY;
        };
    long began = System.nanoTime();
    List<ConvertResponse> frames = framesOf(chatty);
    long tenths = Duration.ofNanos(System.nanoTime() - began).toMillis() / 100;
    long sent = frames.stream().filter(ConvertResponse::hasProgress).count();
    assertThat(sent).isBetween(3L, tenths + 2); // with the one that says that the call is queued
  }

  @Test
  void leavesOutFindingsBeyondTheLimitAndSaysHowMany() {
    int count = ResponseSink.MAX_FINDINGS_PER_CODE + 7;
    Finding rare =
        new Finding(
            Severity.UNCONVERTED,
            FindingCode.OPERATOR_UNCONVERTED,
            "n",
            "onnx::Foo",
            Finding.Place.NONE,
            "'onnx::Foo' didn't convert.");
    ModelConverter flood =
        (files, options, sink) -> {
          for (int i = 0; i < count; i++) {
            sink.finding(Fakes.finding("again"));
          }
          sink.finding(rare);
          return Fakes.SUMMARY;
        };
    List<ReportEntry> entries = entriesOf(flood);
    assertThat(entries).hasSize(ResponseSink.MAX_FINDINGS_PER_CODE + 2);
    assertThat(entries).anyMatch(entry -> entry.getCode().equals("OPERATOR_UNCONVERTED"));
    ReportEntry last = entries.get(entries.size() - 1);
    assertThat(last.getCode()).isEqualTo("NOTE");
    assertThat(last.getMessage())
        .isEqualTo("7 more findings of the kind OPERATOR_CONVERTED were left out.");
  }

  @Test
  void escapesWhatAModelPutsIntoFindings() {
    String hostile = "a\nb\u001b[31mc\u202ed\u0000e";
    ModelConverter converter =
        (files, options, sink) -> {
          sink.finding(
              new Finding(
                  Severity.WARNING,
                  FindingCode.NOTE,
                  hostile,
                  hostile,
                  Finding.Place.NONE,
                  hostile + "x".repeat(1_000)));
          return Fakes.SUMMARY;
        };
    ReportEntry entry = entriesOf(converter).get(0);
    assertThat(entry.getNode()).isEqualTo("a\\u000ab\\u001b[31mc\\u202ed\\u0000e");
    assertThat(entry.getOperator()).isEqualTo(entry.getNode());
    assertThat(entry.getMessage()).startsWith(entry.getNode()).hasSize(500).endsWith("...");
    assertThat(entry.getPath()).isEmpty();
  }

  private List<ReportEntry> entriesOf(ModelConverter converter) {
    return framesOf(converter).stream()
        .filter(ConvertResponse::hasReportEntry)
        .map(ConvertResponse::getReportEntry)
        .toList();
  }

  private List<ConvertResponse> framesOf(ModelConverter converter) {
    try (InProcess server = new InProcess(folder, converter)) {
      RecordedCall call = server.call().send(upload()).halfClose();
      assertThat(call.status().isOk()).isTrue();
      return call.frames();
    }
  }
}
