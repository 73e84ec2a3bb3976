// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.WeightExpression;

/** An operator that only lays a parameter out anew: it becomes part of the parameter. */
@FunctionalInterface
public interface WeightLayout {
  /**
   * One expression per output; nothing when this case does more, or its operands are not known.
   *
   * @throws ConversionException the operands contradict the operator's definition
   */
  Optional<List<WeightExpression>> layout(NodeFacts node) throws ConversionException;
}
