// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.List;
import java.util.Objects;

/**
 * What the daemon is given to do its work with.
 *
 * @param converter does the conversions; called by several threads at once
 * @param operators what it maps, ordered by domain and type
 */
public record Engine(ModelConverter converter, List<SupportedOperator> operators) {
  public Engine {
    Objects.requireNonNull(converter);
    operators = List.copyOf(operators);
  }
}
