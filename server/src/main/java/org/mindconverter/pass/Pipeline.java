// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.List;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.GraphVerifier;
import org.mindconverter.op.OperatorCatalog;

/** The passes, in the order they run. */
public final class Pipeline {
  private final List<Pass> passes;

  /** The passes over operators of that catalog. */
  public Pipeline(OperatorCatalog catalog) {
    passes =
        List.of(
            new BrainFloatWidening(), // first: whatever follows sees one type less
            new Simplification(catalog), // everything later asks for types and constants
            // What comes of a list of weights are weights, which other patterns look for.
            new Followed(new SequenceFusion(), new Simplification(catalog)),
            new DeadNodeElimination(), // patterns are counted in uses: drop uses that lead nowhere
            new RecurrentFusion(), // while its transpositions stand as exporters write them
            new TransposeFusion(), // other patterns look for the plain transposition
            new MaskedSoftmaxFusion(), // while the question for NaN still stands beside it
            new AttentionFusion(), // needs both of the above
            new ReciprocalRootFusion(), // likewise, of types and constants
            new StochasticDepthFusion(), // needs constants
            new EmptyAxisGuard(), // needs types
            new LinearFusion(), // before operators are mapped one by one
            new Simplification(catalog), // fused nodes want types too
            new DeadNodeElimination()); // last: sweeps what the others orphaned
  }

  /**
   * The graph after all passes, checked after each.
   *
   * @throws ConversionException the graph contradicts an operator's definition
   */
  public Graph apply(Graph graph) throws ConversionException {
    Graph result = graph;
    for (Pass pass : passes) {
      Cancellation.check();
      result = GraphVerifier.verified(pass.apply(result));
    }
    return result;
  }
}
