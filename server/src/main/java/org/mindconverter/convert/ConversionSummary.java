// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.List;
import java.util.Objects;

/**
 * The outcome of a conversion.
 *
 * @param converted operators of the model that were converted
 * @param placeholders operators that became placeholders
 * @param weights parameters in the checkpoint
 * @param className class of the whole network
 * @param operators what stood in the model, in alphabetical order
 */
public record ConversionSummary(
    long converted,
    long placeholders,
    long weights,
    String className,
    List<OperatorCount> operators,
    List<Signature> inputs,
    List<Signature> outputs) {
  public ConversionSummary {
    Objects.requireNonNull(className);
    operators = List.copyOf(operators);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  /** How often an operator ({@code domain::Type}) stood in the model. */
  public record OperatorCount(String operator, long count, long converted, long placeholders) {}

  /**
   * An input or output of the network.
   *
   * @param name in the script; empty for an output
   * @param shape each a number, a symbol, or {@code ?}
   */
  public record Signature(String sourceName, String name, String dataType, List<String> shape) {
    public Signature {
      shape = List.copyOf(shape);
    }
  }
}
