// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;

/** An operator's results where all its operands are known. */
@FunctionalInterface
public interface Folding {
  /**
   * One tensor per output, or nothing when this case is not computed. Every given operand is a
   * small constant.
   *
   * @throws ConversionException the operands contradict the operator's definition
   */
  Optional<List<NumericTensor>> fold(NodeFacts node) throws ConversionException;
}
