// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which value of a template a value of an instance is.
 *
 * <p>Where one side lacks a step, the step's value and what stands for it are one: of the two the
 * one that the other side can tell apart is meant.
 */
final class Correspondence {
  private final Map<Integer, Integer> known;
  private final Map<Integer, Integer> absentHere;
  private final Map<Integer, Integer> absentBefore;

  Correspondence() {
    this(Map.of(), Map.of(), Map.of());
  }

  private Correspondence(
      Map<Integer, Integer> known,
      Map<Integer, Integer> absentHere,
      Map<Integer, Integer> absentBefore) {
    this.known = new HashMap<>(known);
    this.absentHere = new HashMap<>(absentHere);
    this.absentBefore = new HashMap<>(absentBefore);
  }

  Correspondence copy() {
    return new Correspondence(known, absentHere, absentBefore);
  }

  /** The instance's value is the template's. */
  void bind(int here, int template) {
    known.put(here, template);
  }

  /** The instance lacks the step that makes the template's value. */
  void skip(int template, int fallback) {
    absentHere.put(template, fallback);
  }

  /** The instance's value is a new one of the template's, which all earlier instances lack. */
  void add(int here, int template, int fallback) {
    known.put(here, template);
    absentBefore.put(template, fallback);
  }

  /** The template's value for one of the instance. */
  int of(int here) {
    Integer value = known.get(here);
    if (value == null) {
      throw new MismatchException();
    }
    return value;
  }

  /** The variable that is right for both; nothing when they are different values. */
  Optional<Variable> both(Variable template, Variable here) {
    int wanted = of(here.id());
    if (wanted == template.id() || leads(absentHere, template.id(), wanted)) {
      return Optional.of(template);
    }
    return leads(absentBefore, wanted, template.id())
        ? Optional.of(new Variable(wanted))
        : Optional.empty();
  }

  private static boolean leads(Map<Integer, Integer> fallbacks, int from, int to) {
    Integer value = fallbacks.get(from);
    while (value != null && value != to) {
      value = fallbacks.get(value);
    }
    return value != null;
  }
}
