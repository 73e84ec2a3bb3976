// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Graph;
import org.mindconverter.op.OperatorCatalog;

/**
 * One walk from the inputs to the outputs that infers every type, computes what is constant, moves
 * layout changes of parameters into the parameters, and drops what changes nothing. Since nodes
 * stand in order, what one node learns the next one uses: a single walk reaches the end.
 */
final class Simplification implements Pass {
  private final OperatorCatalog catalog;

  Simplification(OperatorCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Graph apply(Graph graph) throws ConversionException {
    return new SimplificationWalk(catalog, graph).run();
  }
}
