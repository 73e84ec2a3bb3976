// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Scan: a graph that is run once for each element along an axis of its inputs. */
final class Scanning {
  private static final PyExpr ONE = Py.num(1);
  private static final String DIRECTIONS = "scan_input_directions";

  private final NodeReading node;
  private final Body body;
  private final int states;
  private final int scans;
  private final List<Integer> axes = new ArrayList<>();
  private final List<Long> directions;
  private final Lowered.Steps steps = new Lowered.Steps();
  private final Lowered.Steps round = steps.block();
  private final Carried carried;
  private final List<Optional<Stacking>> stacked = new ArrayList<>();

  private Scanning(NodeReading node) throws Refusal {
    this.node = node;
    this.body = node.body("body");
    this.scans = (int) node.requireInteger("num_scan_inputs");
    this.states = node.inputCount() - scans;
    this.directions = node.integers(DIRECTIONS).orElse(Collections.nCopies(scans, 0L));
    List<Long> named = node.integers("scan_input_axes").orElse(Collections.nCopies(scans, 0L));
    for (int i = 0; i < scans; i++) {
      axes.add(node.axis(named.get(i), node.rank(states + i)));
    }
    this.carried = new Carried(body, 0, 0);
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Scan")
        .bodies(new Rule())
        .infer(Scanning::infer)
        .since(9, 11, 16, 19, 21, 23, 24, 25)
        .lower(node -> new Scanning(node).lower());
  }

  private static int scans(NodeFacts node) {
    long scans = node.integer("num_scan_inputs", 0);
    return (int) Math.min(Math.max(scans, 0), node.inputCount());
  }

  private static Optional<Integer> axis(NodeFacts node, int scan) throws ConversionException {
    Optional<Shape> shape = node.shape(node.inputCount() - scans(node) + scan);
    List<Long> axes = node.integers("scan_input_axes", Collections.nCopies(scans(node), 0L));
    if (axes.size() != scans(node)) {
      throw node.malformed("'scan_input_axes' does not name an axis for each scanned input");
    }
    return shape.isEmpty()
        ? Optional.empty()
        : Optional.of(Axes.front(node, axes.get(scan), shape.get().rank()));
  }

  private static boolean tells(NodeFacts node, String attribute, int count) {
    return node.attributes().integers(attribute).filter(l -> l.size() != count).isEmpty();
  }

  private record Rule() implements BodyRule {
    @Override
    public List<ValueType> inputs(NodeFacts node) throws ConversionException {
      int states = node.inputCount() - scans(node);
      List<ValueType> types = new ArrayList<>();
      for (int i = 0; i < node.inputCount(); i++) {
        TensorType type = node.type(i);
        Optional<Integer> axis = i < states ? Optional.empty() : axis(node, i - states);
        if (axis.isPresent()) {
          List<Dim> dims = new ArrayList<>(type.shape().orElseThrow().dims());
          dims.remove(axis.get().intValue());
          type = type.withShape(new Shape(dims));
        }
        types.add(type);
      }
      return types;
    }

    @Override
    public OptionalInt comesBack(NodeFacts node, int input) {
      return input < node.inputCount() - scans(node) ? OptionalInt.of(input) : OptionalInt.empty();
    }
  }

  private static List<ValueType> infer(NodeFacts node) throws ConversionException {
    Graph body = node.graph("body");
    int states = node.inputCount() - scans(node);
    int outputs = node.node().outputs().size();
    if (node.integer("num_scan_inputs", 0) != scans(node)
        || scans(node) == 0
        || outputs < states
        || body.outputs().size() != outputs
        || !tells(node, DIRECTIONS, scans(node))
        || !tells(node, "scan_output_directions", outputs - states)) {
      throw node.malformed("its graph and its attributes do not fit its inputs and outputs");
    }
    Optional<Integer> axis = axis(node, 0);
    List<Long> axes = node.integers("scan_output_axes", Collections.nCopies(outputs - states, 0L));
    if (axes.size() < outputs - states) {
      throw node.malformed("'scan_output_axes' does not name an axis for each scanned output");
    }
    List<ValueType> types = new ArrayList<>();
    for (int i = 0; i < outputs; i++) {
      if (i < states) {
        types.add(body.inputs().get(i).valueType());
        continue;
      }
      TensorType part = body.type(body.outputs().get(i).value());
      if (part.shape().isEmpty() || axis.isEmpty()) {
        types.add(new TensorType(part.element(), Optional.empty()));
        continue;
      }
      List<Dim> dims = new ArrayList<>(part.shape().get().dims());
      Dim length = node.shape(states).orElseThrow().dim(axis.get());
      dims.add(Axes.front(node, axes.get(i - states), dims.size() + 1), length);
      types.add(TensorType.of(part.element(), new Shape(dims)));
    }
    return types;
  }

  private Lowered lower() throws Refusal {
    Dim length = node.shape(states).dim(axes.get(0));
    OptionalLong known = length.size();
    boolean unrolled = known.isPresent() && known.getAsLong() <= Unrolling.MOST_ROUNDS;
    begin(unrolled, unrolled && known.getAsLong() > 0);
    References.Temporary number = steps.variable("t");
    PyExpr count = NodeReading.dim(length);
    writeRound(number, known.isPresent() ? Py.num(known.getAsLong() - 1) : Py.minus(count, ONE));
    boolean prevented = known.isPresent() && !unrolled;
    PyExpr range = Py.call("range", prevented ? Unrolling.prevented(count) : count);
    steps.add(new Step.ForEach(number, range, round.list()));
    List<PyExpr> results = new ArrayList<>(carried.values());
    stacked.forEach(s -> results.add(s.map(Stacking::result).orElse(Py.none())));
    return steps.results(results);
  }

  private void begin(boolean unrolled, boolean list) throws Refusal {
    for (int i = 0; i < states; i++) {
      carried.begin(node.value(i), node.valueType(i), unrolled, steps);
    }
    int made = node.outputCount() - states;
    List<Long> outputAxes = node.integers("scan_output_axes").orElse(Collections.nCopies(made, 0L));
    List<Long> backwards =
        node.integers("scan_output_directions").orElse(Collections.nCopies(made, 0L));
    for (int i = 0; i < made; i++) {
      int output = states + i;
      Optional<Stacking> stacking = Optional.empty();
      if (node.wants(output)) {
        int axis = node.axis(outputAxes.get(i), node.outputShape(output).rank());
        stacking =
            Optional.of(
                Stacking.begin(
                    body.outputHint(output),
                    body.outputType(output),
                    axis,
                    backwards.get(i) != 0,
                    list,
                    steps));
      }
      stacked.add(stacking);
    }
  }

  private void writeRound(PyExpr number, PyExpr last) throws Refusal {
    List<PyExpr> arguments = new ArrayList<>(carried.values());
    for (int i = 0; i < scans; i++) {
      PyExpr place = directions.get(i) == 0 ? number : Py.minus(last, number);
      PyExpr part = Slice.along(node.value(states + i), axes.get(i), place);
      arguments.add(round.add(body.inputHint(states + i), part));
    }
    List<PyExpr> results = body.write(arguments, round);
    for (int i = 0; i < stacked.size(); i++) {
      if (stacked.get(i).isPresent()) {
        stacked.get(i).get().add(results.get(states + i), round);
      }
    }
    carried.next(results.subList(0, states), Optional.empty(), round);
  }
}
