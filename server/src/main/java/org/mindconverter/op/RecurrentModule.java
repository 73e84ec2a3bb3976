// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * {@code mindconverter::LSTM}, {@code GRU} and {@code RNN}: a recurrent module of one layer or
 * more, as PyTorch and MindSpore have it. Inputs: x of shape (time, batch, input size), or (batch,
 * time, input size) with {@code batch_first}; the first hidden and cell states of shape (layers *
 * directions, batch, hidden), absent where zero; then W, R and B of ONNX for each layer, B absent
 * where there is no bias. Outputs: the sequence of shape (time, batch, directions * hidden), or
 * with the batch first, and the last states.
 */
final class RecurrentModule {
  private static final int HIDDEN_STATE = 1;
  private static final int CELL_STATE = 2;
  private static final int WEIGHTS = 3;
  private static final int WEIGHTS_OF_LAYER = 3;

  private RecurrentModule() {}

  static void register(OperatorCatalog.Builder ops) {
    for (RecurrentKind kind : RecurrentKind.values()) {
      ops.internal(kind.name())
          .infer(RecurrentModule::infer)
          .since(1)
          .lower(node -> lower(node, kind));
    }
  }

  private static List<TensorType> infer(NodeFacts node) {
    Optional<Shape> input = node.shape(0);
    Optional<Shape> recurrence = node.shape(WEIGHTS + 1);
    if (input.isEmpty() || recurrence.isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Dim directions = recurrence.get().dim(0);
    Dim hidden = recurrence.get().dim(2);
    Dim batch = input.get().dim(node.integer("batch_first", 0) == 1 ? 0 : 1);
    Dim rows = directions.times(Dim.of(node.integer("layers", 1)));
    TensorType state = TensorType.of(node.element(0), new Shape(List.of(rows, batch, hidden)));
    Shape sequence = input.get().with(2, directions.times(hidden));
    return List.of(TensorType.of(node.element(0), sequence), state, state);
  }

  private static Lowered lower(NodeReading node, RecurrentKind kind) throws Refusal {
    long layers = node.integer("layers", 1);
    boolean twoWays = node.size(WEIGHTS + 1, 0) == 2;
    boolean batchFirst = node.integer("batch_first", 0) == 1;
    boolean biased = node.has(WEIGHTS + 2);
    Cell cell =
        kind.cell(node.size(WEIGHTS, 2), node.size(WEIGHTS + 1, 2))
            .argUnless("num_layers", Py.num(layers), Py.num(1))
            .argUnless("has_bias", Py.bool(biased), Py.bool(true))
            .argUnless("batch_first", Py.bool(batchFirst), Py.bool(false))
            .argUnless("dropout", Py.num(node.real("dropout", 0)), Py.num(0f))
            .argUnless("bidirectional", Py.bool(twoWays), Py.bool(false));
    for (int layer = 0; layer < layers; layer++) {
      cell = kind.withLayer(node, cell, WEIGHTS + layer * WEIGHTS_OF_LAYER, layer);
    }
    Lowered.Steps steps = new Lowered.Steps();
    Optional<PyExpr> first = firstStates(node, kind);
    PyExpr x = node.value(0);
    PyExpr work = first.isPresent() ? cell.call(x, first.get()) : cell.call(x);
    List<PyExpr> made = steps.unpack("states", work, 2);
    PyExpr last = made.get(1);
    return kind == RecurrentKind.LSTM && (node.wants(1) || node.wants(2))
        ? steps.results(List.of(made.get(0), Py.index(last, Py.num(0)), Py.index(last, Py.num(1))))
        : steps.results(made);
  }

  private static Optional<PyExpr> firstStates(NodeReading node, RecurrentKind kind) throws Refusal {
    if (!node.has(HIDDEN_STATE)) {
      return Optional.empty();
    }
    PyExpr hidden = node.value(HIDDEN_STATE);
    return Optional.of(
        kind == RecurrentKind.LSTM ? Py.tuple(hidden, node.value(CELL_STATE)) : hidden);
  }
}
