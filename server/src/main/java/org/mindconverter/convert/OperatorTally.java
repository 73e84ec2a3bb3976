// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;

/**
 * How often each operator stood in a model, before anything was simplified; those in graphs inside
 * of nodes too.
 *
 * @param counts by {@code domain::Type}
 */
record OperatorTally(SortedMap<String, Long> counts) {
  static OperatorTally of(Graph model) {
    SortedMap<String, Long> counts = new TreeMap<>();
    model.nodes().forEach(node -> add(node, counts));
    return new OperatorTally(counts);
  }

  /** Counts a node and all that stands inside of it. */
  static void add(Node node, Map<String, Long> counts) {
    counts.merge(node.op().qualified(), 1L, Long::sum);
    for (Graph inner : node.subGraphs()) {
      inner.nodes().forEach(nested -> add(nested, counts));
    }
  }
}
