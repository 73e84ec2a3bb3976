// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.Objects;

/**
 * A value that may be missing.
 *
 * @param value what it is where it is there
 */
public record OptionalType(ValueType value) implements ValueType {
  /** Never null. */
  public OptionalType {
    Objects.requireNonNull(value);
  }

  @Override
  public String toString() {
    return value + " or nothing";
  }
}
