// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import org.mindconverter.ir.ElementCast;
import org.mindconverter.ir.ElementType;

/** Changes of the element type. */
public final class Casting {
  private Casting() {}

  /**
   * The same numbers in another type: real ones without their fraction where it is whole, wrapped
   * around where it is narrower. What ONNX leaves open, {@link ElementCast} says.
   */
  public static NumericTensor cast(NumericTensor a, ElementType to) {
    if (!to.isMindSpore()) {
      throw FoldException.undefined("elements of %s are not computed".formatted(to));
    }
    if (to.isFloating()) {
      double[] values = new double[a.count()];
      for (int i = 0; i < values.length; i++) {
        values[i] =
            a.element().isFloating()
                ? a.real(i)
                : ElementCast.toReal(to, a.element(), a.integer(i));
      }
      return NumericTensor.ofReals(to, a.dims(), values);
    }
    long[] values = new long[a.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = a.element().isFloating() ? ElementCast.toWhole(to, a.real(i)) : a.integer(i);
    }
    return NumericTensor.ofIntegers(to, a.dims(), values);
  }
}
