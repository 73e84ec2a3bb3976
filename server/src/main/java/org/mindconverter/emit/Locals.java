// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.NameScope;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Local variables of one {@code construct}: which name holds which value, and what needs none. */
final class Locals {
  // What exporters make of the names of functions is no name.
  private static final int LONGEST_NAME = 40;

  private final NameScope names = new NameScope();
  private final Map<String, String> byValue = new HashMap<>();
  private final Map<String, PyExpr> inPlace = new HashMap<>();
  private final Map<String, Set<String>> holders = new HashMap<>();

  Locals() {
    names.reserve("self");
  }

  /** A new variable for a value. */
  String define(String value, String hint) {
    return put(value, names.fresh(Identifiers.mangle(hint, "x")));
  }

  private String put(String value, String name) {
    byValue.put(value, name);
    holders.computeIfAbsent(name, n -> new HashSet<>()).add(value);
    return name;
  }

  private String remove(String value) {
    String name = byValue.remove(value);
    holders.get(name).remove(value);
    return name;
  }

  /**
   * The variable of that name for a value, as the source does it.
   *
   * @param isDead tells of a value whether nobody reads it any more
   * @return nothing where the name holds something that is still read
   */
  Optional<String> hold(String value, String wanted, Predicate<String> isDead) {
    String name = Identifiers.mangle(wanted, "x");
    Set<String> held = holders.getOrDefault(name, Set.of());
    boolean reserved = held.isEmpty() && names.contains(name);
    if (reserved || !held.stream().allMatch(isDead)) {
      return Optional.empty();
    }
    List.copyOf(held).forEach(this::remove);
    names.reserve(name);
    return Optional.of(put(value, name));
  }

  /** Whether a value's variable holds no other value, and is not one that reads like an input. */
  boolean canTakeOver(String dead, boolean input) {
    String name = byValue.get(dead);
    return name != null && (!input || name.equals("x")) && holders.get(name).size() == 1;
  }

  /** Lets a value take over the variable of one that nobody reads any more. */
  String takeOver(String value, String dead) {
    return put(value, remove(dead));
  }

  /** A second name for what the other one is. */
  void alias(String value, String other) {
    if (inPlace.containsKey(other)) {
      inPlace.put(value, inPlace.get(other));
    } else {
      put(value, byValue.get(other));
    }
  }

  /** Lets a value that needs no variable be read as that expression wherever it is used. */
  void readInPlace(String value, PyExpr expression) {
    inPlace.put(value, expression);
  }

  /** A variable for an intermediate result. */
  String temporary(String hint) {
    return names.fresh(Identifiers.mangle(hint, "x"));
  }

  /** What reads a value: the variable that holds it, or what stands for it in its place. */
  PyExpr of(String value) {
    PyExpr expression = inPlace.get(value);
    if (expression != null) {
      return expression;
    }
    String name = byValue.get(value);
    if (name == null) {
      throw new IllegalStateException("no variable holds " + value);
    }
    return Py.name(name);
  }

  /** What to call a value: the model's name for it where it is a plain one, else the operator's. */
  static String hint(String value, String operator) {
    boolean plain =
        Identifiers.isValid(value) && !value.startsWith("_") && value.length() <= LONGEST_NAME;
    boolean numbered = value.matches("(val|getitem|onnx|tmp|value|v)_?\\d*");
    return plain && !numbered ? value.replaceAll("_\\d+$", "") : Identifiers.snakeCase(operator);
  }
}
