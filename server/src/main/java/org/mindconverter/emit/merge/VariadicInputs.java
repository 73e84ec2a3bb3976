// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Finds classes of one name that begin by joining all that they take, each another number of
 * tensors: {@code construct(self, *inputs)} serves them all, and one that takes a single tensor,
 * which has nothing to join, as well.
 */
final class VariadicInputs {
  private static final PyExpr JOIN = Py.name("ops.cat");

  private VariadicInputs() {}

  /** The bodies, those that can with {@code *inputs}, in the same order. */
  static List<ClassBody> in(List<ClassBody> bodies) {
    Set<PyExpr> axes = new HashSet<>();
    Set<Integer> numbers = new HashSet<>();
    for (ClassBody body : bodies) {
      joinedAxis(body).ifPresent(axes::add);
      joinedAxis(body).ifPresent(axis -> numbers.add(body.inputs()));
    }
    if (axes.size() != 1 || numbers.size() < 2) {
      return bodies;
    }
    PyExpr axis = axes.iterator().next();
    return bodies.stream()
        .map(body -> joinedAxis(body).isPresent() ? joined(body) : single(body, axis))
        .toList();
  }

  /** The axis along which the first step joins all inputs, which nothing else reads. */
  private static Optional<PyExpr> joinedAxis(ClassBody body) {
    if (body.inputs() < 2
        || body.steps().isEmpty()
        || !(Parts.unmarked(body.steps().get(0).value()) instanceof PyExpr.Call call)
        || !call.callee().equals(JOIN)
        || call.arguments().size() != 2
        || !call.arguments().get(0).value().equals(all(body.inputs()))) {
      return Optional.empty();
    }
    Set<Integer> readLater = new HashSet<>();
    body.steps().stream().skip(1).forEach(s -> addInputs(s.value(), body.inputs(), readLater));
    addInputs(body.result(), body.inputs(), readLater);
    return readLater.isEmpty() ? Optional.of(call.arguments().get(1).value()) : Optional.empty();
  }

  private static PyExpr all(int inputs) {
    List<PyExpr> variables = new ArrayList<>();
    for (int i = 0; i < inputs; i++) {
      variables.add(new Variable(i));
    }
    return Py.tuple(variables);
  }

  private static void addInputs(PyExpr e, int inputs, Set<Integer> found) {
    Parts.variables(e).stream().filter(value -> value < inputs).forEach(found::add);
  }

  // The inputs become one value: all others move up by what falls away.
  private static ClassBody joined(ClassBody body) {
    int less = body.inputs() - 1;
    List<ClassBody.Step> steps = new ArrayList<>();
    PyExpr axis = joinedAxis(body).orElseThrow();
    PyExpr first = body.steps().get(0).value();
    PyExpr join = Py.call(JOIN, new Variable(0), axis);
    PyExpr marked = first instanceof PyExpr.Marked m ? new PyExpr.Marked(m.mark(), join) : join;
    steps.add(new ClassBody.Step(moved(body.steps().get(0).targets(), less), marked));
    for (ClassBody.Step step : body.steps().subList(1, body.steps().size())) {
      steps.add(new ClassBody.Step(moved(step.targets(), less), moved(step.value(), less)));
    }
    List<String> names = new ArrayList<>(List.of("inputs"));
    names.addAll(body.names().subList(body.inputs(), body.names().size()));
    return variadic(body, steps, moved(body.result(), less), names);
  }

  private static ClassBody single(ClassBody body, PyExpr axis) {
    if (body.inputs() != 1) {
      return body;
    }
    // What read the input reads the joined value, which is the next number.
    List<ClassBody.Step> steps = new ArrayList<>();
    steps.add(new ClassBody.Step(List.of(1), Py.call(JOIN, new Variable(0), axis)));
    for (ClassBody.Step step : body.steps()) {
      steps.add(new ClassBody.Step(moved(step.targets(), -1), moved(step.value(), -1)));
    }
    List<String> names = new ArrayList<>(List.of("inputs", "x"));
    names.addAll(body.names().subList(1, body.names().size()));
    return variadic(body, steps, moved(body.result(), -1), names);
  }

  private static ClassBody variadic(
      ClassBody body, List<ClassBody.Step> steps, PyExpr result, List<String> names) {
    return new ClassBody(body.members(), body.setUp(), 1, true, steps, result, List.copyOf(names));
  }

  private static List<Integer> moved(List<Integer> values, int less) {
    return values.stream().map(v -> v - less).toList();
  }

  private static PyExpr moved(PyExpr e, int less) {
    return e instanceof Variable v
        ? new Variable(v.id() - less)
        : Parts.changed(e, part -> moved(part, less));
  }
}
