// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Recurrent layers as {@code nn.LSTM}, {@code nn.GRU} and {@code nn.RNN}. ONNX orders the gates of
 * an LSTM i, o, f, c and those of a GRU z, r, h; MindSpore, like PyTorch, i, f, c, o and r, z, n.
 */
final class Recurrent {
  private static final List<Integer> LSTM_GATES = List.of(0, 2, 3, 1);
  private static final List<Integer> GRU_GATES = List.of(1, 0, 2);
  private static final List<Integer> RNN_GATES = List.of(0);

  private Recurrent() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("LSTM")
        .infer(Recurrent::infer)
        .since(7, 14, 22)
        .lower(node -> lower(node, "nn.LSTM", LSTM_GATES));
    ops.onnx("GRU").infer(Recurrent::infer).since(7, 14, 22).lower(Recurrent::gru);
    ops.onnx("RNN").infer(Recurrent::infer).since(7, 14, 22).lower(Recurrent::rnn);
  }

  // Y: (time, directions, batch, hidden), or batch first where layout is 1; then the last states.
  private static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> input = node.shape(0);
    Optional<Shape> recurrence = node.shape(2);
    if (input.isEmpty() || recurrence.isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Dim directions = recurrence.get().dim(0);
    Dim hidden = recurrence.get().dim(2);
    Dim first = input.get().dim(0);
    Dim second = input.get().dim(1);
    boolean batchFirst = node.integer("layout", 0) == 1;
    Shape all =
        batchFirst
            ? new Shape(List.of(first, second, directions, hidden))
            : new Shape(List.of(first, directions, second, hidden));
    Shape last =
        batchFirst
            ? new Shape(List.of(first, directions, hidden))
            : new Shape(List.of(directions, second, hidden));
    TensorType state = TensorType.of(node.element(0), last);
    return List.of(TensorType.of(node.element(0), all), state, state);
  }

  private static Lowered gru(NodeReading node) throws Refusal {
    if (node.integer("linear_before_reset", 0) == 0) {
      throw new Refusal("attribute 'linear_before_reset' of 0, which nn.GRU does not compute");
    }
    return lower(node, "nn.GRU", GRU_GATES);
  }

  private static Lowered rnn(NodeReading node) throws Refusal {
    return lower(node, "nn.RNN", RNN_GATES);
  }

  private static Lowered lower(NodeReading node, String type, List<Integer> gates) throws Refusal {
    requirePlain(node, type);
    int directions = Math.toIntExact(node.size(2, 0));
    long hidden = node.size(2, 2);
    Cell cell =
        Cell.of(type, type.substring(3).toLowerCase(Locale.ROOT))
            .arg(node.size(1, 2))
            .arg(hidden)
            .argUnless("has_bias", Py.bool(node.has(3)), Py.bool(true))
            .argUnless("bidirectional", Py.bool(directions == 2), Py.bool(false));
    for (int direction = 0; direction < directions; direction++) {
      cell = withParameters(node, cell, gates, direction, hidden);
    }
    Lowered.Steps steps = new Lowered.Steps();
    boolean reverse = node.text("direction", "forward").equals("reverse");
    PyExpr x = reverse ? turned(node.value(0)) : node.value(0);
    Optional<PyExpr> state = initialState(node, type);
    PyExpr work = state.isPresent() ? cell.call(x, state.get()) : cell.call(x);
    PyExpr both = steps.add("recurrent", work);
    List<PyExpr> results = new ArrayList<>(results(node, both, directions, type));
    results.set(0, reverse ? turned(results.get(0)) : results.get(0));
    return steps.results(results);
  }

  // From the last step to the first.
  private static PyExpr turned(PyExpr sequence) {
    return Py.call("ops.flip", sequence, Py.ints(List.of(0)));
  }

  private static void requirePlain(NodeReading node, String type) throws Refusal {
    if (node.element(0) != ElementType.FLOAT32 || node.integer("layout", 0) != 0) {
      throw new Refusal("attribute 'layout' of 1, or elements other than float32");
    }
    node.integer("hidden_size", 0); // the recurrence weight's shape says the same
    if (node.has(4) && !coversWholeSequences(node)) {
      throw new Refusal("input 4: sequences of different lengths");
    }
    if (node.integer("input_forget", 0) != 0 || node.real("clip", 0) != 0) {
      throw new Refusal("attribute 'input_forget' or 'clip'");
    }
    if (node.has(7)) {
      throw new Refusal("input 7: peepholes");
    }
    List<String> usual =
        switch (type) {
          case "nn.LSTM" -> List.of("Sigmoid", "Tanh", "Tanh");
          case "nn.GRU" -> List.of("Sigmoid", "Tanh");
          default -> List.of("Tanh");
        };
    List<String> activations = node.texts("activations").orElse(List.of());
    boolean plain = activations.isEmpty() || repeats(activations, usual);
    if (!plain || node.has("activation_alpha") || node.has("activation_beta")) {
      throw new Refusal("attribute 'activations' of " + activations);
    }
  }

  private static boolean repeats(List<String> list, List<String> unit) {
    int times = list.size() / unit.size();
    List<String> all = new ArrayList<>();
    Collections.nCopies(times, unit).forEach(all::addAll);
    return list.equals(all);
  }

  private static boolean coversWholeSequences(NodeReading node) throws Refusal {
    Dim time = node.shape(0).dim(0);
    return node.constant(4)
        .filter(t -> time.size().isPresent())
        .map(t -> t.toLongs().stream().allMatch(n -> n == time.size().getAsLong()))
        .orElse(false);
  }

  private static Cell withParameters(
      NodeReading node, Cell cell, List<Integer> gates, int direction, long hidden) throws Refusal {
    String suffix = direction == 0 ? "_l0" : "_l0_reverse";
    WeightExpression input = ofDirection(node.weight(1), direction);
    WeightExpression recurrence = ofDirection(node.weight(2), direction);
    Cell with =
        cell.parameter("weight_ih" + suffix, reordered(input, gates, hidden))
            .parameter("weight_hh" + suffix, reordered(recurrence, gates, hidden));
    if (!node.has(3)) {
      return with;
    }
    long half = gates.size() * hidden;
    WeightExpression bias = ofDirection(node.weight(3), direction);
    return with.parameter("bias_ih" + suffix, reordered(bias.sliced(0, 0, half), gates, hidden))
        .parameter("bias_hh" + suffix, reordered(bias.sliced(0, half, half), gates, hidden));
  }

  private static WeightExpression ofDirection(WeightExpression weight, int direction) {
    List<Long> dims = weight.dims();
    return weight.sliced(0, direction, 1).reshaped(dims.subList(1, dims.size()));
  }

  private static WeightExpression reordered(
      WeightExpression weight, List<Integer> gates, long hidden) {
    List<WeightExpression> blocks =
        gates.stream().map(gate -> weight.sliced(0, gate * hidden, hidden)).toList();
    return WeightExpression.concatenated(blocks, 0);
  }

  /** The states before the first step; nothing where they are zeros, as they are by default. */
  private static Optional<PyExpr> initialState(NodeReading node, String type) throws Refusal {
    boolean first = node.has(5) && !isZero(node, 5);
    boolean second = node.has(6) && !isZero(node, 6);
    if (!first && !second) {
      return Optional.empty();
    }
    if (!type.equals("nn.LSTM")) {
      return Optional.of(node.value(5));
    }
    if (!node.has(5) || !node.has(6)) {
      throw new Refusal("one of the two initial states alone");
    }
    return Optional.of(Py.tuple(node.value(5), node.value(6)));
  }

  private static boolean isZero(NodeReading node, int input) {
    return node.constant(input)
        .map(t -> Arrays.stream(t.reals()).allMatch(v -> v == 0))
        .orElse(false);
  }

  private static List<PyExpr> results(NodeReading node, PyExpr both, int directions, String type)
      throws Refusal {
    PyExpr sequence = Py.index(both, Py.num(0));
    PyExpr states = Py.index(both, Py.num(1));
    boolean pair = type.equals("nn.LSTM");
    PyExpr all =
        directions == 1
            ? Py.call("ops.expand_dims", sequence, Py.num(1))
            : directionsApart(node, sequence, directions);
    List<PyExpr> results = new ArrayList<>();
    results.add(all);
    results.add(pair ? Py.index(states, Py.num(0)) : states);
    if (pair) {
      results.add(Py.index(states, Py.num(1)));
    }
    return results;
  }

  // MindSpore: (time, batch, directions * hidden).
  private static PyExpr directionsApart(NodeReading node, PyExpr sequence, int directions)
      throws Refusal {
    List<PyExpr> dims =
        List.of(
            NodeReading.dim(node.shape(0).dim(0)),
            NodeReading.dim(node.shape(0).dim(1)),
            Py.num(directions),
            Py.num(node.size(2, 2)));
    PyExpr apart = Py.method(sequence, "reshape", Py.tuple(dims));
    return Py.method(apart, "transpose", Py.ints(List.of(0, 2, 1, 3)));
  }
}
