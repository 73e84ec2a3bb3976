// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** What an expression never falls below, whatever its symbols stand for. */
final class DimBounds {
  // Each step takes one rounded operation away; more than a few do not occur in real models.
  private static final int MOST_STEPS = 4;

  private final long leastSymbol;

  /**
   * Bounds of expressions.
   *
   * @param leastSymbol what no symbol falls below
   */
  DimBounds(long leastSymbol) {
    this.leastSymbol = leastSymbol;
  }

  /** A number that the expression never falls below, where one is found. */
  OptionalLong lower(DimExpression e) {
    return lower(e, MOST_STEPS);
  }

  private OptionalLong lower(DimExpression e, int steps) {
    long sum = 0;
    for (Map.Entry<DimExpression.Product, Long> term : e.terms().entrySet()) {
      if (term.getKey().atoms().isEmpty()) {
        sum = Math.addExact(sum, term.getValue());
      } else if (term.getValue() < 0) {
        return steps == 0 ? OptionalLong.empty() : withoutNegative(e, term.getKey(), steps - 1);
      } else {
        OptionalLong product = lower(term.getKey(), steps);
        if (product.isEmpty()) {
          return product;
        }
        sum = Math.addExact(sum, Math.multiplyExact(term.getValue(), product.getAsLong()));
      }
    }
    return OptionalLong.of(sum);
  }

  // Takes a subtracted operation away by putting something at least as large in its place.
  private OptionalLong withoutNegative(DimExpression e, DimExpression.Product product, int steps) {
    if (product.atoms().size() != 1
        || !(product.atoms().get(0) instanceof DimExpression.Binary atom)) {
      return OptionalLong.empty();
    }
    DimExpression times = DimExpression.of(e.terms().get(product));
    DimExpression rest = e.plus(DimExpression.of(product).times(times).times(DimExpression.of(-1)));
    OptionalLong best = OptionalLong.empty();
    for (DimExpression larger : atLeastAsLarge(atom, steps)) {
      OptionalLong bound = lower(rest.plus(larger.times(times)), steps);
      if (bound.isPresent() && (best.isEmpty() || bound.getAsLong() > best.getAsLong())) {
        best = bound;
      }
    }
    return best;
  }

  private List<DimExpression> atLeastAsLarge(DimExpression.Binary atom, int steps) {
    return switch (atom.operation()) {
      case MIN -> List.of(atom.left(), atom.right());
      case MAX -> List.of();
      case MOD ->
          isAtLeast(1, atom.right(), steps)
              ? List.of(atom.right().plus(DimExpression.of(-1)))
              : List.of();
      case FLOOR_DIV ->
          isAtLeast(0, atom.left(), steps) && isAtLeast(1, atom.right(), steps)
              ? List.of(atom.left())
              : List.of();
    };
  }

  private OptionalLong lower(DimExpression.Product product, int steps) {
    long bound = 1;
    for (DimExpression.Atom atom : product.atoms()) {
      OptionalLong factor = lower(atom, steps);
      if (factor.isEmpty() || (factor.getAsLong() < 0 && product.atoms().size() > 1)) {
        return OptionalLong.empty();
      }
      bound = Math.multiplyExact(bound, factor.getAsLong());
    }
    return OptionalLong.of(bound);
  }

  private OptionalLong lower(DimExpression.Atom atom, int steps) {
    if (!(atom instanceof DimExpression.Binary b)) {
      return OptionalLong.of(leastSymbol);
    }
    OptionalLong left = lower(b.left(), steps);
    OptionalLong right = lower(b.right(), steps);
    return switch (b.operation()) {
      case MIN ->
          left.isPresent() && right.isPresent()
              ? OptionalLong.of(Math.min(left.getAsLong(), right.getAsLong()))
              : OptionalLong.empty();
      case MAX ->
          left.isPresent() && right.isPresent()
              ? OptionalLong.of(Math.max(left.getAsLong(), right.getAsLong()))
              : left.isPresent() ? left : right;
      case MOD ->
          right.isPresent() && right.getAsLong() >= 1 ? OptionalLong.of(0) : OptionalLong.empty();
      case FLOOR_DIV -> quotient(left, b.right(), steps);
    };
  }

  private OptionalLong quotient(OptionalLong dividend, DimExpression divisor, int steps) {
    boolean positive =
        dividend.isPresent() && dividend.getAsLong() >= 0 && isAtLeast(1, divisor, steps);
    if (!positive) {
      return OptionalLong.empty();
    }
    OptionalLong by = divisor.constant();
    return OptionalLong.of(by.isPresent() ? dividend.getAsLong() / by.getAsLong() : 0);
  }

  private boolean isAtLeast(long bound, DimExpression e, int steps) {
    OptionalLong lower = lower(e, steps);
    return lower.isPresent() && lower.getAsLong() >= bound;
  }
}
