// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Loop: a graph that is run a number of times, or while its condition holds. */
final class Looping {
  private static final int TRIPS = 0;
  private static final int CONDITION = 1;
  // Of the node's inputs, and of its graph's: behind the number of the round and the condition.
  private static final int CARRIED = 2;
  // Of its graph's outputs: behind the condition.
  private static final int RETURNED = 1;
  // What exporters write where only the condition ends a loop.
  private static final long NO_END = Integer.MAX_VALUE;

  private static final TensorType ROUND = TensorType.of(ElementType.INT64, Shape.SCALAR);
  private static final TensorType TRUTH = TensorType.of(ElementType.BOOL, Shape.SCALAR);

  private final NodeReading node;
  private final Body body;
  private final int carriedCount;
  private final Lowered.Steps steps = new Lowered.Steps();
  private final Lowered.Steps round = steps.block();
  private final Carried carried;
  private final List<Optional<Stacking>> stacked = new ArrayList<>();
  private final Optional<PyExpr> holds;

  private Looping(NodeReading node) throws Refusal {
    this.node = node;
    this.body = node.body("body");
    this.carriedCount = Math.max(node.inputCount() - CARRIED, 0);
    this.carried = new Carried(body, CARRIED, RETURNED);
    this.holds = alwaysHolds() ? Optional.empty() : Optional.of(condition());
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Loop")
        .bodies(new Rule())
        .infer(Looping::infer)
        .since(1, 11, 13, 16, 19, 21, 23, 24, 25)
        .lower(node -> new Looping(node).lower());
  }

  private record Rule() implements BodyRule {
    @Override
    public List<ValueType> inputs(NodeFacts node) {
      List<ValueType> types = new ArrayList<>(List.of(ROUND, TRUTH));
      for (int i = CARRIED; i < node.inputCount(); i++) {
        types.add(node.valueType(i));
      }
      return types;
    }

    @Override
    public OptionalInt comesBack(NodeFacts node, int input) {
      return input < CARRIED ? OptionalInt.empty() : OptionalInt.of(input - CARRIED + RETURNED);
    }
  }

  private static List<ValueType> infer(NodeFacts node) throws ConversionException {
    Graph body = node.graph("body");
    int carriedCount = Math.max(node.inputCount() - CARRIED, 0);
    if (body.outputs().size() < RETURNED + node.node().outputs().size()) {
      throw node.malformed("its graph has fewer outputs than it has");
    }
    List<ValueType> types = new ArrayList<>();
    for (int i = 0; i < node.node().outputs().size(); i++) {
      if (i < carriedCount) {
        types.add(body.inputs().get(CARRIED + i).valueType());
      } else {
        TensorType part = body.type(body.outputs().get(RETURNED + i).value());
        types.add(stacked(part, node.fresh(i, 0)));
      }
    }
    return types;
  }

  private static TensorType stacked(TensorType part, Dim rounds) {
    List<Dim> dims = new ArrayList<>(List.of(rounds));
    part.shape().ifPresent(shape -> dims.addAll(shape.dims()));
    return new TensorType(part.element(), part.shape().map(shape -> new Shape(dims)));
  }

  private Lowered lower() throws Refusal {
    OptionalLong trips = trips();
    boolean counted = trips.isPresent() && trips.getAsLong() <= Unrolling.MOST_ROUNDS;
    boolean unrolled = counted || length().filter(ListType::isOfLengths).isPresent();
    begin(unrolled, counted && trips.getAsLong() > 0 && holds.isEmpty());
    if (node.has(TRIPS) && !isEndless(trips)) {
      writeFor(count(trips, counted));
    } else {
      writeWhile();
    }
    List<PyExpr> results = new ArrayList<>(carried.values());
    stacked.forEach(s -> results.add(s.map(Stacking::result).orElse(Py.none())));
    return steps.results(results);
  }

  private OptionalLong trips() {
    return node.constant(TRIPS).filter(n -> n.size() == 1).stream()
        .mapToLong(n -> n.integer(0))
        .findFirst();
  }

  /** The number of rounds, where it is said in sizes. */
  private Optional<Dim> length() {
    return node.contents(TRIPS).filter(row -> row.size() == 1).map(row -> row.get(0));
  }

  private static boolean isEndless(OptionalLong trips) {
    return trips.isPresent() && trips.getAsLong() >= NO_END;
  }

  private boolean alwaysHolds() {
    boolean first =
        !node.has(CONDITION)
            || node.constant(CONDITION).filter(c -> c.size() == 1 && c.integer(0) != 0).isPresent();
    boolean later =
        body.passesOn(CONDITION, 0)
            || body.constantOutput(0).filter(c -> c.size() == 1 && c.integer(0) != 0).isPresent();
    return first && later;
  }

  /** What tells before each round whether there is one: a variable, unless it stays the same. */
  private PyExpr condition() throws Refusal {
    PyExpr first = node.has(CONDITION) ? node.value(CONDITION) : TRUE;
    return body.passesOn(CONDITION, 0) ? first : steps.add("keep_going", first);
  }

  private void begin(boolean unrolled, boolean list) throws Refusal {
    for (int i = 0; i < carriedCount; i++) {
      carried.begin(node.value(CARRIED + i), node.valueType(CARRIED + i), unrolled, steps);
    }
    for (int i = carriedCount; i < node.outputCount(); i++) {
      Optional<Stacking> stacking = Optional.empty();
      if (node.wants(i)) {
        String hint = body.outputHint(RETURNED + i);
        TensorType part = body.outputType(RETURNED + i);
        stacking = Optional.of(Stacking.begin(hint, part, 0, false, list, steps));
      }
      stacked.add(stacking);
    }
  }

  private static final PyExpr TRUE = Py.call("ms.tensor", Py.bool(true));

  private PyExpr count(OptionalLong trips, boolean counted) throws Refusal {
    if (trips.isEmpty()) {
      Optional<Dim> length = length();
      return length.isPresent() ? NodeReading.dim(length.get()) : Py.call("int", node.value(TRIPS));
    }
    PyExpr count = Py.num(Math.max(trips.getAsLong(), 0));
    return counted ? count : Unrolling.prevented(count);
  }

  private void writeFor(PyExpr count) throws Refusal {
    References.Temporary number = steps.variable("i");
    if (holds.isPresent()) {
      PyExpr over = new PyExpr.Unary(PyExpr.Prefix.NOT, holds.get());
      round.add(new Step.Branch(over, List.of(new Step.Break()), List.of()));
    }
    writeRound(Py.call("ops.cast", number, Dtypes.of(ElementType.INT64)));
    steps.add(new Step.ForEach(number, Py.call("range", count), round.list()));
  }

  private void writeWhile() throws Refusal {
    PyExpr going =
        holds.orElseThrow(() -> new Refusal("nothing ends the loop: it has no condition"));
    References.Temporary number = steps.variable("i");
    boolean counts = body.reads(0);
    if (counts) {
      steps.assign(number, Py.call("ms.tensor", Py.num(0), Dtypes.of(ElementType.INT64)));
    }
    writeRound(number);
    if (counts) {
      round.assign(number, Py.plus(number, Py.num(1)));
    }
    steps.add(new Step.While(going, round.list()));
  }

  private void writeRound(PyExpr number) throws Refusal {
    List<PyExpr> arguments = new ArrayList<>();
    arguments.add(body.reads(0) ? round.named("step", number) : number);
    arguments.add(holds.orElse(TRUE));
    arguments.addAll(carried.values());
    List<PyExpr> results = body.write(arguments, round);
    for (int i = 0; i < stacked.size(); i++) {
      if (stacked.get(i).isPresent()) {
        stacked.get(i).get().add(results.get(RETURNED + carriedCount + i), round);
      }
    }
    Optional<Step.Assign> condition =
        holds
            .filter(variable -> !body.passesOn(CONDITION, 0))
            .map(variable -> (References.Temporary) variable)
            .map(variable -> new Step.Assign(List.of(variable), results.get(0)));
    carried.next(results.subList(RETURNED, RETURNED + carriedCount), condition, round);
  }
}
