// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * The arguments of a merged class's constructor: as few as explain all that differs. Numbers that
 * are equal, or multiples of each other, in all instances are one argument.
 */
final class ConstructorArguments {
  private final int instances;
  private final String listName;
  private final List<ConstructorArgument> arguments = new ArrayList<>();
  private final Map<Hole, PyExpr> solutions = new HashMap<>();
  private final Map<Set<Integer>, Switch> switches;

  private ConstructorArguments(int instances, String listName, Map<Set<Integer>, Switch> switches) {
    this.instances = instances;
    this.listName = listName;
    this.switches = switches;
  }

  /**
   * The arguments that a template needs.
   *
   * @param attributes names that the class cannot use for what it stores
   */
  static ConstructorArguments of(
      ClassTemplate template, CellSignatures signatures, Set<String> attributes) {
    Slots slots = Slots.of(template, signatures);
    ArgumentNames names = new ArgumentNames(attributes);
    Map<Set<Integer>, Switch> switches = new LinkedHashMap<>();
    ConstructorArguments solved =
        new ConstructorArguments(template.instances(), names.fresh("layers"), switches);
    solved.solve(slots.ofHoles(), template.columns());
    solved.completeEntry(slots.withLiterals());
    names.choose(solved.arguments, slots.withLiterals());
    solved.arguments.sort(Comparator.comparing(ConstructorArguments::place));
    switches.putAll(Switches.of(template, solved.arguments, names, attributes));
    return solved;
  }

  private void solve(Map<Hole, Slot> slots, Columns columns) {
    // Places that all instances have say more than those of optional parts.
    List<Hole> order = new ArrayList<>(slots.keySet());
    order.sort(Comparator.comparing(h -> columns.of(h).size() < instances));
    for (Hole hole : order) {
      Map<Integer, PyExpr> column = columns.of(hole);
      Slot slot = slots.get(hole);
      if (new HashSet<>(column.values()).size() == 1) {
        solutions.put(hole, column.values().iterator().next());
        continue;
      }
      solutions.put(hole, known(column, slot).orElseGet(() -> fresh(column, slot)));
    }
  }

  // What goes in, what is between, what comes out, then the rest.
  private static int place(ConstructorArgument argument) {
    if (!argument.countsChannels()) {
      return 3;
    }
    return argument.name().startsWith("in_") ? 0 : argument.name().startsWith("out_") ? 2 : 1;
  }

  // Where the first layer is optional, what it takes is what the next one takes without it.
  private void completeEntry(Collection<Slot> slots) {
    Optional<ConstructorArgument> first = taker(slots.stream());
    Optional<ConstructorArgument> always = taker(slots.stream().filter(Slot::isAlways));
    if (first.isPresent() && always.isPresent() && always.get().isComplete(instances)) {
      first.get().complete(always.get());
    }
  }

  private Optional<ConstructorArgument> taker(Stream<Slot> slots) {
    return slots
        .filter(s -> s.countsChannels() && s.isTaken() && !s.inConstruct())
        .findFirst()
        .flatMap(s -> arguments.stream().filter(a -> a.slots().contains(s)).findFirst());
  }

  private Optional<PyExpr> known(Map<Integer, PyExpr> column, Slot slot) {
    for (ConstructorArgument argument : arguments) {
      Optional<PyExpr> solution = argument.solve(column, slot);
      if (solution.isPresent()) {
        return solution;
      }
    }
    return Optional.empty();
  }

  private PyExpr fresh(Map<Integer, PyExpr> column, Slot slot) {
    ConstructorArgument argument = new ConstructorArgument(column, slot);
    arguments.add(argument);
    return new ConstructorArgument.Reading(argument, slot.inConstruct());
  }

  /** What stands at a hole: a literal, or an expression of arguments. */
  PyExpr at(Hole hole) {
    return named(solutions.get(hole));
  }

  private static PyExpr named(PyExpr e) {
    return e instanceof ConstructorArgument.Reading r
        ? r.named()
        : e.withParts(ConstructorArguments::named);
  }

  /** The switch of parts that are absent in those instances. */
  Switch switchOf(Set<Integer> absentIn) {
    return switches.get(absentIn);
  }

  /** A name for a list of layers that is not an argument's. */
  String listName() {
    return listName;
  }

  /** What the cell must keep for {@code construct}, by name. */
  Map<String, PyExpr> stored() {
    Map<String, PyExpr> stored = new LinkedHashMap<>();
    arguments.stream()
        .filter(ConstructorArgument::isStored)
        .forEach(a -> stored.put(a.name(), Py.name(a.name())));
    switches.values().stream()
        .filter(Switch::stored)
        .forEach(s -> stored.put(s.name(), s.condition()));
    return stored;
  }

  /** The parameters of {@code __init__}, those with a default last. */
  List<PyStmt.Parameter> parameters() {
    List<PyStmt.Parameter> required = new ArrayList<>();
    List<PyStmt.Parameter> optional = new ArrayList<>();
    for (ConstructorArgument argument : arguments) {
      Optional<PyExpr> usual = argument.usual(instances);
      (usual.isPresent() ? optional : required).add(parameter(argument.name(), usual));
    }
    switches.values().stream()
        .filter(Switch::isArgument)
        .forEach(s -> optional.add(parameter(s.name(), Optional.of(Py.bool(false)))));
    required.addAll(optional);
    return required;
  }

  private static PyStmt.Parameter parameter(String name, Optional<PyExpr> value) {
    return new PyStmt.Parameter(PyStmt.Parameter.Kind.PLAIN, name, value);
  }

  /** What an instance gives to the constructor. */
  List<PyExpr.Argument> given(int instance) {
    List<PyExpr.Argument> given = new ArrayList<>();
    List<PyExpr.Argument> named = new ArrayList<>();
    for (ConstructorArgument argument : arguments) {
      Optional<PyExpr> usual = argument.usual(instances);
      Optional<PyExpr> value = argument.value(instance).or(() -> usual);
      if (usual.isEmpty()) {
        given.add(PyExpr.Argument.of(value.orElseThrow()));
      } else if (!value.equals(usual)) {
        named.add(PyExpr.Argument.named(argument.name(), value.orElseThrow()));
      }
    }
    for (Switch s : switches.values()) {
      if (s.isArgument() && !s.absentIn().contains(instance)) {
        named.add(PyExpr.Argument.named(s.name(), Py.bool(true)));
      }
    }
    given.addAll(named);
    return given;
  }
}
