// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.SortedMap;
import java.util.TreeMap;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;

/**
 * How often each operator stood in the model, before anything was simplified.
 *
 * @param counts by {@code domain::Type}
 */
record OperatorTally(SortedMap<String, Long> counts) {
  static OperatorTally of(Graph model) {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Node node : model.nodes()) {
      counts.merge(node.op().qualified(), 1L, Long::sum);
    }
    return new OperatorTally(counts);
  }
}
