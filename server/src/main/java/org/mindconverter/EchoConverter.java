// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.mindconverter.convert.ConversionSink;
import org.mindconverter.convert.ConversionSink.OutputKind;
import org.mindconverter.convert.ConversionSink.Phase;
import org.mindconverter.convert.ConversionSummary;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.convert.WeightRow;
import org.mindconverter.convert.WeightRow.WeightTensor;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.Finding;
import org.mindconverter.diag.FindingCode;
import org.mindconverter.diag.Severity;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;

/** Sends the model back as the checkpoint. Goes when the pipeline takes its place in Main. */
final class EchoConverter implements ModelConverter {
  @Override
  public ConversionSummary convert(ModelFiles files, ConversionOptions options, ConversionSink sink)
      throws ConversionException, IOException {
    long size = Files.size(files.model());
    sink.progress(Phase.READING, 0, size);
    byte[] script = "class Echo:\n    pass\n".getBytes(StandardCharsets.UTF_8);
    sink.file(OutputKind.SCRIPT, options.name() + ".py", script.length, out -> out.write(script));
    sink.file(
        OutputKind.CHECKPOINT,
        options.name() + ".ckpt",
        size,
        out -> Files.copy(files.model(), out));
    sink.finding(
        new Finding(
            Severity.CONVERTED,
            FindingCode.OPERATOR_CONVERTED,
            "echo",
            "onnx::Identity",
            new Finding.Place(1, 0),
            "'onnx::Identity' is converted to 'Echo'."));
    WeightTensor weight = new WeightTensor("weight", List.of(size), "UInt8");
    sink.weight(new WeightRow(List.of(weight), List.of(weight), "", "", ""));
    return new ConversionSummary(1, 0, 1, "Echo", List.of(), List.of(), List.of());
  }
}
