// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ConversionOptions.UnsupportedOperators;
import org.mindconverter.request.ModelFormat;
import org.mindconverter.request.SourceWeight;
import org.mindconverter.v1.ConversionSpec;
import org.mindconverter.v1.InputShape;

/** Reads what a client asks for from its frames. */
final class OptionsReader {
  private static final int MAX_NAMES = 1_024;
  private static final int MAX_CHARS = 4_096;

  private OptionsReader() {}

  static ConversionOptions read(ConversionSpec spec, List<SourceWeight> weights)
      throws ConversionException {
    requireFew("input_names", spec.getInputNamesCount());
    requireFew("output_names", spec.getOutputNamesCount());
    requireFew("input_shapes", spec.getInputShapesCount());
    return new ConversionOptions(
            format(spec),
            spec.getName(),
            spec.getInputNamesList(),
            spec.getOutputNamesList(),
            shapes(spec.getInputShapesList()),
            policy(spec),
            shortText("source_class", spec.getSourceClass()),
            shortText("producer", spec.getProducer()),
            weights)
        .checked();
  }

  static SourceWeight weight(org.mindconverter.v1.SourceWeight weight) throws ConversionException {
    return new SourceWeight(
        shortText("source_weights", weight.getName()),
        weight.getShapeList(),
        shortText(weight.getName(), weight.getDataType()),
        digest(weight),
        role(weight),
        shortText(weight.getName(), weight.getAliasOf()));
  }

  private static ModelFormat format(ConversionSpec spec) throws ConversionException {
    return switch (spec.getModelFormat()) {
      case MODEL_FORMAT_ONNX -> ModelFormat.ONNX;
      case MODEL_FORMAT_UNSPECIFIED, UNRECOGNIZED ->
          throw bad(
              "model_format",
              "the model's format is not said, or not known here",
              "ask for " + "the server's capabilities: they list the formats");
    };
  }

  private static UnsupportedOperators policy(ConversionSpec spec) throws ConversionException {
    return switch (spec.getUnsupportedOperatorPolicy()) {
      case UNSUPPORTED_OPERATOR_POLICY_UNSPECIFIED, UNSUPPORTED_OPERATOR_POLICY_PLACEHOLDER ->
          UnsupportedOperators.PLACEHOLDER;
      case UNSUPPORTED_OPERATOR_POLICY_FAIL -> UnsupportedOperators.FAIL;
      case UNRECOGNIZED ->
          throw bad(
              "unsupported_operator_policy",
              "the policy is not known",
              "use PLACEHOLDER or " + "FAIL");
    };
  }

  private static Map<String, List<Long>> shapes(List<InputShape> shapes)
      throws ConversionException {
    Map<String, List<Long>> byName = new LinkedHashMap<>();
    for (InputShape shape : shapes) {
      requireFew(shape.getName(), shape.getDimsCount());
      if (byName.put(shape.getName(), shape.getDimsList()) != null) {
        throw bad(shape.getName(), "the input has two shapes", "give each input one shape");
      }
    }
    return byName;
  }

  private static SourceWeight.Role role(org.mindconverter.v1.SourceWeight weight)
      throws ConversionException {
    return switch (weight.getRole()) {
      case WEIGHT_ROLE_UNSPECIFIED -> SourceWeight.Role.UNKNOWN;
      case WEIGHT_ROLE_PARAMETER -> SourceWeight.Role.PARAMETER;
      case WEIGHT_ROLE_FROZEN_PARAMETER -> SourceWeight.Role.FROZEN_PARAMETER;
      case WEIGHT_ROLE_BUFFER -> SourceWeight.Role.BUFFER;
      case WEIGHT_ROLE_NON_PERSISTENT_BUFFER -> SourceWeight.Role.NON_PERSISTENT_BUFFER;
      case UNRECOGNIZED ->
          throw bad(weight.getName(), "the weight's role is not known", "leave the role out");
    };
  }

  private static String digest(org.mindconverter.v1.SourceWeight weight)
      throws ConversionException {
    int size = weight.getSha256().size();
    if (size != 0 && size != 32) {
      throw bad(weight.getName(), "the weight's digest is no SHA-256", "send 32 bytes, or none");
    }
    return SourceWeight.hex(weight.getSha256().toByteArray());
  }

  private static void requireFew(String origin, int count) throws ConversionException {
    if (count > MAX_NAMES) {
      throw bad(origin, "%d entries are too many".formatted(count), "send at most " + MAX_NAMES);
    }
  }

  private static String shortText(String origin, String text) throws ConversionException {
    if (text.length() > MAX_CHARS) {
      throw bad(origin, "a name has more than %d characters".formatted(MAX_CHARS), "shorten it");
    }
    return text;
  }

  private static ConversionException bad(String origin, String message, String remedy) {
    return new ConversionException(ErrorCode.BAD_PARAMETER, origin, message, remedy);
  }
}
