// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

/** Functions of whole numbers as rows of bits, element by element with broadcasting. */
public final class Bits {
  private Bits() {}

  /** Towards the high bits. */
  public static NumericTensor shiftLeft(NumericTensor a, NumericTensor b) {
    requireUnsigned(a, b);
    int bits = a.element().bits();
    return Elementwise.whole(a, b, a.element(), (x, y) -> isWithin(y, bits) ? x << y : 0);
  }

  /** Towards the low bits. */
  public static NumericTensor shiftRight(NumericTensor a, NumericTensor b) {
    requireUnsigned(a, b);
    int bits = a.element().bits();
    return Elementwise.whole(a, b, a.element(), (x, y) -> isWithin(y, bits) ? x >>> y : 0);
  }

  /** Bits that both have. */
  public static NumericTensor and(NumericTensor a, NumericTensor b) {
    requireNumbers(a, b);
    return Elementwise.whole(a, b, a.element(), (x, y) -> x & y);
  }

  /** Bits that either has. */
  public static NumericTensor or(NumericTensor a, NumericTensor b) {
    requireNumbers(a, b);
    return Elementwise.whole(a, b, a.element(), (x, y) -> x | y);
  }

  /** Bits that one of both has. */
  public static NumericTensor xor(NumericTensor a, NumericTensor b) {
    requireNumbers(a, b);
    return Elementwise.whole(a, b, a.element(), (x, y) -> x ^ y);
  }

  /** Bits that it does not have. */
  public static NumericTensor not(NumericTensor a) {
    Elementwise.requireNumbers(a);
    return Elementwise.whole(a, x -> ~x);
  }

  private static boolean isWithin(long shift, int bits) {
    return Long.compareUnsigned(shift, bits) < 0;
  }

  private static void requireNumbers(NumericTensor a, NumericTensor b) {
    Elementwise.requireSame(a, b);
    Elementwise.requireNumbers(a);
  }

  private static void requireUnsigned(NumericTensor a, NumericTensor b) {
    Elementwise.requireSame(a, b);
    switch (a.element()) {
      case UINT8, UINT16, UINT32, UINT64 -> {}
      default -> throw FoldException.misfit("only unsigned numbers are shifted");
    }
  }
}
