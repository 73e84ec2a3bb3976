// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * What several classes have in common.
 *
 * @param members what is kept
 * @param setUp what is done besides when it is constructed
 * @param inputs how many values {@code construct} takes: they have the first numbers
 * @param variadic whether the one input is a tuple of any number of tensors
 * @param steps its work
 * @param result what it returns
 * @param names what each value is called, by its number
 * @param columns what differs
 * @param instances how many classes are in it
 * @param marks for marks of later instances those at the same place of earlier ones
 */
record ClassTemplate(
    List<Member> members,
    List<PyStmt> setUp,
    int inputs,
    boolean variadic,
    List<Step> steps,
    PyExpr result,
    List<String> names,
    Columns columns,
    int instances,
    Map<Integer, Integer> marks) {
  ClassTemplate {
    members = List.copyOf(members);
    setUp = List.copyOf(setUp);
    steps = List.copyOf(steps);
    names = List.copyOf(names);
    marks = Map.copyOf(marks);
  }

  /**
   * {@code self.attribute = value}.
   *
   * @param absentIn instances that keep nothing there
   */
  record Member(String attribute, PyExpr value, Set<Integer> absentIn) {
    Member {
      absentIn = Set.copyOf(absentIn);
    }
  }

  /**
   * Values made by one expression.
   *
   * @param absentIn instances that do not do it
   * @param fallback the value that stands for the made one in those
   */
  record Step(List<Integer> targets, PyExpr value, Set<Integer> absentIn, OptionalInt fallback) {
    Step {
      targets = List.copyOf(targets);
      absentIn = Set.copyOf(absentIn);
    }
  }

  /** The template of one class. */
  static ClassTemplate of(ClassBody body) {
    return new ClassTemplate(
        body.members().stream().map(m -> new Member(m.attribute(), m.value(), Set.of())).toList(),
        body.setUp(),
        body.inputs(),
        body.variadic(),
        body.steps().stream()
            .map(s -> new Step(s.targets(), s.value(), Set.of(), OptionalInt.empty()))
            .toList(),
        body.result(),
        body.names(),
        new Columns(),
        1,
        Map.of());
  }
}
