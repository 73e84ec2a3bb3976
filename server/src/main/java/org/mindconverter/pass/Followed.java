// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Graph;

/** A pass, and another one where the first has changed anything. */
record Followed(Pass first, Pass second) implements Pass {
  @Override
  public Graph apply(Graph graph) throws ConversionException {
    Graph result = first.apply(graph);
    return result.nodes().equals(graph.nodes()) ? graph : second.apply(result);
  }
}
