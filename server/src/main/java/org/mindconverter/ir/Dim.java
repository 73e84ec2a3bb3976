// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.OptionalLong;

/**
 * One dimension of a shape: a number, or an expression over symbols that stand for numbers that
 * only a run will tell.
 *
 * <p>There is no "unknown": a dimension that nothing is known about gets a symbol of its own, so
 * that equal dimensions stay recognisable and no −1 exists.
 */
public sealed interface Dim {
  /** A dimension of that size. */
  static Dim of(long size) {
    return new Known(size);
  }

  /** A dimension named by that symbol. */
  static Dim symbol(String name) {
    return DimExpression.symbol(name).toDim();
  }

  /** As an expression. */
  DimExpression expression();

  /** The size, where it is a number. */
  default OptionalLong size() {
    return expression().constant();
  }

  /** Whether it is that number. */
  default boolean is(long size) {
    return expression().constant().equals(OptionalLong.of(size));
  }

  /** The sum. */
  default Dim plus(Dim other) {
    return expression().plus(other.expression()).toDim();
  }

  /** The difference. */
  default Dim minus(Dim other) {
    return expression().plus(other.expression().times(DimExpression.of(-1))).toDim();
  }

  /** The product. */
  default Dim times(Dim other) {
    return expression().times(other.expression()).toDim();
  }

  /** The quotient, rounded down. */
  default Dim floorDiv(Dim other) {
    return expression().floorDiv(other.expression()).toDim();
  }

  /** The remainder with the divisor's sign. */
  default Dim mod(Dim other) {
    return expression().mod(other.expression()).toDim();
  }

  /** The smaller one. */
  default Dim min(Dim other) {
    return expression().min(other.expression()).toDim();
  }

  /** The larger one. */
  default Dim max(Dim other) {
    return expression().max(other.expression()).toDim();
  }

  /**
   * Whether it is never below that number, as far as can be told.
   *
   * @param leastSymbol what no symbol falls below: 0 to be safe, 1 to leave empty tensors aside
   */
  default boolean isAtLeast(long bound, long leastSymbol) {
    OptionalLong lower = new DimBounds(leastSymbol).lower(expression());
    return lower.isPresent() && lower.getAsLong() >= bound;
  }

  /** A number; negative only inside of integer contents, never in a shape. */
  record Known(long value) implements Dim {
    @Override
    public DimExpression expression() {
      return DimExpression.of(value);
    }

    @Override
    public String toString() {
      return Long.toString(value);
    }
  }

  /** Not a number before a run. */
  record Symbolic(DimExpression expression) implements Dim {
    /** Refuses what is a number. */
    public Symbolic {
      if (expression.constant().isPresent()) {
        throw new IllegalArgumentException(expression + " is a number");
      }
    }

    @Override
    public String toString() {
      return expression.toString();
    }
  }
}
