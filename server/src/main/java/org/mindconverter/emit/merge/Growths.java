// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Finds numbered cells that are called one after the other, each on all that is there so far, as in
 * a DenseNet: {@code a = self.layer1(x)}, {@code b = self.layer2(x, a)}, and later only all of
 * {@code (x, a, b)}.
 */
final class Growths {
  private static final String GROWN = "features";

  private final ClassBody body;
  private final Set<String> reserved;

  private Growths(ClassBody body, Set<String> reserved) {
    this.body = body;
    this.reserved = reserved;
  }

  /**
   * The same class with the first of those calls as a {@link Growth}.
   *
   * @param reserved attributes that no class may have
   */
  static ClassBody in(ClassBody body, Set<String> reserved) {
    return new Growths(body, reserved).found();
  }

  private ClassBody found() {
    for (int at = 0; at < body.steps().size(); ) {
      List<PyExpr.Call> calls = callsFrom(at);
      Optional<ClassBody> grown = calls.size() < 2 ? Optional.empty() : with(at, calls);
      if (grown.isPresent()) {
        return grown.get();
      }
      at += Math.max(calls.size(), 1);
    }
    return body;
  }

  /** The calls in a row of which each takes what the one before takes, and what that makes. */
  private List<PyExpr.Call> callsFrom(int start) {
    List<PyExpr.Call> calls = new ArrayList<>();
    for (int at = start; at < body.steps().size(); at++) {
      Optional<PyExpr.Call> call = callOfOne(body.steps().get(at));
      if (call.isEmpty() || (at > start && !arguments(call.get()).equals(grown(at - 1, calls)))) {
        break;
      }
      calls.add(call.get());
    }
    return calls;
  }

  /** All that is there behind the last of the calls, which is a step's. */
  private List<PyExpr> grown(int step, List<PyExpr.Call> calls) {
    List<PyExpr> grown = new ArrayList<>(arguments(calls.get(calls.size() - 1)));
    grown.add(new Variable(body.steps().get(step).targets().get(0)));
    return grown;
  }

  private static Optional<PyExpr.Call> callOfOne(ClassBody.Step step) {
    return step.targets().size() == 1
            && step.value() instanceof PyExpr.Call call
            && Parts.ownAttribute(call.callee()).isPresent()
            && !call.arguments().isEmpty()
            && call.arguments().stream().allMatch(a -> a.value() instanceof Variable)
        ? Optional.of(call)
        : Optional.empty();
  }

  private static List<PyExpr> arguments(PyExpr.Call call) {
    return call.arguments().stream().map(PyExpr.Argument::value).toList();
  }

  private Optional<ClassBody> with(int start, List<PyExpr.Call> calls) {
    int end = start + calls.size();
    List<PyExpr> grown = grown(end - 1, calls);
    Variable whole = (Variable) grown.get(grown.size() - 1);
    Set<Integer> read = new TreeSet<>();
    List<ClassBody.Step> later = new ArrayList<>();
    for (ClassBody.Step step : body.steps().subList(end, body.steps().size())) {
      later.add(new ClassBody.Step(step.targets(), reading(step.value(), grown, whole, read)));
    }
    PyExpr result = reading(body.result(), grown, whole, read);
    boolean alone =
        body.steps().subList(start, end).stream().anyMatch(s -> read.contains(s.targets().get(0)));
    if (alone) {
      return Optional.empty(); // somebody takes what one of them makes, and no more
    }
    List<String> called =
        calls.stream().map(c -> Parts.ownAttribute(c.callee()).orElseThrow()).toList();
    return NumberedMembers.of(body, called, reserved)
        .map(
            members -> {
              Growth growth = new Growth(members.list(), arguments(calls.get(0)));
              List<ClassBody.Step> steps = new ArrayList<>(body.steps().subList(0, start));
              steps.add(new ClassBody.Step(List.of(whole.id()), growth));
              steps.addAll(later);
              return around(members, steps, result, whole);
            });
  }

  private ClassBody around(
      NumberedMembers members, List<ClassBody.Step> steps, PyExpr result, Variable whole) {
    List<String> names = new ArrayList<>(body.names());
    names.set(whole.id(), GROWN);
    return new ClassBody(
        members.members(), members.setUp(), body.inputs(), body.variadic(), steps, result, names);
  }

  /** With the tuple of all as one value; notes what is read besides. */
  private static PyExpr reading(PyExpr e, List<PyExpr> grown, Variable whole, Set<Integer> read) {
    if (e.equals(Py.tuple(grown))) {
      return whole;
    }
    if (e instanceof Variable v) {
      read.add(v.id());
    }
    return Parts.changed(e, part -> reading(part, grown, whole, read));
  }
}
