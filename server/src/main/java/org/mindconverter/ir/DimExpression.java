// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A whole-number expression over symbols in normal form: a sum of products with whole factors.
 * Equal expressions are equal objects, so that {@code 2*s + s} is recognised as {@code 3*s}.
 *
 * <p>What a polynomial cannot say (a rounded quotient, a remainder, a maximum) is an {@link Atom}
 * of its own.
 */
public final class DimExpression {
  // Real models stay far below; they bound what a hostile one can make of a few bytes.
  private static final int MOST_TERMS = 256;
  private static final int MOST_FACTORS = 32;
  private static final int LONGEST_OPERATION = 2000;

  private static final DimBounds BOUNDS = new DimBounds(0);
  private static final Product ONE = new Product(List.of());

  private final SortedMap<Product, Long> terms;

  private DimExpression(SortedMap<Product, Long> terms) {
    this.terms = Collections.unmodifiableSortedMap(terms);
  }

  /** The number. */
  public static DimExpression of(long value) {
    return ofTerm(ONE, value);
  }

  /** The symbol. */
  public static DimExpression symbol(String name) {
    return atom(new Symbol(name));
  }

  static DimExpression of(Product product) {
    return ofTerm(product, 1);
  }

  private static DimExpression atom(Atom atom) {
    return of(new Product(List.of(atom)));
  }

  private static DimExpression ofTerm(Product product, long factor) {
    SortedMap<Product, Long> terms = new TreeMap<>();
    if (factor != 0) {
      terms.put(product, factor);
    }
    return new DimExpression(terms);
  }

  /** The terms: product of atoms to whole factor, in a fixed order. */
  public SortedMap<Product, Long> terms() {
    return terms;
  }

  /** The number, where it is one. */
  public OptionalLong constant() {
    if (terms.isEmpty()) {
      return OptionalLong.of(0);
    }
    return terms.size() == 1 && terms.firstKey().equals(ONE)
        ? OptionalLong.of(terms.get(ONE))
        : OptionalLong.empty();
  }

  /** The symbol's name, where it is nothing but one symbol. */
  public Optional<String> soleSymbol() {
    if (terms.size() != 1 || terms.get(terms.firstKey()) != 1) {
      return Optional.empty();
    }
    List<Atom> atoms = terms.firstKey().atoms();
    return atoms.size() == 1 && atoms.get(0) instanceof Symbol s
        ? Optional.of(s.name())
        : Optional.empty();
  }

  /** The names of all symbols in it. */
  public Set<String> symbols() {
    Set<String> names = new TreeSet<>();
    for (Product product : terms.keySet()) {
      for (Atom atom : product.atoms()) {
        if (atom instanceof Symbol s) {
          names.add(s.name());
        } else if (atom instanceof Binary b) {
          names.addAll(b.left().symbols());
          names.addAll(b.right().symbols());
        }
      }
    }
    return names;
  }

  /** As a dimension. */
  public Dim toDim() {
    OptionalLong constant = constant();
    return constant.isPresent() ? new Dim.Known(constant.getAsLong()) : new Dim.Symbolic(this);
  }

  /**
   * The sum.
   *
   * @throws ArithmeticException a factor leaves 64 bits, or there are too many terms
   */
  public DimExpression plus(DimExpression other) {
    SortedMap<Product, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((product, factor) -> add(sum, product, factor));
    return bounded(sum);
  }

  /**
   * The product.
   *
   * @throws ArithmeticException a factor leaves 64 bits, or there are too many terms
   */
  public DimExpression times(DimExpression other) {
    SortedMap<Product, Long> result = new TreeMap<>();
    terms.forEach(
        (a, x) -> other.terms.forEach((b, y) -> add(result, a.times(b), Math.multiplyExact(x, y))));
    return bounded(result);
  }

  private static DimExpression bounded(SortedMap<Product, Long> terms) {
    if (terms.size() > MOST_TERMS) {
      throw new ArithmeticException("a dimension of more than " + MOST_TERMS + " terms");
    }
    return new DimExpression(terms);
  }

  private static void add(SortedMap<Product, Long> terms, Product product, long factor) {
    long sum = Math.addExact(terms.getOrDefault(product, 0L), factor);
    if (sum == 0) {
      terms.remove(product);
    } else {
      terms.put(product, sum);
    }
  }

  /** The quotient where nothing remains for whatever the symbols are; else nothing. */
  public Optional<DimExpression> dividedBy(DimExpression divisor) {
    if (divisor.terms.isEmpty()) {
      return Optional.empty();
    }
    Product by = divisor.terms.firstKey();
    long factor = divisor.terms.get(by);
    DimExpression quotient = of(0);
    DimExpression rest = this;
    for (int steps = 0; !rest.terms.isEmpty(); steps++) {
      Optional<Product> product = rest.terms.firstKey().without(by);
      long times = rest.terms.get(rest.terms.firstKey());
      if (product.isEmpty() || times % factor != 0 || steps > MOST_TERMS) {
        return Optional.empty();
      }
      DimExpression part = ofTerm(product.get(), times / factor);
      quotient = quotient.plus(part);
      rest = rest.plus(divisor.times(part).times(of(-1)));
    }
    return Optional.of(quotient);
  }

  /** The quotient, rounded down. */
  public DimExpression floorDiv(DimExpression divisor) {
    return dividedBy(divisor).orElseGet(() -> binary(Operation.FLOOR_DIV, this, divisor));
  }

  /** The remainder with the divisor's sign. */
  public DimExpression mod(DimExpression divisor) {
    return dividedBy(divisor)
        .map(exact -> of(0))
        .orElseGet(() -> binary(Operation.MOD, this, divisor));
  }

  /** The smaller one. */
  public DimExpression min(DimExpression other) {
    if (other.isNeverBelow(this)) {
      return this;
    }
    return isNeverBelow(other) ? other : commutative(Operation.MIN, this, other);
  }

  /** The larger one. */
  public DimExpression max(DimExpression other) {
    if (other.isNeverBelow(this)) {
      return other;
    }
    return isNeverBelow(other) ? this : commutative(Operation.MAX, this, other);
  }

  private boolean isNeverBelow(DimExpression other) {
    OptionalLong bound = BOUNDS.lower(plus(other.times(of(-1))));
    return bound.isPresent() && bound.getAsLong() >= 0;
  }

  private static DimExpression commutative(Operation operation, DimExpression a, DimExpression b) {
    boolean inOrder = a.toString().compareTo(b.toString()) <= 0;
    return inOrder ? binary(operation, a, b) : binary(operation, b, a);
  }

  private static DimExpression binary(Operation operation, DimExpression a, DimExpression b) {
    if (a.constant().isPresent() && b.constant().isPresent()) {
      return of(operation.evaluate(a.constant().getAsLong(), b.constant().getAsLong()));
    }
    Binary result = new Binary(operation, a, b);
    if (result.toString().length() > LONGEST_OPERATION) {
      throw new ArithmeticException("a dimension too long to follow");
    }
    return atom(result);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DimExpression that && terms.equals(that.terms);
  }

  @Override
  public int hashCode() {
    return terms.hashCode();
  }

  @Override
  public String toString() {
    if (terms.isEmpty()) {
      return "0";
    }
    List<String> parts = new ArrayList<>();
    terms.forEach((product, factor) -> parts.add(termText(product, factor)));
    return String.join(" + ", parts);
  }

  private static String termText(Product product, long factor) {
    if (product.equals(ONE)) {
      return Long.toString(factor);
    }
    return factor == 1 ? product.toString() : factor + "*" + product;
  }

  /** A product of atoms, sorted; no atom is the number one. */
  public record Product(List<Atom> atoms) implements Comparable<Product> {
    /** Sorts. */
    public Product {
      List<Atom> sorted = new ArrayList<>(atoms);
      sorted.sort((a, b) -> a.toString().compareTo(b.toString()));
      atoms = List.copyOf(sorted);
    }

    Product times(Product other) {
      List<Atom> all = new ArrayList<>(atoms);
      all.addAll(other.atoms);
      if (all.size() > MOST_FACTORS) {
        throw new ArithmeticException("a dimension of more than " + MOST_FACTORS + " factors");
      }
      return new Product(all);
    }

    Optional<Product> without(Product other) {
      List<Atom> rest = new ArrayList<>(atoms);
      for (Atom atom : other.atoms) {
        if (!rest.remove(atom)) {
          return Optional.empty();
        }
      }
      return Optional.of(new Product(rest));
    }

    @Override
    public int compareTo(Product other) {
      // Longer products first, so that a constant term comes last when written.
      int byDegree = Integer.compare(other.atoms.size(), atoms.size());
      return byDegree != 0 ? byDegree : toString().compareTo(other.toString());
    }

    @Override
    public String toString() {
      return String.join("*", atoms.stream().map(Object::toString).toList());
    }
  }

  /** What products are made of. */
  public sealed interface Atom {}

  /** A number that only a run will tell. */
  public record Symbol(String name) implements Atom {
    @Override
    public String toString() {
      return name;
    }
  }

  /** An operation that no polynomial can say. */
  public record Binary(Operation operation, DimExpression left, DimExpression right)
      implements Atom {
    @Override
    public String toString() {
      return operation.word + "(" + left + ", " + right + ")";
    }
  }

  /** Operations of {@link Binary}. */
  public enum Operation {
    /** Quotient, rounded down. */
    FLOOR_DIV("floordiv"),
    /** Remainder with the divisor's sign. */
    MOD("mod"),
    /** The smaller one. */
    MIN("min"),
    /** The larger one. */
    MAX("max");

    private final String word;

    Operation(String word) {
      this.word = word;
    }

    long evaluate(long a, long b) {
      return switch (this) {
        case FLOOR_DIV -> Math.floorDiv(a, b);
        case MOD -> Math.floorMod(a, b);
        case MIN -> Math.min(a, b);
        case MAX -> Math.max(a, b);
      };
    }
  }
}
