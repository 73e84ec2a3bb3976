// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** The operators that are mapped: one line per family. */
public final class Operators {
  private Operators() {}

  /** The catalog of all of them. */
  public static OperatorCatalog all() {
    OperatorCatalog.Builder ops = new OperatorCatalog.Builder();
    Activations.register(ops);
    Convolutions.register(ops);
    ConvTranspose.register(ops);
    LinearAlgebra.register(ops);
    Normalizations.register(ops);
    Pooling.register(ops);
    Recurrent.register(ops);
    Resize.register(ops);
    return ops.build();
  }
}
