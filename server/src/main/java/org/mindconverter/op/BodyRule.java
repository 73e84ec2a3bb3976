// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.ValueType;

/** How an operator runs the graphs inside of it. */
public interface BodyRule {
  /** For operators whose graphs take nothing. */
  BodyRule WITHOUT_INPUTS =
      new BodyRule() {
        @Override
        public List<? extends ValueType> inputs(NodeFacts node) {
          return List.of();
        }

        @Override
        public OptionalInt comesBack(NodeFacts node, int input) {
          return OptionalInt.empty();
        }
      };

  /**
   * Types of what a graph is given in the first round.
   *
   * @throws ConversionException the node contradicts the operator's definition
   */
  List<? extends ValueType> inputs(NodeFacts node) throws ConversionException;

  /** The output of the graph that is that input in the next round. */
  OptionalInt comesBack(NodeFacts node, int input);
}
