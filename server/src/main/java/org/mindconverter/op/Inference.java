// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.ValueType;

/** Result types of an operator. */
@FunctionalInterface
public interface Inference {
  /**
   * One type per output, UNKNOWN where nothing can be said; further outputs may be left out.
   *
   * @throws ConversionException the operands contradict the operator's definition
   */
  List<? extends ValueType> infer(NodeFacts node) throws ConversionException;
}
