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
import org.mindconverter.python.PyStmt;

/**
 * A class taken apart.
 *
 * @param members what {@code __init__} keeps, in order
 * @param setUp what {@code __init__} does besides
 * @param inputs how many values {@code construct} takes: they have the first numbers
 * @param variadic whether the one input is a tuple of any number of tensors
 * @param steps the work of {@code construct}, in order
 * @param result what it returns
 * @param names what each value is called, by its number
 */
record ClassBody(
    List<Member> members,
    List<PyStmt> setUp,
    int inputs,
    boolean variadic,
    List<Step> steps,
    PyExpr result,
    List<String> names) {

  /** {@code self.attribute = value}. */
  record Member(String attribute, PyExpr value) {}

  /** Values made by one expression. */
  record Step(List<Integer> targets, PyExpr value) {
    Step {
      targets = List.copyOf(targets);
    }
  }

  /** The class's parts; nothing when it is of another form than those that are written here. */
  static Optional<ClassBody> of(PyStmt.ClassDef definition) {
    List<Member> members = new ArrayList<>();
    List<PyStmt> setUp = new ArrayList<>();
    for (PyStmt part : definition.body()) {
      if (!(part instanceof PyStmt.Function function)) {
        return Optional.empty();
      }
      if (function.name().equals("construct")) {
        return new Reader().read(members, setUp, function);
      }
      for (PyStmt statement : function.body()) {
        Optional<Member> member = member(statement);
        member.ifPresent(members::add);
        if (member.isEmpty() && !statement.equals(CALL_OF_SUPER)) {
          setUp.add(statement);
        }
      }
    }
    return Optional.empty();
  }

  static final PyStmt CALL_OF_SUPER = new PyStmt.Do(Py.method(Py.call("super"), "__init__"));

  private static Optional<Member> member(PyStmt statement) {
    if (!(statement instanceof PyStmt.Assign assign) || assign.targets().size() != 1) {
      return Optional.empty();
    }
    return Parts.ownAttribute(assign.targets().get(0))
        .map(attribute -> new Member(attribute, assign.value()));
  }

  /** Gives every value its number: a name that is assigned again is another value. */
  private static final class Reader {
    private final Map<String, Integer> current = new HashMap<>();
    private final List<String> names = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();

    Optional<ClassBody> read(List<Member> members, List<PyStmt> setUp, PyStmt.Function construct) {
      List<PyStmt.Parameter> inputs = construct.parameters();
      inputs.subList(1, inputs.size()).forEach(p -> define(p.name()));
      int last = construct.body().size() - 1;
      for (PyStmt statement : construct.body().subList(0, Math.max(last, 0))) {
        if (!read(statement)) {
          return Optional.empty();
        }
      }
      if (last < 0 || !(construct.body().get(last) instanceof PyStmt.Return end)) {
        return Optional.empty();
      }
      return Optional.of(
          new ClassBody(
              members, setUp, inputs.size() - 1, false, steps, numbered(end.value()), names));
    }

    private boolean read(PyStmt statement) {
      if (!(statement instanceof PyStmt.Assign assign)
          || !assign.targets().stream().allMatch(t -> t instanceof PyExpr.Name)) {
        return false;
      }
      PyExpr value = numbered(assign.value());
      steps.add(
          new Step(
              assign.targets().stream().map(t -> define(((PyExpr.Name) t).id())).toList(), value));
      return true;
    }

    private int define(String name) {
      current.put(name, names.size());
      names.add(name);
      return names.size() - 1;
    }

    private PyExpr numbered(PyExpr e) {
      if (e instanceof PyExpr.Name n && current.containsKey(n.id())) {
        return new Variable(current.get(n.id()));
      }
      return e.withParts(this::numbered);
    }
  }
}
