// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.NameScope;

/** What a person would call the arguments of a layer's constructor. */
final class ArgumentNames {
  private final NameScope scope = new NameScope();
  private final Set<String> attributes;

  /**
   * Names beside those attributes.
   *
   * @param attributes of the class, which a stored argument must not take
   */
  ArgumentNames(Set<String> attributes) {
    this.attributes = attributes;
    scope.reserve("self");
    scope.reserve("nn");
    scope.reserve("ops");
    scope.reserve("ms");
    scope.reserve("range");
    scope.reserve("enumerate");
    scope.reserve("i"); // of comprehensions
    scope.reserve("Parameter");
  }

  /**
   * Names all.
   *
   * @param slots of the template, in the order of its code
   */
  void choose(List<ConstructorArgument> arguments, Collection<Slot> slots) {
    List<ConstructorArgument> channels =
        arguments.stream().filter(ConstructorArgument::countsChannels).toList();
    Optional<Slot> first = slots.stream().filter(s -> isInLayer(s) && s.isTaken()).findFirst();
    List<Slot> made =
        slots.stream().filter(s -> isInLayer(s) && s.isMade() && s.isAlways()).toList();
    Optional<Slot> last =
        made.isEmpty() ? Optional.empty() : Optional.of(made.get(made.size() - 1));
    List<ConstructorArgument> between = new ArrayList<>();
    for (ConstructorArgument argument : channels) {
      String unit = argument.slots().stream().anyMatch(Slot::dense) ? "features" : "channels";
      boolean in = first.filter(s -> argument.slots().contains(s)).isPresent();
      boolean out = last.filter(s -> argument.slots().contains(s)).isPresent();
      if (in || out) {
        name(argument, in && out ? unit : (in ? "in_" : "out_") + unit);
      } else {
        between.add(argument);
      }
    }
    long always = between.stream().filter(ArgumentNames::isAlways).count();
    between.forEach(
        a -> nameBetween(a, between.size() == 1 || (always == 1 && isAlways(a)), channels.size()));
    arguments.stream().filter(a -> !a.countsChannels()).forEach(this::nameOther);
  }

  private static boolean isInLayer(Slot slot) {
    return slot.countsChannels() && !slot.inConstruct();
  }

  private static boolean isAlways(ConstructorArgument argument) {
    return argument.slots().stream().anyMatch(Slot::isAlways);
  }

  private void nameBetween(ConstructorArgument argument, boolean sole, int all) {
    Slot slot = argument.slots().get(0);
    String unit = argument.slots().stream().anyMatch(Slot::dense) ? "features" : "channels";
    if (argument.slots().stream().allMatch(Slot::inConstruct)) {
      name(argument, slot.name());
    } else if (sole) {
      name(argument, all == 1 ? unit : "mid_" + unit);
    } else {
      name(argument, slot.attribute() + "_" + unit);
    }
  }

  private void nameOther(ConstructorArgument argument) {
    Slot slot = argument.slots().get(0);
    boolean taken = scope.contains(slot.name());
    name(argument, taken ? slot.attribute() + "_" + slot.name() : slot.name());
  }

  private void name(ConstructorArgument argument, String wanted) {
    String plain = Identifiers.mangle(wanted, "value");
    String name = scope.fresh(plain);
    while (argument.isStored() && attributes.contains(name)) {
      name = scope.fresh(plain);
    }
    argument.call(name);
  }

  /** A new name of that kind for a switch. */
  String fresh(String wanted) {
    return scope.fresh(Identifiers.mangle(wanted, "value"));
  }
}
