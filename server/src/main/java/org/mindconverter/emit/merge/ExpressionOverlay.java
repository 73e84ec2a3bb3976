// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Lays an expression of one more instance over a template's; what differs becomes holes. */
final class ExpressionOverlay {
  private final CellSignatures signatures;
  private final int instance;
  private State state;
  private Set<Integer> absent = Set.of();

  ExpressionOverlay(CellSignatures signatures, ClassTemplate template) {
    this.signatures = signatures;
    this.instance = template.instances();
    this.state = new State(new Correspondence(), new Columns(template.columns()), new HashMap<>());
  }

  /** All that grows while expressions are laid over each other. */
  record State(Correspondence values, Columns columns, Map<Integer, Integer> marks) {
    State copy() {
      return new State(values.copy(), new Columns(columns), new HashMap<>(marks));
    }
  }

  State state() {
    return state;
  }

  /** Goes back to a state, a copy of which was taken. */
  void restore(State earlier) {
    state = earlier;
  }

  int instance() {
    return instance;
  }

  /** All instances before this one, for what they lack. */
  Set<Integer> earlier() {
    return IntStream.range(0, instance).boxed().collect(Collectors.toSet());
  }

  /** Those instances and this one, for what this one lacks as well. */
  Set<Integer> andThis(Set<Integer> instances) {
    Set<Integer> more = new HashSet<>(instances);
    more.add(instance);
    return more;
  }

  /** The template that is right for both. */
  PyExpr over(PyExpr template, PyExpr here, Set<Integer> absentIn) {
    Set<Integer> outer = absent;
    absent = absentIn;
    try {
      return over(template, here);
    } finally {
      absent = outer;
    }
  }

  /** The instance's expression in terms of the template's values. */
  PyExpr translated(PyExpr here) {
    return here instanceof Variable v
        ? new Variable(state.values().of(v.id()))
        : Parts.changed(here, this::translated);
  }

  PyExpr over(PyExpr template, PyExpr here) {
    if (template instanceof PyExpr.Marked t) {
      if (here instanceof PyExpr.Marked h) {
        state.marks().put(h.mark(), t.mark());
        return new PyExpr.Marked(t.mark(), over(t.inner(), h.inner()));
      }
      return new PyExpr.Marked(t.mark(), over(t.inner(), here));
    }
    if (here instanceof PyExpr.Marked h) {
      return new PyExpr.Marked(h.mark(), over(template, h.inner()));
    }
    if (template instanceof Variable t && here instanceof Variable h) {
      return state.values().both(t, h).orElseThrow(MismatchException::new);
    }
    if (template instanceof Hole hole && isLiteral(here)) {
      state.columns().put(hole, instance, here);
      return hole;
    }
    if (isLiteral(template) && isLiteral(here) && !isOneApart(template, here)) {
      return template.equals(here) ? template : open(template, here);
    }
    return overCompound(template, here);
  }

  private Hole open(PyExpr template, PyExpr here) {
    return state.columns().open(template, here, instance, absent);
  }

  // (-1, 7, 8) and (-1, 14, 8) differ in a number, (0, 2, 1) and (1, 2, 0) as a whole.
  private static boolean isOneApart(PyExpr template, PyExpr here) {
    if (!(template instanceof PyExpr.Tuple t)
        || !(here instanceof PyExpr.Tuple h)
        || t.elements().size() != h.elements().size()) {
      return false;
    }
    int different = 0;
    for (int i = 0; i < t.elements().size(); i++) {
      different += t.elements().get(i).equals(h.elements().get(i)) ? 0 : 1;
    }
    return different == 1;
  }

  private PyExpr overCompound(PyExpr template, PyExpr here) {
    if (template instanceof PyExpr.Call t && here instanceof PyExpr.Call h) {
      return overCall(t, h);
    }
    if (template instanceof Loop t && here instanceof Loop h) {
      return new Loop(
          over(t.list(), h.list()), over(t.first(), h.first()), all(t.others(), h.others()));
    }
    if (template instanceof Growth t && here instanceof Growth h) {
      return new Growth(over(t.list(), h.list()), all(t.first(), h.first()));
    }
    // A parameter for each number of a table would be nothing that anybody can read.
    if (isTable(template) || !sameKind(template, here)) {
      if (template.equals(here)) {
        return template;
      }
      throw new MismatchException();
    }
    return overParts(template, here);
  }

  private static boolean isTable(PyExpr e) {
    return e instanceof PyExpr.Sequence s
        && s.elements().stream().allMatch(part -> isLiteral(part) || isTable(part));
  }

  /** Equal but for their parts. */
  private static boolean sameKind(PyExpr template, PyExpr here) {
    PyExpr nothing = Py.none();
    return Parts.changed(template, p -> nothing).equals(Parts.changed(here, p -> nothing))
        && !(template instanceof PyExpr.Reference);
  }

  private PyExpr overParts(PyExpr template, PyExpr here) {
    List<PyExpr> others = new ArrayList<>();
    Parts.forEach(here, others::add);
    int[] next = {0};
    return Parts.changed(template, part -> over(part, others.get(next[0]++)));
  }

  private List<PyExpr> all(List<PyExpr> template, List<PyExpr> here) {
    if (template.size() != here.size()) {
      throw new MismatchException();
    }
    List<PyExpr> both = new ArrayList<>();
    for (int i = 0; i < template.size(); i++) {
      both.add(over(template.get(i), here.get(i)));
    }
    return both;
  }

  private PyExpr overCall(PyExpr.Call template, PyExpr.Call here) {
    Optional<List<PyExpr>> members = Containers.chainMembers(template);
    Optional<List<PyExpr>> membersHere = Containers.chainMembers(here);
    if (members.isPresent() && membersHere.isPresent()) {
      return Containers.chain(
          new ChainOverlay(this, absent).over(members.get(), membersHere.get()));
    }
    PyExpr callee = overCallee(template, here);
    PyExpr.Call t = template;
    PyExpr.Call h = here;
    if (!named(t).getOrDefault("pad_mode", Py.none()).equals(named(h).get("pad_mode"))) {
      t = CellSignatures.withPadding(t);
      h = CellSignatures.withPadding(h);
    }
    return new PyExpr.Call(callee, overArguments(t, h));
  }

  // Activations take the same place: which one is an argument like any other.
  private PyExpr overCallee(PyExpr.Call template, PyExpr.Call here) {
    boolean bare = template.arguments().isEmpty() && here.arguments().isEmpty();
    if (bare && isCellClass(here.callee())) {
      if (template.callee() instanceof Hole hole) {
        state.columns().put(hole, instance, here.callee());
        return hole;
      }
      if (isCellClass(template.callee()) && !template.callee().equals(here.callee())) {
        return open(template.callee(), here.callee());
      }
    }
    return over(template.callee(), here.callee());
  }

  private static boolean isCellClass(PyExpr callee) {
    return callee instanceof PyExpr.Member m && m.target().equals(Py.name("nn"));
  }

  private List<PyExpr.Argument> overArguments(PyExpr.Call template, PyExpr.Call here) {
    List<PyExpr> positional = all(positional(template), positional(here));
    List<PyExpr.Argument> both =
        new ArrayList<>(positional.stream().map(PyExpr.Argument::of).toList());
    Map<String, PyExpr> t = named(template);
    Map<String, PyExpr> h = named(here);
    Set<String> names = new LinkedHashSet<>(t.keySet());
    names.addAll(h.keySet());
    for (String name : CellSignatures.ordered(names)) {
      PyExpr left = given(t, name, here.callee());
      PyExpr right = given(h, name, here.callee());
      both.add(PyExpr.Argument.named(name, over(left, right)));
    }
    return both;
  }

  private PyExpr given(Map<String, PyExpr> arguments, String name, PyExpr callee) {
    return Optional.ofNullable(arguments.get(name))
        .or(() -> signatures.defaultValue(callee, name))
        .orElseThrow(MismatchException::new);
  }

  private static List<PyExpr> positional(PyExpr.Call call) {
    return call.arguments().stream()
        .filter(a -> a.name().isEmpty())
        .map(PyExpr.Argument::value)
        .toList();
  }

  private static Map<String, PyExpr> named(PyExpr.Call call) {
    Map<String, PyExpr> named = new LinkedHashMap<>();
    call.arguments().forEach(a -> a.name().ifPresent(n -> named.put(n, a.value())));
    return named;
  }

  static boolean isLiteral(PyExpr e) {
    if (e instanceof PyExpr.Tuple t) {
      return t.elements().stream().allMatch(ExpressionOverlay::isLiteral);
    }
    if (e instanceof PyExpr.Unary u) {
      return u.prefix() == PyExpr.Prefix.MINUS && isLiteral(u.operand());
    }
    return e instanceof PyExpr.Int
        || e instanceof PyExpr.Real
        || e instanceof PyExpr.Text
        || e instanceof PyExpr.Keyword;
  }
}
