// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * Members that are numbered, {@code layer1}, {@code layer2}, and constructed alike but for numbers
 * that grow evenly, in a list. They keep their names, under which their weights are.
 *
 * @param members what the class keeps: the list in place of them
 * @param setUp what the class does besides: what gives them their names comes first
 * @param list as {@code construct} reads it
 */
record NumberedMembers(List<ClassBody.Member> members, List<PyStmt> setUp, PyExpr list) {
  private static final Pattern NUMBERED = Pattern.compile("([a-z_]*[a-z])(0|[1-9][0-9]{0,5})");
  private static final PyExpr SELF = Py.name("self");
  private static final PyExpr INDEX = Py.name("i");

  NumberedMembers {
    members = List.copyOf(members);
    setUp = List.copyOf(setUp);
  }

  /**
   * Those of the attributes; nothing where they are not numbered in a row or not constructed alike.
   *
   * @param reserved attributes that no class may have
   */
  static Optional<NumberedMembers> of(
      ClassBody body, List<String> attributes, Set<String> reserved) {
    Matcher first = NUMBERED.matcher(attributes.get(0));
    if (!first.matches()) {
      return Optional.empty();
    }
    String stem = first.group(1);
    int start = Integer.parseInt(first.group(2));
    Map<String, PyExpr> kept = new HashMap<>();
    body.members().forEach(m -> kept.put(m.attribute(), m.value()));
    if (reserved.contains(stem + "s") || kept.containsKey(stem + "s")) {
      return Optional.empty();
    }
    List<PyExpr> values = new ArrayList<>();
    for (int i = 0; i < attributes.size(); i++) {
      String attribute = stem + (start + i);
      if (!attributes.get(i).equals(attribute) || !kept.containsKey(attribute)) {
        return Optional.empty();
      }
      values.add(kept.get(attribute));
    }
    return evenly(values).map(each -> with(body, attributes, each, stem, start));
  }

  private static NumberedMembers with(
      ClassBody body, List<String> attributes, PyExpr each, String stem, int start) {
    PyExpr list = new PyExpr.Member(SELF, stem + "s");
    PyExpr range = Py.call("range", Py.num(attributes.size()));
    PyExpr all = Py.list(List.of(new PyExpr.Comprehension(each, "i", range)));
    List<ClassBody.Member> members = new ArrayList<>();
    for (ClassBody.Member member : body.members()) {
      if (member.attribute().equals(attributes.get(0))) {
        members.add(new ClassBody.Member(stem + "s", all));
      } else if (!attributes.contains(member.attribute())) {
        members.add(member);
      }
    }
    List<PyStmt> setUp = new ArrayList<>(List.of(named(list, stem, start)));
    setUp.addAll(body.setUp());
    return new NumberedMembers(members, setUp, list);
  }

  private static PyStmt named(PyExpr list, String stem, int start) {
    PyExpr cell = Py.name(stem);
    PyExpr name = new PyExpr.Formatted(stem, INDEX);
    PyExpr.Call numbered =
        start == 0
            ? Py.call("enumerate", list)
            : Py.call("enumerate", list).with("start", Py.num(start));
    return new PyStmt.For(
        Py.tuple(INDEX, cell),
        numbered,
        List.of(new PyStmt.Do(Py.call("setattr", SELF, name, cell))));
  }

  /** What constructs each, by its place {@code i} in the row. */
  private static Optional<PyExpr> evenly(List<PyExpr> values) {
    PyExpr form = skeleton(values.get(0));
    if (!(values.get(0) instanceof PyExpr.Call first)
        || !values.stream().allMatch(v -> skeleton(v).equals(form))) {
      return Optional.empty();
    }
    List<PyExpr.Argument> arguments = new ArrayList<>();
    for (int i = 0; i < first.arguments().size(); i++) {
      int place = i;
      List<PyExpr> row =
          values.stream().map(v -> ((PyExpr.Call) v).arguments().get(place).value()).toList();
      Optional<PyExpr> each = inRow(row);
      if (each.isEmpty()) {
        return Optional.empty();
      }
      arguments.add(new PyExpr.Argument(first.arguments().get(i).name(), each.get()));
    }
    return Optional.of(new PyExpr.Call(first.callee(), arguments));
  }

  // A call without the values of its arguments.
  private static PyExpr skeleton(PyExpr value) {
    return value instanceof PyExpr.Call call
        ? new PyExpr.Call(
            call.callee(),
            call.arguments().stream().map(a -> new PyExpr.Argument(a.name(), Py.none())).toList())
        : value;
  }

  private static Optional<PyExpr> inRow(List<PyExpr> row) {
    if (row.stream().allMatch(row.get(0)::equals)) {
      return Optional.of(row.get(0));
    }
    if (!row.stream().allMatch(e -> e instanceof PyExpr.Int)) {
      return Optional.empty();
    }
    List<Long> numbers = row.stream().map(e -> ((PyExpr.Int) e).value()).toList();
    long start = numbers.get(0);
    long step = numbers.get(1) - start;
    for (int i = 0; i < numbers.size(); i++) {
      if (numbers.get(i) != start + step * i) {
        return Optional.empty();
      }
    }
    return Optional.of(Py.plus(Py.num(start), Py.times(Py.num(step), INDEX)));
  }
}
