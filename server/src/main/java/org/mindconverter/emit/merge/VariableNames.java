// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.NameScope;
import org.mindconverter.python.PyExpr;

/**
 * Names the values of a template's {@code construct}: as its classes did wherever that name holds
 * no other value that is still read.
 */
final class VariableNames {
  private final ClassTemplate template;
  private final int[] lastRead;
  private final String[] names;
  private final Map<String, Integer> holder = new HashMap<>();
  private final NameScope scope = new NameScope();

  private VariableNames(ClassTemplate template) {
    this.template = template;
    this.lastRead = new int[template.names().size()];
    this.names = new String[template.names().size()];
    scope.reserve("self");
    template.names().forEach(scope::reserve);
  }

  static VariableNames of(ClassTemplate template) {
    VariableNames names = new VariableNames(template);
    names.findLastReads();
    for (int input = 0; input < template.inputs(); input++) {
      names.hold(template.names().get(input), input);
    }
    int at = 0;
    while (at < template.steps().size()) {
      int end = StepGroup.end(template, at);
      for (int i = at; i < end; i++) {
        names.name(i, at, end);
      }
      at = end;
    }
    return names;
  }

  String of(int value) {
    return names[value];
  }

  /** A name that nothing has. */
  String fresh(String wanted) {
    return scope.fresh(wanted);
  }

  /** Whether a value is read behind that step. */
  boolean isReadBehind(int value, int step) {
    return lastRead[value] > step;
  }

  private void findLastReads() {
    for (int i = 0; i < template.steps().size(); i++) {
      ClassTemplate.Step step = template.steps().get(i);
      reads(step.value(), i);
      int at = i;
      step.fallback().ifPresent(value -> lastRead[value] = Math.max(lastRead[value], at));
    }
    reads(template.result(), template.steps().size());
  }

  private void reads(PyExpr e, int step) {
    Parts.variables(e).forEach(value -> lastRead[value] = Math.max(lastRead[value], step));
  }

  private void name(int index, int start, int end) {
    ClassTemplate.Step step = template.steps().get(index);
    List<Integer> kept = new ArrayList<>();
    if (step.value() instanceof Loop loop) {
      loop.others().forEach(o -> kept.addAll(Parts.variables(o)));
    }
    for (int target : step.targets()) {
      String wanted = template.names().get(target);
      // What the group leaves behind gets its stand-in in front of the group.
      boolean early = step.fallback().isPresent() && isReadBehind(target, end - 1);
      OptionalInt fallback =
          early ? OptionalInt.of(StepGroup.outside(template, start, index)) : OptionalInt.empty();
      if (fallback.isPresent() && isLeftTo(fallback.getAsInt(), index)) {
        hold(names[fallback.getAsInt()], target); // `x = self.downsample(x)`
      } else {
        int behind = early ? start - 1 : index;
        Optional<String> name =
            Stream.of(wanted, calledMember(step.value()).orElse(wanted))
                .filter(n -> isFree(n, behind, index, fallback, kept))
                .findFirst();
        hold(name.orElseGet(() -> scope.fresh(wanted)), target);
      }
    }
  }

  // Nobody else reads it, nor has its name.
  private boolean isLeftTo(int value, int step) {
    return !isReadBehind(value, step) && holder.get(names[value]) == value;
  }

  private static Optional<String> calledMember(PyExpr value) {
    return Parts.calledAttribute(value).map(name -> Identifiers.mangle(name, "x"));
  }

  private boolean isFree(
      String name, int behind, int index, OptionalInt fallback, List<Integer> kept) {
    Integer held = holder.get(name);
    if (held == null) {
      return true;
    }
    if (fallback.equals(OptionalInt.of(held))) {
      return !isReadBehind(held, index);
    }
    return !isReadBehind(held, behind) && !kept.contains(held);
  }

  private void hold(String name, int value) {
    names[value] = name;
    holder.put(name, value);
  }
}
