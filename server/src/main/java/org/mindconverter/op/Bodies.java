// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import org.mindconverter.ir.Graph;
import org.mindconverter.python.PyExpr;

/** Maps graphs that stand inside of a node. */
@FunctionalInterface
public interface Bodies {
  /** For nodes that hold no graphs. */
  Bodies NONE =
      (body, arguments, steps) -> {
        throw new IllegalStateException("nobody maps graphs here");
      };

  /**
   * Adds the work of a body to the steps.
   *
   * @param arguments what its inputs are, one each
   * @return its outputs, one expression each, which may read the steps' variables
   * @throws Refusal a node of it cannot be said
   */
  List<PyExpr> write(Graph body, List<PyExpr> arguments, Lowered.Steps steps) throws Refusal;
}
