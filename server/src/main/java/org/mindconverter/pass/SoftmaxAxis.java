// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.OptionalLong;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;

/** Which axis a softmax goes over. */
final class SoftmaxAxis {
  // Until then an axis stood for all behind it, and the usual one was 1.
  private static final int FIRST_OPSET_OF_ONE_AXIS = 13;

  private SoftmaxAxis() {}

  /** Whether it goes over one axis rather than over all from one on. */
  static boolean isOne(Graph graph, Node softmax) {
    return softmax.opset() >= FIRST_OPSET_OF_ONE_AXIS || isLast(graph, softmax);
  }

  /** Whether it goes over the last axis alone. */
  static boolean isLast(Graph graph, Node softmax) {
    OptionalLong axis = softmax.attributes().integer("axis");
    if (axis.isEmpty()) {
      return softmax.opset() >= FIRST_OPSET_OF_ONE_AXIS;
    }
    return axis.getAsLong() == -1
        || graph
            .type(softmax.input(0))
            .shape()
            .filter(scores -> axis.getAsLong() == scores.rank() - 1)
            .isPresent();
  }
}
