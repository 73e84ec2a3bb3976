// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Gathering;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * The operator Gather: a selection, a slice, a table look-up or an embedding.
 *
 * <p>Positions that a run computes are turned to the front, save in an embedding: what looks up
 * rows of a parameter counts from the front in every framework, and on a CPU MindSpore counts
 * negative ones from the end as ONNX does.
 */
final class Gather {
  // The call that torch's exporter notes, with padding_idx as the last of its arguments.
  private static final Pattern PADDING =
      Pattern.compile("aten\\.embedding\\.default]\\(args = \\(%\\w+, %\\w+, ([0-9]{1,18})[,)]");

  private Gather() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Gather")
        .infer(node -> List.of(new TensorType(node.element(0), gathered(node))))
        .contents(Gather::contents)
        .fold(Gather::fold)
        .layout(Gather::layout)
        .since(1, 11, 13)
        .lower(Gather::lower);
  }

  private static Optional<Shape> gathered(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty()) {
      return Optional.empty();
    }
    List<Dim> data = node.shape(0).get().dims();
    int axis = Axes.front(node, node.integer("axis", 0), data.size());
    List<Dim> dims = new ArrayList<>(data.subList(0, axis));
    dims.addAll(node.shape(1).get().dims());
    dims.addAll(data.subList(axis + 1, data.size()));
    return Optional.of(new Shape(dims));
  }

  private static Optional<List<Dim>> contents(NodeFacts node) throws ConversionException {
    Optional<List<Dim>> row = node.contents(0);
    Optional<List<Long>> positions = node.integers(1);
    boolean picks =
        node.shape(0).filter(shape -> shape.rank() == 1).isPresent()
            && node.shape(1).filter(shape -> shape.rank() <= 1).isPresent();
    if (row.isEmpty() || positions.isEmpty() || !picks) {
      return Optional.empty();
    }
    List<Dim> picked = new ArrayList<>();
    for (long position : positions.get()) {
      picked.add(row.get().get(Axes.front(node, position, row.get().size())));
    }
    return Optional.of(picked);
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) {
    long axis = node.integer("axis", 0);
    return node.constant(0)
        .flatMap(x -> node.constant(1).map(i -> List.of(Gathering.gather(x, i, axis))));
  }

  private static Optional<List<WeightExpression>> layout(NodeFacts node)
      throws ConversionException {
    Optional<WeightExpression> weight = node.weight(0);
    Optional<NumericTensor> positions = node.constant(1);
    if (weight.isEmpty() || positions.isEmpty() || isEmbedding(weight.get(), node.node().scope())) {
      return Optional.empty();
    }
    List<Long> dims = weight.get().dims();
    int axis = Axes.front(node, node.integer("axis", 0), dims.size());
    long size = dims.get(axis);
    Optional<Long> start = run(positions.get(), size);
    Optional<List<Long>> result = gathered(node).flatMap(Shape::sizes);
    if (start.isEmpty() || result.isEmpty()) {
      return Optional.empty();
    }
    WeightExpression piece = weight.get().sliced(axis, start.get(), positions.get().size());
    return Optional.of(List.of(piece.reshaped(result.get())));
  }

  /** The first of positions that follow one another inside of that size; nothing when others. */
  private static Optional<Long> run(NumericTensor positions, long size) {
    if (positions.size() == 0 || positions.dims().size() > 1) {
      return Optional.empty();
    }
    long start = positions.integer(0) + (positions.integer(0) < 0 ? size : 0);
    for (int i = 0; i < positions.size(); i++) {
      long position = positions.integer(i) + (positions.integer(i) < 0 ? size : 0);
      if (position != start + i || position < 0 || position >= size) {
        return Optional.empty();
      }
    }
    return Optional.of(start);
  }

  private static boolean isEmbedding(WeightExpression table, Scope scope) {
    boolean called = scope.call().filter(c -> c.target().startsWith("aten.embedding")).isPresent();
    boolean inside =
        !scope.modules().isEmpty()
            && scope.modules().get(scope.modules().size() - 1).className().endsWith("Embedding");
    boolean named =
        table instanceof WeightExpression.Base base
            && !scope.path().isEmpty()
            && base.tensor().name().equals(scope.path() + ".weight");
    return table.dims().size() == 2 && (called || inside || named);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    long given = node.integer("axis", 0);
    if (node.type(0).shape().isEmpty()) {
      return Lowered.of(Py.call("ops.gather", node.value(0), node.value(1), Py.num(given)));
    }
    Shape data = node.shape(0);
    int axis = node.axis(given, data.rank());
    if (looksUpRows(node, axis)) {
      return embedding(node);
    }
    Optional<NumericTensor> positions = node.constant(1);
    Dim size = data.dim(axis);
    if (positions.isPresent()) {
      Optional<PyExpr> subscript = subscript(positions.get(), size);
      if (subscript.isPresent()) {
        return Lowered.of(Slice.along(node.value(0), axis, subscript.get()));
      }
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = node.value(0);
    PyExpr fronts = Positions.fromTheFront(node, 1, List.of(size), steps);
    return steps.result(Py.call("ops.gather", x, fronts, Py.num(axis)));
  }

  private static Optional<PyExpr> subscript(NumericTensor positions, Dim size) {
    if (positions.dims().isEmpty()) {
      return Optional.of(Py.num(positions.integer(0)));
    }
    Optional<Long> start =
        size instanceof Dim.Known known ? run(positions, known.value()) : Optional.empty();
    return start.map(
        from -> new Cut(Dim.of(from), Dim.of(from + positions.size()), 1).subscript(size));
  }

  private static boolean looksUpRows(NodeReading node, int axis) throws Refusal {
    if (!node.isParameter(0) || axis != 0 || node.rank(0) != 2) {
      return false;
    }
    return node.type(0).element().isFloating()
        && (!node.isWeight(1) || isEmbedding(node.weight(0), node.scope()));
  }

  private static Lowered embedding(NodeReading node) throws Refusal {
    PyExpr rows = node.value(1);
    PyExpr found =
        Cell.of("nn.Embedding", "embedding")
            .arg(node.size(0, 0))
            .arg(node.size(0, 1))
            .argUnless("dtype", Dtypes.of(node.element(0)), Dtypes.of(ElementType.FLOAT32))
            .parameter("embedding_table", node.weight(0))
            .call(rows)
            .or(Py.call("ops.gather", node.value(0), rows, Py.num(0)));
    Optional<Long> padding = padding(node);
    if (padding.isEmpty()) {
      return Lowered.of(found);
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = steps.add("rows", found);
    PyExpr unused = Py.binary(rows, PyExpr.Operator.EQUAL, Py.num(padding.get()));
    PyExpr mask = Py.call("ops.expand_dims", unused, Py.num(-1));
    return steps.result(Py.call("ops.where", mask, Py.call("ops.stop_gradient", x), x));
  }

  /** The row that the source looks up and does not train. */
  private static Optional<Long> padding(NodeReading node) {
    return node.scope()
        .call()
        .map(call -> PADDING.matcher(call.literals()))
        .filter(Matcher::find)
        .map(found -> Long.parseLong(found.group(1)))
        .filter(row -> node.constant(1).map(rows -> has(rows, row)).orElse(true));
  }

  private static boolean has(NumericTensor rows, long row) {
    return LongStream.range(0, rows.size()).anyMatch(i -> rows.integer((int) i) == row);
  }
}
