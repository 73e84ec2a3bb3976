// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A Python statement. */
public sealed interface PyStmt {
  /** {@code a, b = value}. */
  record Assign(List<PyExpr> targets, PyExpr value) implements PyStmt {
    /** Copies; at least one target. */
    public Assign {
      targets = List.copyOf(targets);
      Objects.requireNonNull(value);
      if (targets.isEmpty()) {
        throw new IllegalArgumentException("an assignment has a target");
      }
    }

    /** {@code target = value}. */
    public static Assign of(PyExpr target, PyExpr value) {
      return new Assign(List.of(target), value);
    }
  }

  /** {@code return value}. */
  record Return(PyExpr value) implements PyStmt {}

  /** {@code raise value}. */
  record Raise(PyExpr value) implements PyStmt {}

  /** An expression for its effect. */
  record Do(PyExpr value) implements PyStmt {}

  /** {@code import module as alias}. */
  record Import(String module, Optional<String> alias) implements PyStmt {}

  /** {@code from module import names}. */
  record ImportFrom(String module, List<String> names) implements PyStmt {
    /** Copies. */
    public ImportFrom {
      names = List.copyOf(names);
    }
  }

  /** A string that documents what it stands in. */
  record Docstring(String text) implements PyStmt {}

  /** {@code if condition:}. */
  record If(PyExpr condition, List<PyStmt> body, List<PyStmt> otherwise) implements PyStmt {
    /** Copies. */
    public If {
      body = List.copyOf(body);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** {@code for target in iterable:}. */
  record For(PyExpr target, PyExpr iterable, List<PyStmt> body) implements PyStmt {
    /** Copies. */
    public For {
      body = List.copyOf(body);
    }
  }

  /** {@code while condition:}. */
  record While(PyExpr condition, List<PyStmt> body) implements PyStmt {
    /** Copies. */
    public While {
      Objects.requireNonNull(condition);
      body = List.copyOf(body);
    }
  }

  /** {@code break}. */
  record Break() implements PyStmt {}

  /** {@code def name(parameters):}. */
  record Function(String name, List<Parameter> parameters, List<PyStmt> body) implements PyStmt {
    /** Copies. */
    public Function {
      Identifiers.require(name);
      parameters = List.copyOf(parameters);
      body = List.copyOf(body);
    }
  }

  /** A parameter of a function; the sign that ends the positional ones has no name. */
  record Parameter(Kind kind, String name, Optional<PyExpr> defaultValue) {
    /** Refuses what is no identifier. */
    public Parameter {
      Objects.requireNonNull(kind);
      if (kind != Kind.POSITIONAL_END) {
        Identifiers.require(name);
      }
      Objects.requireNonNull(defaultValue);
    }

    /** Without a default. */
    public static Parameter of(String name) {
      return new Parameter(Kind.PLAIN, name, Optional.empty());
    }

    /** {@code *name}. */
    public static Parameter variadic(String name) {
      return new Parameter(Kind.VARIADIC, name, Optional.empty());
    }

    /** {@code /}. */
    public static Parameter positionalEnd() {
      return new Parameter(Kind.POSITIONAL_END, "", Optional.empty());
    }

    /** {@code **name}. */
    public static Parameter rest(String name) {
      return new Parameter(Kind.REST, name, Optional.empty());
    }

    /** What a parameter takes. */
    public enum Kind {
      /** One argument. */
      PLAIN(""),
      /** No argument: those before it are not to be named. */
      POSITIONAL_END("/"),
      /** All further positional arguments. */
      VARIADIC("*"),
      /** All further named arguments. */
      REST("**");

      private final String prefix;

      Kind(String prefix) {
        this.prefix = prefix;
      }

      String prefix() {
        return prefix;
      }
    }
  }

  /** {@code class name(bases):}. */
  record ClassDef(String name, List<PyExpr> bases, List<PyStmt> body) implements PyStmt {
    /** Copies. */
    public ClassDef {
      Identifiers.require(name);
      bases = List.copyOf(bases);
      body = List.copyOf(body);
    }

    /** The same body under another name. */
    public ClassDef named(String other) {
      return new ClassDef(other, bases, body);
    }
  }

  /**
   * The same statement with what it computes changed, in the blocks inside of it too; definitions
   * and targets stay.
   */
  default PyStmt withExpressions(UnaryOperator<PyExpr> change) {
    if (this instanceof Assign a) {
      return new Assign(a.targets(), change.apply(a.value()));
    }
    if (this instanceof Return r) {
      return new Return(change.apply(r.value()));
    }
    if (this instanceof Raise r) {
      return new Raise(change.apply(r.value()));
    }
    if (this instanceof Do d) {
      return new Do(change.apply(d.value()));
    }
    if (this instanceof If i) {
      return new If(
          change.apply(i.condition()),
          withExpressions(i.body(), change),
          withExpressions(i.otherwise(), change));
    }
    if (this instanceof For f) {
      return new For(f.target(), change.apply(f.iterable()), withExpressions(f.body(), change));
    }
    return this instanceof While w
        ? new While(change.apply(w.condition()), withExpressions(w.body(), change))
        : this;
  }

  private static List<PyStmt> withExpressions(List<PyStmt> body, UnaryOperator<PyExpr> change) {
    return body.stream().map(statement -> statement.withExpressions(change)).toList();
  }
}
