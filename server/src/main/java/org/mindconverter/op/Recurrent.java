// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Recurrent layers as {@code nn.LSTM}, {@code nn.GRU} and {@code nn.RNN}. */
final class Recurrent {
  private Recurrent() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("LSTM")
        .infer(Recurrent::infer)
        .since(7, 14, 22)
        .lower(node -> lower(node, RecurrentKind.LSTM));
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
    return lower(node, RecurrentKind.GRU);
  }

  private static Lowered rnn(NodeReading node) throws Refusal {
    return lower(node, RecurrentKind.RNN);
  }

  private static Lowered lower(NodeReading node, RecurrentKind kind) throws Refusal {
    requirePlain(node, kind);
    int directions = Math.toIntExact(node.size(2, 0));
    Cell cell =
        kind.cell(node.size(1, 2), node.size(2, 2))
            .argUnless("has_bias", Py.bool(node.has(3)), Py.bool(true))
            .argUnless("bidirectional", Py.bool(directions == 2), Py.bool(false));
    cell = kind.withLayer(node, cell, 1, 0);
    Lowered.Steps steps = new Lowered.Steps();
    boolean reverse = node.text("direction", "forward").equals("reverse");
    PyExpr x = reverse ? turned(node.value(0)) : node.value(0);
    Optional<PyExpr> state = initialState(node, kind);
    PyExpr work = state.isPresent() ? cell.call(x, state.get()) : cell.call(x);
    PyExpr both = steps.add("recurrent", work);
    List<PyExpr> results = new ArrayList<>(results(node, both, directions, kind));
    results.set(0, reverse ? turned(results.get(0)) : results.get(0));
    return steps.results(results);
  }

  // From the last step to the first.
  private static PyExpr turned(PyExpr sequence) {
    return Py.call("ops.flip", sequence, Py.ints(List.of(0)));
  }

  private static void requirePlain(NodeReading node, RecurrentKind kind) throws Refusal {
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
        switch (kind) {
          case LSTM -> List.of("Sigmoid", "Tanh", "Tanh");
          case GRU -> List.of("Sigmoid", "Tanh");
          case RNN -> List.of("Tanh");
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

  /** The states before the first step; nothing where they are zeros, as they are by default. */
  private static Optional<PyExpr> initialState(NodeReading node, RecurrentKind kind)
      throws Refusal {
    boolean first = node.has(5) && node.constant(5).filter(NumericTensor::isZero).isEmpty();
    boolean second = node.has(6) && node.constant(6).filter(NumericTensor::isZero).isEmpty();
    if (!first && !second) {
      return Optional.empty();
    }
    if (kind != RecurrentKind.LSTM) {
      return Optional.of(node.value(5));
    }
    if (!node.has(5) || !node.has(6)) {
      throw new Refusal("one of the two initial states alone");
    }
    return Optional.of(Py.tuple(node.value(5), node.value(6)));
  }

  private static List<PyExpr> results(
      NodeReading node, PyExpr both, int directions, RecurrentKind kind) throws Refusal {
    PyExpr sequence = Py.index(both, Py.num(0));
    PyExpr states = Py.index(both, Py.num(1));
    boolean pair = kind == RecurrentKind.LSTM;
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
