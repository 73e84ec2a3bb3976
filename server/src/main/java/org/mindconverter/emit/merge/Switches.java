// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Finds which optional parts come and go together, and names a switch for each such set. */
final class Switches {
  private final ClassTemplate template;
  private final Map<Set<Integer>, String> wanted = new LinkedHashMap<>();
  private final Set<Set<Integer>> read = new HashSet<>();

  private Switches(ClassTemplate template) {
    this.template = template;
  }

  static Map<Set<Integer>, Switch> of(
      ClassTemplate template,
      List<ConstructorArgument> arguments,
      ArgumentNames names,
      Set<String> attributes) {
    Switches switches = new Switches(template);
    switches.collect();
    Map<Set<Integer>, Switch> found = new LinkedHashMap<>();
    switches.wanted.forEach(
        (absentIn, wanted) -> {
          boolean stored = switches.read.contains(absentIn);
          Optional<PyExpr> told = switches.toldByArguments(absentIn, arguments);
          String name = told.isPresent() && !stored ? wanted : names.fresh(wanted);
          while (stored && attributes.contains(name)) {
            name = names.fresh(wanted);
          }
          PyExpr condition = told.orElse(Py.name(name));
          found.put(absentIn, new Switch(name, condition, told.isEmpty(), absentIn, stored));
        });
    return found;
  }

  private Optional<PyExpr> toldByArguments(
      Set<Integer> absentIn, List<ConstructorArgument> arguments) {
    for (ConstructorArgument argument : arguments) {
      if (argument.isNoneWhereUnused(template.instances())
          && argument.instances().equals(present(absentIn))) {
        return Optional.of(Py.binary(Py.name(argument.name()), PyExpr.Operator.IS_NOT, Py.none()));
      }
    }
    List<ConstructorArgument> channels =
        arguments.stream()
            .filter(a -> a.countsChannels() && a.isComplete(template.instances()))
            .toList();
    for (ConstructorArgument a : channels) {
      for (ConstructorArgument b : channels.subList(channels.indexOf(a) + 1, channels.size())) {
        Set<Integer> equal = a.equalIn(b);
        boolean different = equal.equals(absentIn);
        if (different || equal.equals(present(absentIn))) {
          PyExpr.Operator operator = different ? PyExpr.Operator.NOT_EQUAL : PyExpr.Operator.EQUAL;
          return Optional.of(Py.binary(Py.name(a.name()), operator, Py.name(b.name())));
        }
      }
    }
    return Optional.empty();
  }

  private Set<Integer> present(Set<Integer> absentIn) {
    Set<Integer> present = new HashSet<>();
    for (int i = 0; i < template.instances(); i++) {
      if (!absentIn.contains(i)) {
        present.add(i);
      }
    }
    return present;
  }

  private void collect() {
    for (ClassTemplate.Member member : template.members()) {
      note(member.absentIn(), member.attribute());
      Parts.walk(
          member.value(),
          part -> {
            if (part instanceof Sometimes s) {
              note(s.absentIn(), nameOfMember(s.inner(), member.attribute()));
            }
          });
    }
    for (ClassTemplate.Step step : template.steps()) {
      note(step.absentIn(), nameOfStep(step));
      if (!step.absentIn().isEmpty() && optionalMember(template, step.absentIn()).isEmpty()) {
        read.add(step.absentIn());
      }
    }
  }

  private void note(Set<Integer> absentIn, String name) {
    if (!absentIn.isEmpty()) {
      wanted.putIfAbsent(absentIn, name);
    }
  }

  private static String nameOfMember(PyExpr inner, String attribute) {
    PyExpr callee =
        Parts.unmarked(inner) instanceof PyExpr.Call call ? call.callee() : Py.name("self");
    boolean ours = callee instanceof PyExpr.Name n && !n.id().equals("self");
    return ours ? Identifiers.snakeCase(((PyExpr.Name) callee).id()) : attribute + "_part";
  }

  private static String nameOfStep(ClassTemplate.Step step) {
    PyExpr value = Parts.unmarked(step.value());
    if (value instanceof PyExpr.Binary b && b.operator() == PyExpr.Operator.PLUS) {
      return "residual";
    }
    if (value instanceof PyExpr.Call call && call.callee() instanceof PyExpr.Member m) {
      return m.name();
    }
    return "optional";
  }

  /** The member whose being there tells that the parts are; the one that is a cell of its own. */
  static Optional<String> optionalMember(ClassTemplate template, Set<Integer> absentIn) {
    return template.members().stream()
        .filter(m -> m.absentIn().equals(absentIn))
        .filter(m -> Parts.unmarked(m.value()) instanceof PyExpr.Call)
        .map(ClassTemplate.Member::attribute)
        .findFirst();
  }
}
