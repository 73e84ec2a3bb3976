// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.mindconverter.python.PyExpr;

/** A statement of a mapped node, before its results. */
public sealed interface Step {
  /**
   * {@code target = value}, or {@code a, b = value}. A variable that stands in several steps is
   * assigned anew by each.
   */
  record Assign(List<References.Temporary> targets, PyExpr value) implements Step {
    /** Copies; at least one target. */
    public Assign {
      targets = List.copyOf(targets);
      Objects.requireNonNull(value);
      if (targets.isEmpty()) {
        throw new IllegalArgumentException("an assignment has a target");
      }
    }
  }

  /** An expression for its effect. */
  record Do(PyExpr value) implements Step {
    /** Never null. */
    public Do {
      Objects.requireNonNull(value);
    }
  }

  /** {@code if condition: … else: …}; either side may have nothing to do. */
  record Branch(PyExpr condition, List<Step> body, List<Step> otherwise) implements Step {
    /** Copies. */
    public Branch {
      Objects.requireNonNull(condition);
      body = List.copyOf(body);
      otherwise = List.copyOf(otherwise);
    }
  }

  /** {@code for target in iterable:}. */
  record ForEach(References.Temporary target, PyExpr iterable, List<Step> body) implements Step {
    /** Copies. */
    public ForEach {
      Objects.requireNonNull(target);
      Objects.requireNonNull(iterable);
      body = List.copyOf(body);
    }
  }

  /** {@code while condition:}. */
  record While(PyExpr condition, List<Step> body) implements Step {
    /** Copies. */
    public While {
      Objects.requireNonNull(condition);
      body = List.copyOf(body);
    }
  }

  /** {@code break}: ends the innermost loop. */
  record Break() implements Step {}

  /** The expressions that stand in it, those of steps inside of it apart. */
  default List<PyExpr> expressions() {
    if (this instanceof Assign a) {
      return List.of(a.value());
    }
    if (this instanceof Do d) {
      return List.of(d.value());
    }
    if (this instanceof Branch b) {
      return List.of(b.condition());
    }
    if (this instanceof ForEach f) {
      return List.of(f.iterable());
    }
    return this instanceof While w ? List.of(w.condition()) : List.of();
  }

  /** The variables that it assigns itself. */
  default List<References.Temporary> targets() {
    if (this instanceof Assign a) {
      return a.targets();
    }
    return this instanceof ForEach f ? List.of(f.target()) : List.of();
  }

  /** The steps inside of it, block by block. */
  default List<List<Step>> blocks() {
    if (this instanceof Branch b) {
      return List.of(b.body(), b.otherwise());
    }
    if (this instanceof ForEach f) {
      return List.of(f.body());
    }
    return this instanceof While w ? List.of(w.body()) : List.of();
  }

  /** The same with other expressions, in the steps inside of it too. */
  default Step rewritten(UnaryOperator<PyExpr> change) {
    return moved(UnaryOperator.identity(), change);
  }

  /** The same with other variables and expressions, in the steps inside of it too. */
  default Step moved(
      UnaryOperator<References.Temporary> variables, UnaryOperator<PyExpr> expressions) {
    if (this instanceof Assign a) {
      PyExpr value = expressions.apply(a.value());
      return new Assign(a.targets().stream().map(variables).toList(), value);
    }
    if (this instanceof Do d) {
      return new Do(expressions.apply(d.value()));
    }
    if (this instanceof Branch b) {
      return new Branch(
          expressions.apply(b.condition()),
          moved(b.body(), variables, expressions),
          moved(b.otherwise(), variables, expressions));
    }
    if (this instanceof ForEach f) {
      PyExpr iterable = expressions.apply(f.iterable());
      return new ForEach(
          variables.apply(f.target()), iterable, moved(f.body(), variables, expressions));
    }
    return this instanceof While w
        ? new While(expressions.apply(w.condition()), moved(w.body(), variables, expressions))
        : this;
  }

  private static List<Step> moved(
      List<Step> steps,
      UnaryOperator<References.Temporary> variables,
      UnaryOperator<PyExpr> expressions) {
    return steps.stream().map(step -> step.moved(variables, expressions)).toList();
  }

  /** The same steps with other expressions. */
  static List<Step> rewritten(List<Step> steps, UnaryOperator<PyExpr> change) {
    return steps.stream().map(step -> step.rewritten(change)).toList();
  }

  /** Whether it is one step after the other, without a choice or a repetition. */
  static boolean isStraight(List<Step> steps) {
    return steps.stream().allMatch(step -> step.blocks().isEmpty());
  }
}
