// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;
import java.util.function.BinaryOperator;

/** Elements put to places chosen by indices, which may count from the end. */
public final class Scattering {
  private Scattering() {}

  /** What becomes of an element that stands there already. */
  public enum Onto {
    /** It is replaced. */
    REPLACE((old, update) -> update),
    /** The new one is added. */
    ADD(Arithmetic::add),
    /** The new one is multiplied with it. */
    MULTIPLY(Arithmetic::mul),
    /** The larger one stays. */
    MAXIMUM(Arithmetic::max),
    /** The smaller one stays. */
    MINIMUM(Arithmetic::min);

    private final BinaryOperator<NumericTensor> merge;

    Onto(BinaryOperator<NumericTensor> merge) {
      this.merge = merge;
    }
  }

  /** For every row of indices (the last axis), an update of what it points to, in order. */
  public static NumericTensor scatterNd(
      NumericTensor a, NumericTensor indices, NumericTensor updates, Onto onto) {
    Elementwise.requireSame(a, updates);
    Gathering.Rows rows = Gathering.Rows.of(a.dims(), indices, 0);
    List<Long> dims = Places.joined(List.of(rows.dims(), rows.rest()));
    if (!updates.dims().equals(dims)) {
      throw FoldException.misfit("updates of %s, not %s".formatted(updates.dims(), dims));
    }
    int inner = Places.count(rows.rest());
    Assembly result = Assembly.copyOf(a);
    for (int i = 0; i < updates.count(); i++) {
      int at = rows.start(i / inner) + i % inner;
      if (onto == Onto.REPLACE) {
        result.set(at, updates, i);
      } else {
        NumericTensor update = updates.picked(List.of(), new int[] {i});
        result.set(at, onto.merge.apply(result.get(at), update), 0);
      }
    }
    return result.finish();
  }
}
