// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;

/** An operator that hands an operand on unchanged in some cases: a cast to the same type, say. */
@FunctionalInterface
public interface AliasRule {
  /**
   * The input that the first output is; nothing when the operator does something.
   *
   * @throws ConversionException the operands contradict the operator's definition
   */
  OptionalInt alias(NodeFacts node) throws ConversionException;
}
