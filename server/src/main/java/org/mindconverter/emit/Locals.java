// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.NameScope;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Local variables of one {@code construct}: which name holds which value. */
final class Locals {
  private final NameScope names = new NameScope();
  private final Map<String, String> byValue = new HashMap<>();

  Locals() {
    names.reserve("self");
  }

  /** A new variable for a value. */
  String define(String value, String hint) {
    String name = names.fresh(Identifiers.mangle(hint, "x"));
    byValue.put(value, name);
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
    List<String> holders =
        byValue.keySet().stream().filter(v -> byValue.get(v).equals(name)).toList();
    boolean reserved = holders.isEmpty() && names.contains(name);
    if (reserved || !holders.stream().allMatch(isDead)) {
      return Optional.empty();
    }
    holders.forEach(byValue::remove);
    names.reserve(name);
    byValue.put(value, name);
    return Optional.of(name);
  }

  /** Whether a value's variable holds no other value, and is not one that reads like an input. */
  boolean canTakeOver(String dead, boolean input) {
    String name = byValue.get(dead);
    return name != null
        && (!input || name.equals("x"))
        && byValue.values().stream().filter(name::equals).count() == 1;
  }

  /** Lets a value take over the variable of one that nobody reads any more. */
  String takeOver(String value, String dead) {
    String name = byValue.remove(dead);
    byValue.put(value, name);
    return name;
  }

  /** A second name for the same variable. */
  void alias(String value, String other) {
    byValue.put(value, byValue.get(other));
  }

  /** A variable for an intermediate result. */
  String temporary(String hint) {
    return names.fresh(Identifiers.mangle(hint, "x"));
  }

  boolean has(String value) {
    return byValue.containsKey(value);
  }

  /** The variable that holds a value. */
  PyExpr of(String value) {
    String name = byValue.get(value);
    if (name == null) {
      throw new IllegalStateException("no variable holds " + value);
    }
    return Py.name(name);
  }

  /** {@code MatMul} as {@code mat_mul}, {@code GRU} as {@code gru}. */
  static String snakeCase(String type) {
    String plain = type.replace("NaN", "Nan");
    return plain.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }

  /** What to call a value: the model's name for it where it is a plain one, else the operator's. */
  static String hint(String value, String operator) {
    boolean plain = Identifiers.isValid(value) && !value.startsWith("_");
    boolean numbered = value.matches("(val|getitem|onnx|tmp|value|v)_?\\d*");
    return plain && !numbered ? value.replaceAll("_\\d+$", "") : snakeCase(operator);
  }
}
