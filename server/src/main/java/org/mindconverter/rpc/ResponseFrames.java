// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import java.util.List;
import org.mindconverter.convert.ConversionSink.OutputKind;
import org.mindconverter.convert.ConversionSink.Phase;
import org.mindconverter.convert.ConversionSummary;
import org.mindconverter.convert.WeightRow;
import org.mindconverter.diag.Finding;
import org.mindconverter.diag.Severity;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;
import org.mindconverter.v1.OperatorCount;
import org.mindconverter.v1.Progress;
import org.mindconverter.v1.ReportEntry;
import org.mindconverter.v1.TensorSignature;
import org.mindconverter.v1.WeightMapping;
import org.mindconverter.v1.WeightTensor;

/** Puts results into frames. */
final class ResponseFrames {
  private static final int MAX_CHARS = 500;

  private ResponseFrames() {}

  static ConvertResponse header(OutputKind kind, String path, long size) {
    FileHeader.Builder header = FileHeader.newBuilder().setPath(path).setKind(kind(kind));
    if (size >= 0) {
      header.setSizeBytes(size);
    }
    return ConvertResponse.newBuilder().setFile(header).build();
  }

  /** A finding; its place counts in that script, if it has one. */
  static ConvertResponse finding(Finding finding, String script) {
    return ConvertResponse.newBuilder()
        .setReportEntry(
            ReportEntry.newBuilder()
                .setSeverity(severity(finding.severity()))
                .setCode(finding.code().name())
                .setMessage(PrintableText.of(finding.message(), MAX_CHARS))
                .setNode(PrintableText.of(finding.node(), MAX_CHARS))
                .setOperator(PrintableText.of(finding.operator(), MAX_CHARS))
                .setPath(finding.place().line() > 0 ? script : "")
                .setLine(finding.place().line())
                .setColumn(finding.place().column()))
        .build();
  }

  static ConvertResponse weight(WeightRow row) {
    return ConvertResponse.newBuilder()
        .setWeightMapping(
            WeightMapping.newBuilder()
                .addAllConverted(tensors(row.converted()))
                .addAllSource(tensors(row.source()))
                .setTransform(row.transform())
                .setReason(row.reason())
                .setAliasOf(row.aliasOf()))
        .build();
  }

  static ConvertResponse queued() {
    return ConvertResponse.newBuilder()
        .setProgress(Progress.newBuilder().setPhase(org.mindconverter.v1.Phase.PHASE_QUEUED))
        .build();
  }

  static ConvertResponse progress(Phase phase, long done, long total) {
    return ConvertResponse.newBuilder()
        .setProgress(Progress.newBuilder().setPhase(phase(phase)).setDone(done).setTotal(total))
        .build();
  }

  static ConvertResponse summary(ConversionSummary summary) {
    org.mindconverter.v1.ConversionSummary.Builder frame =
        org.mindconverter.v1.ConversionSummary.newBuilder()
            .setConvertedOperators(summary.converted())
            .setPlaceholderOperators(summary.placeholders())
            .setWeights(summary.weights())
            .setClassName(summary.className())
            .addAllInputs(signatures(summary.inputs()))
            .addAllOutputs(signatures(summary.outputs()));
    for (ConversionSummary.OperatorCount count : summary.operators()) {
      frame.addOperators(
          OperatorCount.newBuilder()
              .setOperator(PrintableText.of(count.operator(), MAX_CHARS))
              .setCount(count.count())
              .setConverted(count.converted())
              .setPlaceholders(count.placeholders()));
    }
    return ConvertResponse.newBuilder().setSummary(frame).build();
  }

  private static List<TensorSignature> signatures(List<ConversionSummary.Signature> signatures) {
    return signatures.stream()
        .map(
            s ->
                TensorSignature.newBuilder()
                    .setSourceName(s.sourceName())
                    .setName(s.name())
                    .setDataType(s.dataType())
                    .addAllShape(s.shape())
                    .build())
        .toList();
  }

  private static List<WeightTensor> tensors(List<WeightRow.WeightTensor> tensors) {
    return tensors.stream()
        .map(
            t ->
                WeightTensor.newBuilder()
                    .setName(t.name())
                    .addAllShape(t.shape())
                    .setDataType(t.dataType())
                    .build())
        .toList();
  }

  private static FileKind kind(OutputKind kind) {
    return switch (kind) {
      case SCRIPT -> FileKind.FILE_KIND_SCRIPT;
      case CHECKPOINT -> FileKind.FILE_KIND_CHECKPOINT;
    };
  }

  private static org.mindconverter.v1.Phase phase(Phase phase) {
    return switch (phase) {
      case READING -> org.mindconverter.v1.Phase.PHASE_READING;
      case MAPPING -> org.mindconverter.v1.Phase.PHASE_MAPPING;
      case WRITING -> org.mindconverter.v1.Phase.PHASE_WRITING;
    };
  }

  private static org.mindconverter.v1.Severity severity(Severity severity) {
    return switch (severity) {
      case INSERTED -> org.mindconverter.v1.Severity.SEVERITY_INSERTED;
      case CONVERTED -> org.mindconverter.v1.Severity.SEVERITY_CONVERTED;
      case WARNING -> org.mindconverter.v1.Severity.SEVERITY_WARNING;
      case UNCONVERTED -> org.mindconverter.v1.Severity.SEVERITY_UNCONVERTED;
    };
  }
}
