// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.nio.file.Path;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.mindconverter.v1.ConversionSpec;
import org.mindconverter.v1.ModelFormat;

/**
 * One conversion to ask for.
 *
 * @param model the ONNX file; the tensor data that it keeps outside of itself is found beside it
 * @param outputFolder where the files go; made where it does not exist
 * @param spec what the server is told
 * @param existing what happens to files of an earlier conversion
 */
public record ConversionRequest(
    Path model, Path outputFolder, ConversionSpec spec, ExistingFiles existing) {
  private static final int LONGEST_NAME = 200;

  /** Nothing is null. */
  public ConversionRequest {
    Objects.requireNonNull(model);
    Objects.requireNonNull(outputFolder);
    Objects.requireNonNull(spec);
    Objects.requireNonNull(existing);
  }

  /** Everything as it is by default: named after the file, and nothing is overwritten. */
  public static ConversionRequest of(Path model, Path outputFolder) {
    ConversionSpec spec =
        ConversionSpec.newBuilder()
            .setModelFormat(ModelFormat.MODEL_FORMAT_ONNX)
            .setName(nameOf(model))
            .build();
    return new ConversionRequest(model, outputFolder, spec, ExistingFiles.KEEP);
  }

  /** The same with changes to what the server is told, such as the name or constant shapes. */
  public ConversionRequest with(UnaryOperator<ConversionSpec.Builder> changes) {
    return new ConversionRequest(
        model, outputFolder, changes.apply(spec.toBuilder()).build(), existing);
  }

  /** The same, replacing files of an earlier conversion. */
  public ConversionRequest replacing() {
    return new ConversionRequest(model, outputFolder, spec, ExistingFiles.REPLACE);
  }

  /** The file's stem, with what the server would refuse replaced. */
  private static String nameOf(Path model) {
    String file = String.valueOf(model.getFileName());
    int dot = file.lastIndexOf('.');
    String stem = dot > 0 ? file.substring(0, dot) : file;
    String name = stem.replaceAll("[^A-Za-z0-9._-]", "_").replaceAll("^\\.", "_");
    return name.substring(0, Math.min(name.length(), LONGEST_NAME));
  }

  /** What happens to files that stand where a result belongs. */
  public enum ExistingFiles {
    /** The conversion is refused, and they stay as they are. */
    KEEP,
    /** They are replaced once the conversion has succeeded. */
    REPLACE
  }
}
