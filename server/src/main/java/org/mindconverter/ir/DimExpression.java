// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A whole-number expression over symbols in normal form: a sum of products with whole factors.
 * Equal expressions are equal objects, so that {@code 2*s + s} is recognised as {@code 3*s}.
 *
 * <p>What a polynomial cannot say (a rounded quotient, a remainder, a maximum) is an {@link Atom}
 * of its own.
 */
public final class DimExpression {
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

  private static DimExpression atom(Atom atom) {
    return ofTerm(new Product(List.of(atom)), 1);
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

  /** As a dimension. */
  public Dim toDim() {
    OptionalLong constant = constant();
    return constant.isPresent() ? new Dim.Known(constant.getAsLong()) : new Dim.Symbolic(this);
  }

  /**
   * The sum.
   *
   * @throws ArithmeticException a factor leaves 64 bits
   */
  public DimExpression plus(DimExpression other) {
    SortedMap<Product, Long> sum = new TreeMap<>(terms);
    other.terms.forEach((product, factor) -> add(sum, product, factor));
    return new DimExpression(sum);
  }

  /**
   * The product.
   *
   * @throws ArithmeticException a factor leaves 64 bits
   */
  public DimExpression times(DimExpression other) {
    SortedMap<Product, Long> result = new TreeMap<>();
    terms.forEach(
        (a, x) -> other.terms.forEach((b, y) -> add(result, a.times(b), Math.multiplyExact(x, y))));
    return new DimExpression(result);
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
    if (divisor.terms.size() != 1) {
      return equals(divisor) ? Optional.of(of(1)) : Optional.empty();
    }
    Product by = divisor.terms.firstKey();
    long factor = divisor.terms.get(by);
    SortedMap<Product, Long> result = new TreeMap<>();
    for (var term : terms.entrySet()) {
      Optional<Product> quotient = term.getKey().without(by);
      if (quotient.isEmpty() || term.getValue() % factor != 0) {
        return Optional.empty();
      }
      result.put(quotient.get(), term.getValue() / factor);
    }
    return Optional.of(new DimExpression(result));
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
    return equals(other) ? this : binary(Operation.MIN, this, other);
  }

  /** The larger one. */
  public DimExpression max(DimExpression other) {
    return equals(other) ? this : binary(Operation.MAX, this, other);
  }

  private static DimExpression binary(Operation operation, DimExpression a, DimExpression b) {
    if (a.constant().isPresent() && b.constant().isPresent()) {
      return of(operation.evaluate(a.constant().getAsLong(), b.constant().getAsLong()));
    }
    return atom(new Binary(operation, a, b));
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
