// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.mindconverter.python.PyExpr;

/**
 * Lays the work of one more instance over a template's. Either may lack steps whose value has
 * something to stand for it: an optional child, a residual sum.
 */
final class StepOverlay {
  private static final int MOST_ABSENCES = 4;
  private static final int MOST_ATTEMPTS = 2000;

  private final ExpressionOverlay expressions;
  private final ClassTemplate template;
  private final ClassBody here;
  private final List<String> names;
  private final List<ClassTemplate.Step> done = new ArrayList<>();
  private int absences;
  private int attempts;

  StepOverlay(ExpressionOverlay expressions, ClassTemplate template, ClassBody here) {
    this.expressions = expressions;
    this.template = template;
    this.here = here;
    this.names = new ArrayList<>(template.names());
  }

  /** The steps that are right for both, once {@link #run} is through. */
  List<ClassTemplate.Step> steps() {
    return done;
  }

  /** What the values are called. */
  List<String> names() {
    return names;
  }

  /** The common result. */
  PyExpr run() {
    for (int input = 0; input < here.inputs(); input++) {
      expressions.state().values().bind(input, input);
    }
    if (!run(0, 0)) {
      throw new MismatchException();
    }
    return expressions.over(template.result(), here.result());
  }

  private boolean run(int i, int j) {
    if (attempts++ > MOST_ATTEMPTS) {
      return false;
    }
    boolean more = i < template.steps().size();
    boolean moreHere = j < here.steps().size();
    if (!more && !moreHere) {
      return attempt(() -> expressions.over(template.result(), here.result()), () -> true);
    }
    if (more
        && moreHere
        && attempt(
            () -> match(template.steps().get(i), here.steps().get(j)), () -> run(i + 1, j + 1))) {
      return true;
    }
    return (more && runWithout(i, j)) || (moreHere && runWithNew(i, j));
  }

  private boolean attempt(Runnable step, BooleanSupplier rest) {
    ExpressionOverlay.State before = expressions.state().copy();
    int steps = done.size();
    int named = names.size();
    int absent = absences;
    try {
      step.run();
      if (rest.getAsBoolean()) {
        return true;
      }
    } catch (MismatchException e) {
      // Another way may lead on.
    }
    expressions.restore(before);
    done.subList(steps, done.size()).clear();
    names.subList(named, names.size()).clear();
    absences = absent;
    return false;
  }

  private void match(ClassTemplate.Step step, ClassBody.Step own) {
    if (step.targets().size() != own.targets().size()) {
      throw new MismatchException();
    }
    PyExpr value = expressions.over(step.value(), own.value(), step.absentIn());
    for (int k = 0; k < own.targets().size(); k++) {
      expressions.state().values().bind(own.targets().get(k), step.targets().get(k));
    }
    done.add(new ClassTemplate.Step(step.targets(), value, step.absentIn(), step.fallback()));
  }

  private boolean runWithout(int i, int j) {
    ClassTemplate.Step step = template.steps().get(i);
    if (!isOptional(step.targets(), step.value()) || absences == MOST_ABSENCES) {
      return false;
    }
    List<Integer> candidates =
        step.fallback().isPresent() ? List.of(step.fallback().getAsInt()) : valuesIn(step.value());
    for (int fallback : candidates) {
      if (attempt(() -> leaveOut(step, fallback), () -> run(i + 1, j))) {
        return true;
      }
    }
    return false;
  }

  private void leaveOut(ClassTemplate.Step step, int fallback) {
    absences++;
    expressions.state().values().skip(step.targets().get(0), fallback);
    Set<Integer> absent = expressions.andThis(step.absentIn());
    done.add(
        new ClassTemplate.Step(step.targets(), step.value(), absent, OptionalInt.of(fallback)));
  }

  private boolean runWithNew(int i, int j) {
    ClassBody.Step own = here.steps().get(j);
    if (!isOptional(own.targets(), own.value()) || absences == MOST_ABSENCES) {
      return false;
    }
    for (int candidate : valuesIn(own.value())) {
      if (attempt(() -> insert(own, candidate), () -> run(i, j + 1))) {
        return true;
      }
    }
    return false;
  }

  private void insert(ClassBody.Step own, int candidate) {
    absences++;
    PyExpr value = expressions.translated(own.value());
    int fallback = expressions.state().values().of(candidate);
    int target = names.size();
    names.add(here.names().get(own.targets().get(0)));
    expressions.state().values().add(own.targets().get(0), target, fallback);
    Set<Integer> earlier = expressions.earlier();
    done.add(new ClassTemplate.Step(List.of(target), value, earlier, OptionalInt.of(fallback)));
  }

  /** Whether a person would make it optional: a child's work, a residual sum, a scale. */
  private static boolean isOptional(List<Integer> targets, PyExpr value) {
    PyExpr work = Parts.unmarked(value);
    boolean child = Parts.calledAttribute(work).isPresent();
    boolean sum =
        work instanceof PyExpr.Binary b
            && (b.operator() == PyExpr.Operator.PLUS || b.operator() == PyExpr.Operator.TIMES);
    return targets.size() == 1 && (child || sum);
  }

  private static List<Integer> valuesIn(PyExpr e) {
    return Parts.variables(e).stream().distinct().toList();
  }
}
