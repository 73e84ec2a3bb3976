// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.mindconverter.ir.ElementCast;
import org.mindconverter.ir.ElementType;

/** Tensors that are made of a few numbers. */
public final class Making {
  private Making() {}

  /** From the start on, in steps, up to the limit, which is not reached. All scalars of a type. */
  public static NumericTensor range(NumericTensor start, NumericTensor limit, NumericTensor delta) {
    Elementwise.requireSame(start, limit);
    Elementwise.requireSame(start, delta);
    Elementwise.requireNumbers(start);
    if (start.count() != 1 || limit.count() != 1 || delta.count() != 1) {
      throw FoldException.misfit("a range is made of three scalars");
    }
    ElementType type = start.element();
    List<Long> dims = List.of(steps(start, limit, delta));
    int count = Places.count(dims);
    if (type.isFloating()) {
      double[] values = new double[count];
      // The product is rounded before it is added, as a processor does with numbers of the type.
      Arrays.setAll(values, i -> start.real(0) + ElementCast.round(type, i * delta.real(0)));
      return NumericTensor.ofReals(type, dims, values);
    }
    long[] values = new long[count];
    Arrays.setAll(values, i -> start.integer(0) + i * delta.integer(0));
    return NumericTensor.ofIntegers(type, dims, values);
  }

  private static long steps(NumericTensor start, NumericTensor limit, NumericTensor delta) {
    if (delta.real(0) == 0) {
      throw FoldException.misfit("a range of steps of 0 has no end");
    }
    if (start.element().isFloating()) {
      double way = ElementCast.round(start.element(), limit.real(0) - start.real(0));
      return (long) Math.max(Math.ceil(way / delta.real(0)), 0);
    }
    BigInteger step = BigInteger.valueOf(delta.integer(0));
    BigInteger way =
        BigInteger.valueOf(limit.integer(0)).subtract(BigInteger.valueOf(start.integer(0)));
    if (way.signum() != step.signum()) {
      return 0;
    }
    BigInteger[] steps = way.divideAndRemainder(step);
    if (steps[0].bitLength() >= Long.SIZE - 1) {
      throw FoldException.tooLarge("a range has %s elements".formatted(steps[0]));
    }
    return steps[0].longValue() + Math.abs(steps[1].signum());
  }

  /** A shape filled with one number. */
  public static NumericTensor constantOfShape(List<Long> shape, NumericTensor value) {
    if (value.count() != 1) {
      throw FoldException.misfit("the value is not one number");
    }
    return value.picked(shape, new int[Places.count(shape)]);
  }

  /**
   * A matrix of 0 with 1 on a diagonal.
   *
   * @param k which: 0 for the main one, positive above it
   */
  public static NumericTensor eye(ElementType type, long rows, long columns, long k) {
    List<Long> dims = List.of(rows, columns);
    int[] row = Places.strided(dims, new long[] {1, 0}, 0);
    int[] column = Places.strided(dims, new long[] {0, 1}, 0);
    long[] values = new long[row.length];
    Arrays.setAll(values, i -> column[i] - row[i] == k ? 1 : 0);
    return Casting.cast(NumericTensor.ofIntegers(ElementType.INT64, dims, values), type);
  }

  /**
   * Along a new axis, one number where the index points to, another elsewhere.
   *
   * @param indices may count from the end; those outside point nowhere
   * @param values the one for elsewhere, then the one for the index
   * @param axis where the new axis is in the result
   */
  public static NumericTensor oneHot(
      NumericTensor indices, long depth, NumericTensor values, long axis) {
    if (values.count() != 2) {
      throw FoldException.misfit("there are not two values");
    }
    int at = Places.axis(axis, indices.rank() + 1);
    List<Long> dims =
        Places.joined(
            List.of(
                indices.dims().subList(0, at),
                List.of(depth),
                indices.dims().subList(at, indices.rank())));
    long[] own = Places.strides(indices.dims());
    long[] strides = new long[dims.size()];
    long[] count = new long[dims.size()];
    for (int i = 0; i < own.length; i++) {
      strides[i < at ? i : i + 1] = own[i];
    }
    count[at] = 1;
    int[] from = Places.strided(dims, strides, 0);
    int[] place = Places.strided(dims, count, 0);
    int[] chosen = new int[from.length];
    Arrays.setAll(chosen, i -> place[i] == wanted(indices, from[i], depth) ? 1 : 0);
    return values.picked(dims, chosen);
  }

  private static long wanted(NumericTensor indices, int at, long depth) {
    long index = indices.element().isFloating() ? (long) indices.real(at) : indices.integer(at);
    return index < 0 ? index + depth : index;
  }
}
