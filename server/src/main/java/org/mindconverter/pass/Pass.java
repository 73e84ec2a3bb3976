// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Graph;

/** One step over a graph. Keeps no state between graphs. */
@FunctionalInterface
public interface Pass {
  /**
   * The graph after the step.
   *
   * @throws ConversionException the graph contradicts an operator's definition
   */
  Graph apply(Graph graph) throws ConversionException;
}
