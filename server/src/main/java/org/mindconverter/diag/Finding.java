// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.diag;

import java.util.Objects;

/**
 * Something to tell about one place of a conversion. Never stops the call.
 *
 * @param node name of the model's node; empty when it is about none
 * @param operator {@code domain::Type}; empty when there is no node
 * @param place where it stands in the script
 * @param message one sentence; text from the model is escaped by the report's writer
 */
public record Finding(
    Severity severity,
    FindingCode code,
    String node,
    String operator,
    Place place,
    String message) {
  public Finding {
    Objects.requireNonNull(severity);
    Objects.requireNonNull(code);
    Objects.requireNonNull(node);
    Objects.requireNonNull(operator);
    Objects.requireNonNull(place);
    Objects.requireNonNull(message);
  }

  /**
   * A position in the script.
   *
   * @param line from 1; 0 when there is none
   * @param column from 0
   */
  public record Place(int line, int column) {
    /** No position. */
    public static final Place NONE = new Place(0, 0);
  }
}
