// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.emit.Network;

/** The failure of a conversion whose caller wants no placeholders. */
final class UnsupportedOperator {
  private UnsupportedOperator() {}

  static ConversionException at(Network.Operator operator) {
    return new ConversionException(
        ErrorCode.UNSUPPORTED_OPERATOR,
        operator.node().name(),
        "%s: %s".formatted(operator.node().op().qualified(), operator.refusal().orElse("")),
        "convert with placeholders, and write the operator in the script by hand");
  }
}
