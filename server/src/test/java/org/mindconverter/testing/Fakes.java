// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.mindconverter.convert.ConversionSink.OutputKind;
import org.mindconverter.convert.ConversionSink.Phase;
import org.mindconverter.convert.ConversionSummary;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.convert.WeightRow;
import org.mindconverter.convert.WeightRow.WeightTensor;
import org.mindconverter.diag.Finding;
import org.mindconverter.diag.FindingCode;
import org.mindconverter.diag.Severity;

/** Converters that do what a test needs. */
public final class Fakes {
  public static final ConversionSummary SUMMARY =
      new ConversionSummary(3, 1, 2, "Net", List.of(), List.of(), List.of());

  private Fakes() {}

  /** Sends one of everything; the checkpoint holds the bytes of all files, in order of keys. */
  public static ModelConverter echo() {
    return (files, options, sink) -> {
      sink.progress(Phase.READING, 1, 2);
      byte[] script = "class Net: ...\n".getBytes(StandardCharsets.UTF_8);
      sink.file(OutputKind.SCRIPT, options.name() + ".py", script.length, out -> out.write(script));
      sink.file(
          OutputKind.CHECKPOINT,
          options.name() + ".ckpt",
          -1,
          out -> {
            Files.copy(files.model(), out);
            for (Path file : files.external().values().stream().sorted().toList()) {
              Files.copy(file, out);
            }
          });
      sink.finding(finding("'onnx::Conv' is converted to 'nn.Conv2d'."));
      WeightTensor weight = new WeightTensor("conv.weight", List.of(2L, 3L), "Float32");
      sink.weight(new WeightRow(List.of(weight), List.of(weight), "transpose(1,0)", "", ""));
      return SUMMARY;
    };
  }

  /** Sends a checkpoint of that many zeros. */
  public static ModelConverter flood(long bytes) {
    return (files, options, sink) -> {
      byte[] piece = new byte[1 << 16];
      sink.file(
          OutputKind.CHECKPOINT,
          options.name() + ".ckpt",
          bytes,
          out -> {
            for (long left = bytes; left > 0; left -= piece.length) {
              out.write(piece, 0, (int) Math.min(piece.length, left));
            }
          });
      return SUMMARY;
    };
  }

  public static Finding finding(String message) {
    return new Finding(
        Severity.CONVERTED,
        FindingCode.OPERATOR_CONVERTED,
        "/layer1/Conv",
        "onnx::Conv",
        new Finding.Place(12, 4),
        message);
  }
}
