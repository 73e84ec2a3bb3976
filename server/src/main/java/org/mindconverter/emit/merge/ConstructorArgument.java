// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** One argument of a merged class's constructor: a value for each instance, and what it is for. */
final class ConstructorArgument {
  private final Map<Integer, PyExpr> values;
  private final List<Slot> slots = new ArrayList<>();
  private boolean stored;
  private String name = "";

  ConstructorArgument(Map<Integer, PyExpr> values, Slot first) {
    this.values = new TreeMap<>(values);
    use(first);
  }

  /** Takes it as it is for one more place. */
  void use(Slot slot) {
    slots.add(slot);
    compute(slot);
  }

  /** Takes it for one more place, in an expression or as it is. */
  void compute(Slot slot) {
    stored |= slot.inConstruct();
  }

  /** Gives instances that do not need a value those of another argument. */
  void complete(ConstructorArgument other) {
    other.values.forEach(values::putIfAbsent);
  }

  /** Whether {@code construct} reads it, so that the cell must keep it. */
  boolean isStored() {
    return stored;
  }

  List<Slot> slots() {
    return slots;
  }

  String name() {
    return name;
  }

  void call(String chosen) {
    name = chosen;
  }

  boolean countsChannels() {
    return slots.get(0).countsChannels();
  }

  Optional<PyExpr> value(int instance) {
    return Optional.ofNullable(values.get(instance));
  }

  /** The instances that need a value. */
  Set<Integer> instances() {
    return values.keySet();
  }

  /** The instances in which another argument has the same value. */
  Set<Integer> equalIn(ConstructorArgument other) {
    Set<Integer> equal = new HashSet<>(values.keySet());
    equal.removeIf(i -> !values.get(i).equals(other.values.get(i)));
    return equal;
  }

  /** Whether every one of so many instances has a value. */
  boolean isComplete(int instances) {
    return values.size() == instances;
  }

  /**
   * What the argument is where a constructor's call leaves it out: what its kind usually is, or
   * {@code None} where not all of so many instances have a use for it.
   */
  Optional<PyExpr> usual(int instances) {
    Optional<PyExpr> usual =
        CellSignatures.usual(slots.get(0).name()).filter(values::containsValue);
    return usual.isEmpty() && !isComplete(instances) ? Optional.of(Py.none()) : usual;
  }

  /** Whether it is {@code None} in just those of so many instances that have no use for it. */
  boolean isNoneWhereUnused(int instances) {
    return usual(instances).equals(Optional.of(Py.none())) && !values.containsValue(Py.none());
  }

  /** What must stand at a place with these literals, in terms of this argument, which is used. */
  Optional<PyExpr> solve(Map<Integer, PyExpr> column, Slot slot) {
    if (!values.keySet().containsAll(column.keySet())) {
      return Optional.empty();
    }
    boolean related = slot.countsChannels() && countsChannels();
    boolean sameName = slots.stream().anyMatch(s -> s.name().equals(slot.name()));
    if (sameName || related || (isGroups(slot) && countsChannels())) {
      boolean equal =
          column.entrySet().stream().allMatch(e -> e.getValue().equals(values.get(e.getKey())));
      if (equal) {
        use(slot);
        return Optional.of(read(slot));
      }
    }
    boolean padding = slot.name().equals("padding") && slots.get(0).name().equals("kernel_size");
    Optional<PyExpr> computed =
        related ? multiple(column, slot) : padding ? half(column, slot) : Optional.empty();
    computed.ifPresent(e -> compute(slot));
    return computed;
  }

  // As cells call them, and as functions do.
  private static boolean isGroups(Slot slot) {
    return slot.name().equals("group") || slot.name().equals("groups");
  }

  private PyExpr read(Slot slot) {
    return new Reading(this, slot.inConstruct());
  }

  private Optional<PyExpr> multiple(Map<Integer, PyExpr> column, Slot slot) {
    // One pair of numbers is a multiple by chance.
    if (new HashSet<>(column.values()).size() < 2) {
      return Optional.empty();
    }
    Optional<Long> times = factor(column, values);
    if (times.isPresent()) {
      return Optional.of(Py.times(read(slot), Py.num(times.get())));
    }
    return factor(values, column)
        .map(k -> Py.binary(read(slot), PyExpr.Operator.FLOOR_DIVIDE, Py.num(k)));
  }

  /** The number by which all of one side are more than the other's, where both have one. */
  private static Optional<Long> factor(Map<Integer, PyExpr> larger, Map<Integer, PyExpr> smaller) {
    long common = 0;
    for (int instance : larger.keySet()) {
      if (!smaller.containsKey(instance)) {
        continue;
      }
      if (!(larger.get(instance) instanceof PyExpr.Int l)
          || !(smaller.get(instance) instanceof PyExpr.Int s)
          || s.value() <= 0
          || l.value() % s.value() != 0) {
        return Optional.empty();
      }
      long here = l.value() / s.value();
      if (common != 0 && here != common) {
        return Optional.empty();
      }
      common = here;
    }
    return common > 1 ? Optional.of(common) : Optional.empty();
  }

  private Optional<PyExpr> half(Map<Integer, PyExpr> column, Slot slot) {
    boolean all =
        column.entrySet().stream()
            .allMatch(
                e ->
                    e.getValue() instanceof PyExpr.Int padding
                        && values.get(e.getKey()) instanceof PyExpr.Int kernel
                        && padding.value() == kernel.value() / 2);
    return all
        ? Optional.of(Py.binary(read(slot), PyExpr.Operator.FLOOR_DIVIDE, Py.num(2)))
        : Optional.empty();
  }

  /** Stands for the argument until its name is chosen. */
  record Reading(ConstructorArgument argument, boolean inConstruct) implements PyExpr.Reference {
    PyExpr named() {
      return inConstruct
          ? new PyExpr.Member(Py.name("self"), argument.name())
          : Py.name(argument.name());
    }
  }
}
