// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.mindconverter.op.References;
import org.mindconverter.op.Step;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/** Writes the steps of one node as statements, block by block. */
final class StepWriter {
  private final Temporaries temporaries;
  private final UnaryOperator<PyExpr> resolve;
  private final Names names;
  private final UnaryOperator<PyExpr> mark;
  private int next;

  /**
   * A writer for the steps of one node.
   *
   * @param resolve gives an expression its names
   * @param names decides on the variable of what a step makes
   * @param mark marks the expression that stands for the node
   */
  StepWriter(
      Temporaries temporaries,
      UnaryOperator<PyExpr> resolve,
      Names names,
      UnaryOperator<PyExpr> mark) {
    this.temporaries = temporaries;
    this.resolve = resolve;
    this.names = names;
    this.mark = mark;
  }

  /** Decides on a variable. */
  @FunctionalInterface
  interface Names {
    /** The variable of what the step at that place makes first. */
    String of(References.Temporary temporary, int step);
  }

  /** The statements of these steps. */
  List<PyStmt> write(List<Step> steps) {
    List<PyStmt> statements = new ArrayList<>();
    for (Step step : steps) {
      PyStmt statement = write(step);
      if (!isIdle(statement)) {
        statements.add(statement);
      }
    }
    return statements;
  }

  private PyStmt write(Step step) {
    int place = next++;
    if (step instanceof Step.Assign assign) {
      PyExpr value = written(assign.value(), place);
      List<PyExpr> targets = assign.targets().stream().map(t -> target(t, place)).toList();
      return new PyStmt.Assign(targets, value);
    }
    if (step instanceof Step.Do effect) {
      return new PyStmt.Do(written(effect.value(), place));
    }
    if (step instanceof Step.Branch branch) {
      PyExpr condition = written(branch.condition(), place);
      List<PyStmt> body = write(branch.body());
      return new PyStmt.If(condition, body, write(branch.otherwise()));
    }
    if (step instanceof Step.ForEach each) {
      PyExpr iterable = written(each.iterable(), place);
      if (temporaries.reads(each.target()) == 0) {
        temporaries.keep(each.target(), Temporaries.UNREAD);
      }
      PyExpr target = target(each.target(), place);
      return new PyStmt.For(target, iterable, write(each.body()));
    }
    if (step instanceof Step.While loop) {
      return new PyStmt.While(written(loop.condition(), place), write(loop.body()));
    }
    return new PyStmt.Break();
  }

  private PyExpr written(PyExpr e, int place) {
    PyExpr resolved = resolve.apply(e);
    return place == 0 ? mark.apply(resolved) : resolved;
  }

  private PyExpr target(References.Temporary temporary, int place) {
    if (!temporaries.isKept(temporary)) {
      temporaries.keep(temporary, names.of(temporary, place));
    }
    return temporaries.of(temporary);
  }

  // A variable may already hold what it is to hold.
  private static boolean isIdle(PyStmt statement) {
    return statement instanceof PyStmt.Assign a
        && a.targets().size() == 1
        && a.targets().get(0).equals(a.value());
  }
}
