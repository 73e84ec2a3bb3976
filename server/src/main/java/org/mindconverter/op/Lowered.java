// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.mindconverter.python.ExpressionText;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * A node as MindSpore says it: intermediate steps in order, then one expression per output.
 *
 * @param results may hold {@link References}; as many as the node's outputs, or fewer when the rest
 *     is not wanted
 */
public record Lowered(List<Step> steps, List<PyExpr> results) {
  /** Copies. */
  public Lowered {
    steps = List.copyOf(steps);
    results = List.copyOf(results);
  }

  /** One result, without steps. */
  public static Lowered of(PyExpr result) {
    return new Lowered(List.of(), List.of(result));
  }

  /** What reports call it: the cell's or function's name, else the operator's sign. */
  public String describe() {
    PyExpr main = results.isEmpty() ? Py.none() : results.get(0);
    for (Step step : steps) {
      for (PyExpr value : step.expressions()) {
        main = value instanceof References.CellCall ? value : main;
      }
    }
    return Step.isStraight(steps) ? describe(main) : "code";
  }

  private static String describe(PyExpr e) {
    if (e instanceof References.CellCall c) {
      return c.cell().type();
    }
    if (e instanceof PyExpr.Call c) {
      return describeCallee(c.callee());
    }
    if (e instanceof PyExpr.Index i) {
      return describe(i.target());
    }
    return ExpressionText.sign(e);
  }

  private static String describeCallee(PyExpr callee) {
    if (callee instanceof PyExpr.Member m) {
      return m.target() instanceof PyExpr.Name n && n.id().matches("ops|nn|ms|mint")
          ? n.id() + "." + m.name()
          : "Tensor." + m.name();
    }
    return callee instanceof PyExpr.Call inner ? describeCallee(inner.callee()) : "code";
  }

  /** Collects steps. */
  public static final class Steps {
    private final List<Step> steps = new ArrayList<>();
    private final AtomicInteger temporaries;

    /** No steps yet. */
    public Steps() {
      this(new AtomicInteger());
    }

    private Steps(AtomicInteger temporaries) {
      this.temporaries = temporaries;
    }

    /** The steps of a block inside of these. */
    public Steps block() {
      return new Steps(temporaries);
    }

    /** The steps so far. */
    public List<Step> list() {
      return List.copyOf(steps);
    }

    /**
     * Adds a statement.
     *
     * @param hint what to call its variable
     * @return the variable
     */
    public PyExpr add(String hint, PyExpr value) {
      return unpack(hint, value, 1).get(0);
    }

    /**
     * Adds a statement unless the value has a name already, which may stand anywhere as often as
     * wanted.
     *
     * @return the variable, or the value itself
     */
    public PyExpr named(String hint, PyExpr value) {
      boolean hasName =
          value instanceof References.ValueRef
              || value instanceof References.ConstRef
              || value instanceof References.Temporary;
      return hasName ? value : add(hint, value);
    }

    /**
     * Adds a statement that takes a tuple apart.
     *
     * @param count how many elements the tuple has
     * @return a variable for each
     */
    public List<PyExpr> unpack(String hint, PyExpr value, int count) {
      List<References.Temporary> targets = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        targets.add(variable(hint));
      }
      steps.add(new Step.Assign(targets, value));
      return List.copyOf(targets);
    }

    /** A variable that {@link #assign} gives its values. */
    public References.Temporary variable(String hint) {
      return new References.Temporary(hint, temporaries.getAndIncrement());
    }

    /** Adds a statement that gives a variable a value. */
    public void assign(References.Temporary target, PyExpr value) {
      steps.add(new Step.Assign(List.of(target), value));
    }

    /** Adds any statement. */
    public void add(Step step) {
      steps.add(step);
    }

    /** The steps, and one result. */
    public Lowered result(PyExpr result) {
      return results(List.of(result));
    }

    /** The steps, and results. */
    public Lowered results(List<PyExpr> results) {
      return new Lowered(steps, results);
    }
  }
}
