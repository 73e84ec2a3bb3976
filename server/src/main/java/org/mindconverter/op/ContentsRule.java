// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;

/** Shape arithmetic: the elements of an operator's first result as dimensions. */
@FunctionalInterface
public interface ContentsRule {
  /**
   * The elements, where the result is whole numbers of rank 0 or 1 and they are known.
   *
   * @throws ConversionException the operands contradict the operator's definition
   */
  Optional<List<Dim>> contents(NodeFacts node) throws ConversionException;
}
