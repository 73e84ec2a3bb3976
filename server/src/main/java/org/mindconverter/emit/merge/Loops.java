// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Finds calls of all cells of a list, one after the other. */
final class Loops {
  private static final PyExpr SELF = Py.name("self");

  private final ClassBody body;
  private final Map<String, Long> lengths = new HashMap<>();
  private final int[] reads;

  private Loops(ClassBody body) {
    this.body = body;
    this.reads = new int[body.names().size()];
    body.members().forEach(m -> length(m.value()).ifPresent(n -> lengths.put(m.attribute(), n)));
    body.steps().forEach(s -> count(s.value()));
    count(body.result());
  }

  /** The same class with those calls as {@link Loop}s. */
  static ClassBody in(ClassBody body) {
    return new Loops(body).found();
  }

  private void count(PyExpr e) {
    Parts.variables(e).forEach(value -> reads[value]++);
  }

  private static Optional<Long> length(PyExpr value) {
    return Containers.listMembers(value)
        .map(
            members ->
                members.stream()
                    .mapToLong(m -> Run.of(m).map(r -> ((PyExpr.Int) r.count()).value()).orElse(1L))
                    .sum());
  }

  private ClassBody found() {
    List<ClassBody.Step> steps = new ArrayList<>();
    for (int at = 0; at < body.steps().size(); ) {
      int length = lengthOfLoop(at);
      steps.add(length == 0 ? body.steps().get(at) : loop(at, length));
      at += Math.max(length, 1);
    }
    return new ClassBody(
        body.members(),
        body.setUp(),
        body.inputs(),
        body.variadic(),
        steps,
        body.result(),
        body.names());
  }

  private int lengthOfLoop(int start) {
    Optional<MemberCall> first = memberCall(body.steps().get(start));
    if (first.isEmpty() || first.get().index != 0) {
      return 0;
    }
    long length = lengths.getOrDefault(first.get().list, 0L);
    if (length < 2 || start + length > body.steps().size()) {
      return 0;
    }
    for (int i = 1; i < length; i++) {
      int before = body.steps().get(start + i - 1).targets().get(0);
      MemberCall wanted =
          new MemberCall(first.get().list, i, new Variable(before), first.get().others);
      Optional<MemberCall> next = memberCall(body.steps().get(start + i));
      if (reads[before] != 1 || !next.equals(Optional.of(wanted))) {
        return 0;
      }
    }
    return (int) length;
  }

  private ClassBody.Step loop(int start, int length) {
    MemberCall first = memberCall(body.steps().get(start)).orElseThrow();
    Loop loop = new Loop(new PyExpr.Member(SELF, first.list), first.argument, first.others);
    return new ClassBody.Step(body.steps().get(start + length - 1).targets(), loop);
  }

  private static Optional<MemberCall> memberCall(ClassBody.Step step) {
    if (step.targets().size() != 1
        || !(step.value() instanceof PyExpr.Call call)
        || !(call.callee() instanceof PyExpr.Index index)
        || Parts.ownAttribute(index.target()).isEmpty()
        || !(index.subscripts().get(0) instanceof PyExpr.Int number)
        || call.arguments().isEmpty()
        || !(call.arguments().get(0).value() instanceof Variable)) {
      return Optional.empty();
    }
    List<PyExpr> arguments = call.arguments().stream().map(PyExpr.Argument::value).toList();
    return Optional.of(
        new MemberCall(
            Parts.ownAttribute(index.target()).get(),
            number.value(),
            arguments.get(0),
            arguments.subList(1, arguments.size())));
  }

  /** {@code self.list[index](argument, *others)}. */
  private record MemberCall(String list, long index, PyExpr argument, List<PyExpr> others) {}
}
