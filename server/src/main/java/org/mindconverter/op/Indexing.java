// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Gathering;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that pick elements by tables of positions or by conditions. */
final class Indexing {
  private Indexing() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("GatherElements")
        .infer(node -> List.of(new TensorType(node.element(0), node.shape(1))))
        .fold(Indexing::foldElements)
        .since(11, 13)
        .lower(Indexing::gatherElements);
    ops.onnx("GatherND")
        .infer(node -> List.of(new TensorType(node.element(0), gathered(node))))
        .fold(Indexing::foldTuples)
        .since(11, 12, 13)
        .lower(Indexing::gatherTuples);
    ops.onnx("Compress").infer(Indexing::inferCompress).since(9, 11, 28).lower(Indexing::compress);
    ops.onnx("ReverseSequence")
        .infer(TypeRules::sameAsFirst)
        .since(10, 28)
        .lower(Indexing::reverseSequence);
  }

  private static Optional<List<NumericTensor>> foldElements(NodeFacts node) {
    long axis = node.integer("axis", 0);
    return node.constant(0)
        .flatMap(x -> node.constant(1).map(i -> List.of(Gathering.gatherElements(x, i, axis))));
  }

  private static Lowered gatherElements(NodeReading node) throws Refusal {
    PyExpr axis = Py.num(node.integer("axis", 0));
    return Lowered.of(Py.call("ops.gather_elements", node.value(0), axis, node.value(1)));
  }

  private static Optional<Shape> gathered(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty()) {
      return Optional.empty();
    }
    List<Dim> data = node.shape(0).get().dims();
    List<Dim> positions = node.shape(1).get().dims();
    OptionalLong length =
        positions.isEmpty() ? OptionalLong.of(0) : positions.get(positions.size() - 1).size();
    if (length.isEmpty()) {
      return Optional.empty();
    }
    long batch = node.integer("batch_dims", 0);
    long whole = batch + length.getAsLong();
    if (length.getAsLong() < 1 || batch < 0 || whole > data.size() || batch >= positions.size()) {
      throw node.malformed(
          "positions of shape %s into %s behind %d axes".formatted(positions, data, batch));
    }
    List<Dim> dims = new ArrayList<>(positions.subList(0, positions.size() - 1));
    dims.addAll(data.subList((int) whole, data.size()));
    return Optional.of(new Shape(dims));
  }

  private static Optional<List<NumericTensor>> foldTuples(NodeFacts node) {
    long batch = node.integer("batch_dims", 0);
    return node.constant(0)
        .flatMap(x -> node.constant(1).map(i -> List.of(Gathering.gatherNd(x, i, batch))));
  }

  private static Lowered gatherTuples(NodeReading node) throws Refusal {
    int batch = Math.toIntExact(node.integer("batch_dims", 0));
    PyExpr x = node.value(0);
    Shape data = node.shape(0);
    Shape positions = node.shape(1);
    int length = Math.toIntExact(node.size(1, -1));
    if (batch == 0 && isWholeInOrder(node.constant(1), data)) {
      List<Dim> dims = positions.dims().subList(0, positions.rank() - 1);
      return Lowered.of(
          Py.method(x, "reshape", Py.tuple(dims.stream().map(NodeReading::dim).toList())));
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr fronts =
        Positions.fromTheFront(node, 1, data.dims().subList(batch, batch + length), steps);
    if (batch > 0) {
      List<Dim> outer = positions.dims().subList(0, positions.rank() - 1);
      List<PyExpr> columns = new ArrayList<>();
      for (int axis = 0; axis < batch; axis++) {
        columns.add(Positions.along(outer, axis, node.element(1)));
      }
      columns.add(fronts);
      fronts = steps.add("indices", Py.call("ops.cat", Py.tuple(columns), Py.num(-1)));
    }
    return steps.result(Py.call("ops.gather_nd", x, fronts));
  }

  /** Whether these places are those of all elements, one after the other. */
  private static boolean isWholeInOrder(Optional<NumericTensor> places, Shape data) {
    Optional<List<Long>> sizes = data.sizes();
    boolean all =
        places.isPresent()
            && sizes.isPresent()
            && data.elementCount().orElse(0) > 0
            && places.get().size() == data.elementCount().getAsLong() * data.rank();
    for (int i = 0; all && i < places.get().size(); i += data.rank()) {
      long rest = i / data.rank();
      for (int axis = data.rank() - 1; axis >= 0; axis--) {
        long size = sizes.get().get(axis);
        all &= places.get().integer(i + axis) == rest % size;
        rest /= size;
      }
    }
    return all;
  }

  private static List<TensorType> inferCompress(NodeFacts node) throws ConversionException {
    Optional<Shape> input = node.shape(0);
    OptionalLong axis = node.attributes().integer("axis");
    if (axis.isEmpty()) {
      Shape row = new Shape(List.of(kept(node, 0)));
      return List.of(TensorType.of(node.element(0), row));
    }
    if (input.isEmpty()) {
      return List.of(new TensorType(node.element(0), input));
    }
    int front = Axes.front(node, axis.getAsLong(), input.get().rank());
    return List.of(TensorType.of(node.element(0), input.get().with(front, kept(node, front))));
  }

  private static Dim kept(NodeFacts node, int axis) {
    Optional<NumericTensor> condition = node.constant(1);
    return condition
        .map(c -> Dim.of(c.toLongs().stream().filter(v -> v != 0).count()))
        .orElse(node.fresh(0, axis));
  }

  private static Lowered compress(NodeReading node) throws Refusal {
    boolean flat = node.attribute("axis").isEmpty();
    long axis = node.integer("axis", 0);
    Optional<NumericTensor> condition = node.constant(1);
    PyExpr kept =
        condition.isPresent()
            ? new References.ConstRef(trueOnes(condition.get()).toTensor("indices"))
            : Py.method(Py.call("ops.nonzero", node.value(1)), "reshape", Py.num(-1));
    PyExpr x = flat ? Py.method(node.value(0), "reshape", Py.num(-1)) : node.value(0);
    return Lowered.of(Py.call("ops.gather", x, kept, Py.num(axis)));
  }

  private static NumericTensor trueOnes(NumericTensor condition) {
    List<Long> positions = new ArrayList<>();
    for (int i = 0; i < condition.size(); i++) {
      if (condition.integer(i) != 0) {
        positions.add((long) i);
      }
    }
    return NumericTensor.ofLongs(positions);
  }

  private static Lowered reverseSequence(NodeReading node) throws Refusal {
    PyExpr time = Py.num(node.integer("time_axis", 0));
    PyExpr batch = Py.num(node.integer("batch_axis", 1));
    return Lowered.of(
        Py.call("ops.reverse_sequence", node.value(0), node.value(1))
            .with("seq_dim", time)
            .with("batch_dim", batch));
  }
}
