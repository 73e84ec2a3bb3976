// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/** Writes the class of a template. */
final class TemplateWriter {
  private static final PyExpr SELF = Py.name("self");

  private final ClassTemplate template;
  private final ConstructorArguments arguments;
  private final VariableNames names;

  private TemplateWriter(ClassTemplate template, ConstructorArguments arguments) {
    this.template = template;
    this.arguments = arguments;
    this.names = VariableNames.of(template);
  }

  static PyStmt.ClassDef write(
      String className,
      List<PyExpr> bases,
      ClassTemplate template,
      ConstructorArguments arguments) {
    TemplateWriter writer = new TemplateWriter(template, arguments);
    List<PyStmt> body = new ArrayList<>();
    List<PyStmt> set = writer.setUp();
    if (!set.isEmpty()) {
      set.add(0, ClassBody.CALL_OF_SUPER);
      body.add(new PyStmt.Function("__init__", writer.initParameters(), set));
    }
    body.add(new PyStmt.Function("construct", writer.inputs(), writer.construct()));
    return new PyStmt.ClassDef(className, bases, body);
  }

  private List<PyStmt.Parameter> initParameters() {
    List<PyStmt.Parameter> parameters = new ArrayList<>();
    parameters.add(PyStmt.Parameter.of("self"));
    parameters.addAll(arguments.parameters());
    return parameters;
  }

  private List<PyStmt.Parameter> inputs() {
    List<PyStmt.Parameter> parameters = new ArrayList<>();
    parameters.add(PyStmt.Parameter.of("self"));
    for (int input = 0; input < template.inputs(); input++) {
      String name = names.of(input);
      parameters.add(
          template.variadic() ? PyStmt.Parameter.variadic(name) : PyStmt.Parameter.of(name));
    }
    return parameters;
  }

  private List<PyStmt> setUp() {
    List<PyStmt> statements = new ArrayList<>();
    arguments
        .stored()
        .forEach((name, v) -> statements.add(PyStmt.Assign.of(new PyExpr.Member(SELF, name), v)));
    for (ClassTemplate.Member member : template.members()) {
      List<PyStmt> set = member(member);
      if (member.absentIn().isEmpty()) {
        statements.addAll(set);
      } else {
        PyExpr attribute = new PyExpr.Member(SELF, member.attribute());
        statements.add(PyStmt.Assign.of(attribute, Py.none()));
        statements.add(new PyStmt.If(there(member.absentIn()), set, List.of()));
      }
    }
    statements.addAll(template.setUp());
    return statements;
  }

  private PyExpr there(Set<Integer> absentIn) {
    return arguments.switchOf(absentIn).condition();
  }

  private List<PyStmt> member(ClassTemplate.Member member) {
    PyExpr attribute = new PyExpr.Member(SELF, member.attribute());
    Optional<List<PyExpr>> chain = Containers.chainMembers(Parts.unmarked(member.value()));
    boolean partly = chain.stream().flatMap(List::stream).anyMatch(m -> m instanceof Sometimes);
    return partly
        ? chain(attribute, chain.get())
        : List.of(PyStmt.Assign.of(attribute, Run.written(filled(member.value()))));
  }

  /** A chain of which some members are optional: put together in a list. */
  private List<PyStmt> chain(PyExpr attribute, List<PyExpr> chain) {
    PyExpr layers = Py.name(arguments.listName());
    List<PyStmt> statements = new ArrayList<>();
    List<PyExpr> members = new ArrayList<>(chain);
    List<PyExpr> start = new ArrayList<>();
    while (!members.isEmpty() && !(members.get(0) instanceof Sometimes)) {
      start.add(filled(members.remove(0)));
    }
    statements.add(PyStmt.Assign.of(layers, Run.written(Py.list(start))));
    for (PyExpr member : members) {
      if (member instanceof Sometimes s) {
        List<PyStmt> add = List.of(append(layers, filled(s.inner())));
        statements.add(new PyStmt.If(there(s.absentIn()), add, List.of()));
      } else {
        statements.add(append(layers, filled(member)));
      }
    }
    PyExpr all = new PyExpr.Unary(PyExpr.Prefix.UNPACK, layers);
    statements.add(PyStmt.Assign.of(attribute, Containers.chain(List.of(all))));
    return statements;
  }

  private static PyStmt append(PyExpr layers, PyExpr member) {
    PyExpr one = Run.written(member);
    return one instanceof PyExpr.Unary run
        ? new PyStmt.Do(Py.method(layers, "extend", run.operand()))
        : new PyStmt.Do(Py.method(layers, "append", one));
  }

  private PyExpr filled(PyExpr e) {
    if (e instanceof Hole hole) {
      return arguments.at(hole);
    }
    if (e instanceof Variable variable) {
      return Py.name(names.of(variable.id()));
    }
    if (e instanceof Sometimes s) {
      PyExpr inner = filled(s.inner());
      PyExpr members = inner instanceof PyExpr.Unary run ? run.operand() : Py.list(List.of(inner));
      return new PyExpr.Unary(
          PyExpr.Prefix.UNPACK,
          new PyExpr.Conditional(members, there(s.absentIn()), Py.list(List.of())));
    }
    return e.withParts(this::filled);
  }

  private List<PyStmt> construct() {
    List<PyStmt> work = new ArrayList<>();
    int at = 0;
    while (at < template.steps().size()) {
      int end = StepGroup.end(template, at);
      Set<Integer> absentIn = template.steps().get(at).absentIn();
      if (absentIn.isEmpty()) {
        work.addAll(statements(at));
      } else {
        work.addAll(standIns(at, end));
        List<PyStmt> optional = new ArrayList<>();
        for (int i = at; i < end; i++) {
          optional.addAll(statements(i));
        }
        work.add(new PyStmt.If(condition(absentIn), optional, List.of()));
      }
      at = end;
    }
    work.add(new PyStmt.Return(filled(template.result())));
    return work;
  }

  private List<PyStmt> standIns(int start, int end) {
    List<PyStmt> statements = new ArrayList<>();
    Set<String> set = new HashSet<>();
    for (int i = start; i < end; i++) {
      int target = template.steps().get(i).targets().get(0);
      String name = names.of(target);
      String other = names.of(StepGroup.outside(template, start, i));
      if (names.isReadBehind(target, end - 1) && !name.equals(other) && set.add(name)) {
        statements.add(PyStmt.Assign.of(Py.name(name), Py.name(other)));
      }
    }
    return statements;
  }

  private PyExpr condition(Set<Integer> absentIn) {
    Optional<String> member = Switches.optionalMember(template, absentIn);
    return member.isPresent()
        ? Py.binary(new PyExpr.Member(SELF, member.get()), PyExpr.Operator.IS_NOT, Py.none())
        : new PyExpr.Member(SELF, arguments.switchOf(absentIn).name());
  }

  private List<PyStmt> statements(int index) {
    ClassTemplate.Step step = template.steps().get(index);
    if (step.value() instanceof Loop loop) {
      return loop(loop, Py.name(names.of(step.targets().get(0))));
    }
    if (step.value() instanceof Growth growth) {
      return growth(growth, Py.name(names.of(step.targets().get(0))));
    }
    List<PyExpr> targets = step.targets().stream().map(t -> Py.name(names.of(t))).toList();
    return List.of(new PyStmt.Assign(targets, filled(step.value())));
  }

  private List<PyStmt> loop(Loop loop, PyExpr variable) {
    List<PyStmt> statements = new ArrayList<>();
    PyExpr first = filled(loop.first());
    if (!first.equals(variable)) {
      statements.add(PyStmt.Assign.of(variable, first));
    }
    PyExpr cell = oneOf(loop.list());
    List<PyExpr> given = new ArrayList<>(List.of(variable));
    loop.others().forEach(o -> given.add(filled(o)));
    PyStmt call = PyStmt.Assign.of(variable, Py.call(cell, given.toArray(PyExpr[]::new)));
    statements.add(new PyStmt.For(cell, filled(loop.list()), List.of(call)));
    return statements;
  }

  private List<PyStmt> growth(Growth growth, PyExpr variable) {
    PyExpr first = Py.tuple(growth.first().stream().map(this::filled).toList());
    PyExpr cell = oneOf(growth.list());
    PyExpr all = new PyExpr.Unary(PyExpr.Prefix.UNPACK, variable);
    PyStmt more = PyStmt.Assign.of(variable, Py.tuple(all, Py.call(cell, all)));
    return List.of(
        PyStmt.Assign.of(variable, first),
        new PyStmt.For(cell, filled(growth.list()), List.of(more)));
  }

  /** A name for the cells of a list, one at a time. */
  private PyExpr oneOf(PyExpr cells) {
    String list = ((PyExpr.Member) cells).name();
    boolean plural = list.endsWith("s") && list.length() > 2;
    return Py.name(names.fresh(plural ? list.substring(0, list.length() - 1) : list));
  }
}
