// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.function.LongBinaryOperator;
import java.util.function.LongUnaryOperator;
import org.mindconverter.ir.ElementType;

/** Applies functions of numbers to whole tensors, with broadcasting. */
final class Elementwise {
  private Elementwise() {}

  static NumericTensor whole(NumericTensor a, LongUnaryOperator function) {
    requireWhole(a);
    long[] values = new long[a.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsLong(a.integer(i));
    }
    return NumericTensor.ofIntegers(a.element(), a.dims(), values);
  }

  static NumericTensor real(NumericTensor a, DoubleUnaryOperator function) {
    requireReal(a);
    double[] values = new double[a.count()];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(a.real(i));
    }
    return NumericTensor.ofReals(a.element(), a.dims(), values);
  }

  /** Of whole or of real numbers of the same type. */
  static NumericTensor numbers(
      NumericTensor a, NumericTensor b, LongBinaryOperator whole, DoubleBinaryOperator real) {
    requireSame(a, b);
    requireNumbers(a);
    return a.element().isFloating() ? real(a, b, real) : whole(a, b, a.element(), whole);
  }

  /** Of elements read as longs, whatever their type: the result's type stands for itself. */
  static NumericTensor whole(
      NumericTensor a, NumericTensor b, ElementType result, LongBinaryOperator function) {
    requireWhole(a);
    requireWhole(b);
    List<Long> dims = Places.broadcastDims(a.dims(), b.dims());
    int[] left = Places.broadcast(a.dims(), dims);
    int[] right = Places.broadcast(b.dims(), dims);
    long[] values = new long[left.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsLong(a.integer(left[i]), b.integer(right[i]));
    }
    return NumericTensor.ofIntegers(result, dims, values);
  }

  static NumericTensor real(NumericTensor a, NumericTensor b, DoubleBinaryOperator function) {
    return NumericTensor.ofReals(a.element(), dims(a, b), reals(a, b, function));
  }

  /** The results before they are rounded to a type. */
  static double[] reals(NumericTensor a, NumericTensor b, DoubleBinaryOperator function) {
    List<Long> dims = dims(a, b);
    int[] left = Places.broadcast(a.dims(), dims);
    int[] right = Places.broadcast(b.dims(), dims);
    double[] values = new double[left.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = function.applyAsDouble(a.real(left[i]), b.real(right[i]));
    }
    return values;
  }

  static List<Long> dims(NumericTensor a, NumericTensor b) {
    return Places.broadcastDims(a.dims(), b.dims());
  }

  static void requireSame(NumericTensor a, NumericTensor b) {
    if (a.element() != b.element()) {
      throw FoldException.misfit(
          "%s and %s do not go together".formatted(a.element(), b.element()));
    }
  }

  static void requireNumbers(NumericTensor a) {
    if (a.element() == ElementType.BOOL) {
      throw FoldException.misfit("truth values are no numbers");
    }
  }

  static void requireReal(NumericTensor a) {
    if (!a.element().isFloating()) {
      throw FoldException.misfit("%s is not real".formatted(a.element()));
    }
  }

  static void requireWhole(NumericTensor a) {
    if (a.element().isFloating()) {
      throw FoldException.misfit("%s is not whole".formatted(a.element()));
    }
  }

  static void requireBool(NumericTensor a) {
    if (a.element() != ElementType.BOOL) {
      throw FoldException.misfit("%s holds no truth values".formatted(a.element()));
    }
  }
}
