// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
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
      if (step.value() instanceof References.CellCall) {
        main = step.value();
      }
    }
    return describe(main);
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

  /** A statement before the results: {@code target = value}, or {@code a, b = value}. */
  public record Step(List<References.Temporary> targets, PyExpr value) {
    /** Copies. */
    public Step {
      targets = List.copyOf(targets);
    }
  }

  /** Collects steps. */
  public static final class Steps {
    private final List<Step> steps = new ArrayList<>();
    private int temporaries;

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
        targets.add(new References.Temporary(hint, temporaries++));
      }
      steps.add(new Step(targets, value));
      return List.copyOf(targets);
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
