// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the daemon is given to do its work with.
 *
 * @param converter does the conversions; called by several threads at once
 * @param operators what it maps, ordered by domain and type
 * @param rehearsal a tiny ONNX model that it converts; {@code --once} sends it, so that a class
 *     archive recorded in that run knows the whole way
 */
public record Engine(
    ModelConverter converter, List<SupportedOperator> operators, Optional<byte[]> rehearsal) {
  public Engine {
    Objects.requireNonNull(converter);
    operators = List.copyOf(operators);
    rehearsal = rehearsal.map(byte[]::clone);
  }
}
