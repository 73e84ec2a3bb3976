// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;
import java.util.function.LongBinaryOperator;
import org.mindconverter.ir.ElementType;

/** Functions of truth values, element by element with broadcasting. */
public final class Logic {
  private Logic() {}

  /** Both. */
  public static NumericTensor and(NumericTensor a, NumericTensor b) {
    return truths(a, b, (x, y) -> x & y);
  }

  /** Either. */
  public static NumericTensor or(NumericTensor a, NumericTensor b) {
    return truths(a, b, (x, y) -> x | y);
  }

  /** One of both. */
  public static NumericTensor xor(NumericTensor a, NumericTensor b) {
    return truths(a, b, (x, y) -> x ^ y);
  }

  /** The opposite. */
  public static NumericTensor not(NumericTensor a) {
    Elementwise.requireBool(a);
    return Elementwise.whole(a, x -> 1 - x);
  }

  /** The first choice where the condition holds, elsewhere the second. */
  public static NumericTensor where(NumericTensor condition, NumericTensor a, NumericTensor b) {
    Elementwise.requireBool(condition);
    Elementwise.requireSame(a, b);
    List<Long> dims = Places.broadcastDims(condition.dims(), Elementwise.dims(a, b));
    int[] asked = Places.broadcast(condition.dims(), dims);
    int[] first = Places.broadcast(a.dims(), dims);
    int[] second = Places.broadcast(b.dims(), dims);
    Assembly result = new Assembly(a.element(), dims);
    for (int i = 0; i < asked.length; i++) {
      boolean holds = condition.integer(asked[i]) != 0;
      result.set(i, holds ? a : b, holds ? first[i] : second[i]);
    }
    return result.finish();
  }

  private static NumericTensor truths(
      NumericTensor a, NumericTensor b, LongBinaryOperator function) {
    Elementwise.requireBool(a);
    Elementwise.requireBool(b);
    return Elementwise.whole(a, b, ElementType.BOOL, function);
  }
}
