// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A Python expression. */
public sealed interface PyExpr {
  /** A plain name. */
  record Name(String id) implements PyExpr {
    /** Refuses what is no identifier. */
    public Name {
      Identifiers.require(id);
    }
  }

  /** {@code target.name}. */
  record Member(PyExpr target, String name) implements PyExpr {
    /** Refuses what is no identifier. */
    public Member {
      Objects.requireNonNull(target);
      Identifiers.require(name);
    }
  }

  /** A whole number. */
  record Int(long value) implements PyExpr {}

  /** A real number, already in Python's shortest spelling. */
  record Real(String text) implements PyExpr {}

  /** Text; quoted and escaped by the printer only. */
  record Text(String value) implements PyExpr {}

  /** {@code f"prefix{value}"}. */
  record Formatted(String prefix, PyExpr value) implements PyExpr {
    /** Refuses a prefix that is no identifier: it stands between quotes as it is. */
    public Formatted {
      Identifiers.require(prefix);
      Objects.requireNonNull(value);
    }
  }

  /** {@code True}, {@code False} or {@code None}. */
  record Keyword(Word word) implements PyExpr {
    /** The keyword constants. */
    public enum Word {
      /** Yes. */
      TRUE("True"),
      /** No. */
      FALSE("False"),
      /** Nothing. */
      NONE("None");

      private final String text;

      Word(String text) {
        this.text = text;
      }

      /** As Python spells it. */
      public String text() {
        return text;
      }
    }
  }

  /** {@code callee(arguments)}. */
  record Call(PyExpr callee, List<Argument> arguments) implements PyExpr {
    /** Copies. */
    public Call {
      Objects.requireNonNull(callee);
      arguments = List.copyOf(arguments);
    }

    /** The same with one more keyword argument. */
    public Call with(String keyword, PyExpr value) {
      List<Argument> more = new ArrayList<>(arguments);
      more.add(Argument.named(keyword, value));
      return new Call(callee, more);
    }
  }

  /** {@code left operator right}. */
  record Binary(Operator operator, PyExpr left, PyExpr right) implements PyExpr {}

  /** {@code operator operand}. */
  record Unary(Prefix prefix, PyExpr operand) implements PyExpr {}

  /** {@code target[subscripts]}. */
  record Index(PyExpr target, List<PyExpr> subscripts) implements PyExpr {
    /** Copies; at least one. */
    public Index {
      subscripts = List.copyOf(subscripts);
      if (subscripts.isEmpty()) {
        throw new IllegalArgumentException("an index has a subscript");
      }
    }
  }

  /** {@code start:stop:step}; only inside of {@link Index}. */
  record Range(Optional<PyExpr> start, Optional<PyExpr> stop, Optional<PyExpr> step)
      implements PyExpr {}

  /** {@code (a, b)}. */
  record Tuple(List<PyExpr> elements) implements PyExpr {
    /** Copies. */
    public Tuple {
      elements = List.copyOf(elements);
    }
  }

  /** {@code [a, b]}. */
  record Sequence(List<PyExpr> elements) implements PyExpr {
    /** Copies. */
    public Sequence {
      elements = List.copyOf(elements);
    }
  }

  /** {@code {"a": b}}. */
  record Dict(List<Entry> entries) implements PyExpr {
    /** Copies. */
    public Dict {
      entries = List.copyOf(entries);
    }

    /** A key and its value. */
    public record Entry(PyExpr key, PyExpr value) {}
  }

  /** {@code value if condition else otherwise}. */
  record Conditional(PyExpr value, PyExpr condition, PyExpr otherwise) implements PyExpr {}

  /** {@code element for variable in iterable}; only inside of brackets or unpacked. */
  record Comprehension(PyExpr element, String variable, PyExpr iterable) implements PyExpr {
    /** Refuses what is no identifier. */
    public Comprehension {
      Objects.requireNonNull(element);
      Identifiers.require(variable);
      Objects.requireNonNull(iterable);
    }
  }

  /**
   * An expression whose place in the printed text somebody asks for.
   *
   * @param mark unique in the module
   */
  record Marked(int mark, PyExpr inner) implements PyExpr {}

  /**
   * Stands for what has no name yet: a value, a cell, a weight. Whoever decides names replaces it;
   * the printer refuses it.
   */
  non-sealed interface Reference extends PyExpr {}

  /**
   * An argument of a call.
   *
   * @param name empty for a positional one
   */
  record Argument(Optional<String> name, PyExpr value) {
    /** Refuses a name that is no identifier. */
    public Argument {
      name.ifPresent(Identifiers::require);
      Objects.requireNonNull(value);
    }

    /** By position. */
    public static Argument of(PyExpr value) {
      return new Argument(Optional.empty(), value);
    }

    /** By name. */
    public static Argument named(String name, PyExpr value) {
      return new Argument(Optional.of(name), value);
    }
  }

  /** Operators between two operands, with Python's precedence. */
  enum Operator {
    /** Power. */
    POWER("**", 14),
    /** Product. */
    TIMES("*", 12),
    /** Matrix product. */
    MATMUL("@", 12),
    /** Quotient. */
    DIVIDE("/", 12),
    /** Quotient, rounded down. */
    FLOOR_DIVIDE("//", 12),
    /** Remainder. */
    MODULO("%", 12),
    /** Sum. */
    PLUS("+", 11),
    /** Difference. */
    MINUS("-", 11),
    /** Shift to the left. */
    SHIFT_LEFT("<<", 10),
    /** Shift to the right. */
    SHIFT_RIGHT(">>", 10),
    /** Bitwise and. */
    BIT_AND("&", 9),
    /** Bitwise exclusive or. */
    BIT_XOR("^", 8),
    /** Bitwise or. */
    BIT_OR("|", 7),
    /** Equal. */
    EQUAL("==", 6),
    /** Not equal. */
    NOT_EQUAL("!=", 6),
    /** Less. */
    LESS("<", 6),
    /** Less or equal. */
    LESS_EQUAL("<=", 6),
    /** Greater. */
    GREATER(">", 6),
    /** Greater or equal. */
    GREATER_EQUAL(">=", 6),
    /** Same object. */
    IS("is", 6),
    /** Not the same object. */
    IS_NOT("is not", 6);

    private final String symbol;
    private final int precedence;

    Operator(String symbol, int precedence) {
      this.symbol = symbol;
      this.precedence = precedence;
    }

    String symbol() {
      return symbol;
    }

    int precedence() {
      return precedence;
    }
  }

  /** Operators before one operand. */
  enum Prefix {
    /** Negative. */
    MINUS("-", 13),
    /** Bitwise not. */
    INVERT("~", 13),
    /** Logical not. */
    NOT("not ", 5),
    /** Unpacks into the arguments or elements around it. */
    UNPACK("*", 1);

    private final String symbol;
    private final int precedence;

    Prefix(String symbol, int precedence) {
      this.symbol = symbol;
      this.precedence = precedence;
    }

    String symbol() {
      return symbol;
    }

    int precedence() {
      return precedence;
    }
  }

  /** The same tree with every reference replaced; children of a replacement are not visited. */
  default PyExpr replacing(Function<Reference, PyExpr> replacement) {
    return this instanceof Reference r
        ? replacement.apply(r)
        : withParts(part -> part.replacing(replacement));
  }

  /** The same expression around changed parts; one without parts is itself. */
  default PyExpr withParts(UnaryOperator<PyExpr> change) {
    return Rewriting.ofParts(this, change);
  }
}
