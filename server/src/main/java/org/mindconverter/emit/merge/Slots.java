// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Looks up what every hole of a template is for. */
final class Slots {
  private static final Map<String, String> OF_FUNCTIONS =
      Map.of(
          "range", "depth",
          "reshape", "size",
          "zeros", "size",
          "broadcast_to", "size",
          "transpose", "perm");

  private static final Hole NO_HOLE = new Hole(-1);

  private final CellSignatures signatures;
  private final Map<Hole, Slot> found = new LinkedHashMap<>();
  private final List<Slot> inOrder = new ArrayList<>();
  private boolean inConstruct;

  private Slots(CellSignatures signatures) {
    this.signatures = signatures;
  }

  /** What every hole is for, in the order of the code. */
  Map<Hole, Slot> ofHoles() {
    return found;
  }

  /** The same with the places of numbers that are the same in all instances. */
  List<Slot> withLiterals() {
    return inOrder;
  }

  static Slots of(ClassTemplate template, CellSignatures signatures) {
    Slots slots = new Slots(signatures);
    for (ClassTemplate.Member member : template.members()) {
      slots.visit(member.value(), new Place(member.attribute(), "value", false, member.absentIn()));
    }
    slots.inConstruct = true;
    for (ClassTemplate.Step step : template.steps()) {
      String name = step.targets().isEmpty() ? "x" : template.names().get(step.targets().get(0));
      slots.visit(step.value(), new Place(name, "value", false, step.absentIn()));
    }
    slots.visit(template.result(), new Place("result", "value", false, Set.of()));
    return slots;
  }

  private Slot slot(Hole hole, Place place) {
    return new Slot(hole, place.owner, place.name, place.dense, inConstruct, place.absentIn);
  }

  private void visit(PyExpr e, Place place) {
    if (e instanceof Hole hole) {
      found.put(hole, slot(hole, place));
      inOrder.add(found.get(hole));
    } else if (e instanceof PyExpr.Int) {
      inOrder.add(slot(NO_HOLE, place));
    } else if (e instanceof Sometimes s) {
      visit(s.inner(), place.without(s.absentIn()));
    } else if (e instanceof PyExpr.Call call) {
      visitCall(call, place);
    } else if (e instanceof PyExpr.Binary b) {
      boolean factor =
          b.operator() == PyExpr.Operator.TIMES || b.operator() == PyExpr.Operator.DIVIDE;
      // What a row of layers starts at is for what the whole sum is for.
      boolean start = !inConstruct && b.operator() == PyExpr.Operator.PLUS;
      visit(b.left(), start ? place : place.named(factor ? "scale" : "offset"));
      visit(b.right(), place.named(factor ? "scale" : "offset"));
    } else if (e instanceof PyExpr.Index) {
      Parts.forEach(e, part -> visit(part, place.named("index")));
    } else {
      Parts.forEach(e, part -> visit(part, place));
    }
  }

  private void visitCall(PyExpr.Call call, Place around) {
    visit(call.callee(), around.named("activation"));
    // A member of a chain has no name of its own: its class's says what it is for.
    boolean ours =
        call.callee() instanceof PyExpr.Name n && Character.isUpperCase(n.id().charAt(0));
    boolean inChain = ours && !around.absentIn.isEmpty();
    String owner = inChain ? firstWord(((PyExpr.Name) call.callee()).id()) : around.owner;
    Place place =
        new Place(owner, around.name, call.callee().equals(Py.name("nn.Dense")), around.absentIn);
    for (int i = 0; i < call.arguments().size(); i++) {
      PyExpr.Argument argument = call.arguments().get(i);
      int position = i;
      String name =
          argument
              .name()
              .or(() -> signatures.positional(call.callee(), position))
              .orElseGet(() -> ofFunction(call.callee(), around));
      visit(argument.value(), place.named(name));
    }
  }

  private static String firstWord(String className) {
    return Identifiers.snakeCase(className).split("_", 2)[0];
  }

  private static String ofFunction(PyExpr callee, Place around) {
    String name =
        callee instanceof PyExpr.Member m
            ? m.name()
            : callee instanceof PyExpr.Name n ? n.id() : around.name;
    return OF_FUNCTIONS.getOrDefault(name, around.name);
  }

  /** Where the walk is. */
  private record Place(String owner, String name, boolean dense, Set<Integer> absentIn) {
    Place named(String other) {
      return new Place(owner, other, dense, absentIn);
    }

    Place without(Set<Integer> instances) {
      Set<Integer> absent = new HashSet<>(absentIn);
      absent.addAll(instances);
      return new Place(owner, name, dense, absent);
    }
  }
}
