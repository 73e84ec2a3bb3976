// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** The operators that are mapped: one line per family. */
public final class Operators {
  private Operators() {}

  /** The catalog of all of them. */
  public static OperatorCatalog all() {
    OperatorCatalog.Builder ops = new OperatorCatalog.Builder();
    Accumulations.register(ops);
    Activations.register(ops);
    BinaryMath.register(ops);
    BitOperations.register(ops);
    Bounds.register(ops);
    Casts.register(ops);
    ConvTranspose.register(ops);
    Convolutions.register(ops);
    Extremes.register(ops);
    LinearAlgebra.register(ops);
    Normalizations.register(ops);
    Pooling.register(ops);
    Randoms.register(ops);
    Ranking.register(ops);
    Reductions.register(ops);
    Relations.register(ops);
    Resize.register(ops);
    Softmaxes.register(ops);
    UnaryMath.register(ops);
    return ops.build();
  }
}
