// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.request;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/**
 * What to convert, and how; checked.
 *
 * @param name stem of the output files
 * @param inputNames inputs to convert from; all graph inputs when empty
 * @param outputNames outputs to convert up to; all graph outputs when empty
 * @param inputShapes constant shapes by input name; dimensions above zero
 * @param unsupported what to do with an operator that has no mapping
 * @param sourceClass fully qualified class of the source's root module; empty when not known
 * @param producer how the model came to be; empty when not known
 * @param sourceWeights the source's tensors in state_dict order; empty when not known
 */
public record ConversionOptions(
    ModelFormat format,
    String name,
    List<String> inputNames,
    List<String> outputNames,
    Map<String, List<Long>> inputShapes,
    UnsupportedOperators unsupported,
    String sourceClass,
    String producer,
    List<SourceWeight> sourceWeights) {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,199}");

  public ConversionOptions {
    Objects.requireNonNull(format);
    Objects.requireNonNull(name);
    inputNames = List.copyOf(inputNames);
    outputNames = List.copyOf(outputNames);
    inputShapes = Map.copyOf(inputShapes);
    Objects.requireNonNull(unsupported);
    Objects.requireNonNull(sourceClass);
    Objects.requireNonNull(producer);
    sourceWeights = List.copyOf(sourceWeights);
  }

  /** Everything as it is by default, for a model under that name. */
  public static ConversionOptions of(ModelFormat format, String name) {
    return new ConversionOptions(
        format,
        name,
        List.of(),
        List.of(),
        Map.of(),
        UnsupportedOperators.PLACEHOLDER,
        "",
        "",
        List.of());
  }

  /**
   * Refuses a name that is no plain file stem, and shapes that are not positive.
   *
   * @throws ConversionException BAD_PARAMETER
   */
  public ConversionOptions checked() throws ConversionException {
    if (!NAME.matcher(name).matches()) {
      throw new ConversionException(
          ErrorCode.BAD_PARAMETER,
          "name",
          "the name is not a plain file stem",
          "use letters, digits, '_', '-' and '.', at most 200, not starting with a dot");
    }
    for (var shape : inputShapes.entrySet()) {
      if (shape.getValue().stream().anyMatch(d -> d <= 0)) {
        throw new ConversionException(
            ErrorCode.BAD_PARAMETER,
            shape.getKey(),
            "a given dimension is not above zero",
            "give the dimension a size, or leave the shape out to keep it dynamic");
      }
    }
    return this;
  }

  /** What to do with an operator that has no mapping. */
  public enum UnsupportedOperators {
    /** A cell that constructs, and fails when reached, takes its place. */
    PLACEHOLDER,
    /** The conversion fails. */
    FAIL
  }
}
