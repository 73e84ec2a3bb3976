// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator SplitToSequence. */
final class SequenceSplitting {
  private static final int SIZES = 1;

  private SequenceSplitting() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("SplitToSequence")
        .infer(SequenceSplitting::infer)
        .since(11, 24)
        .lower(SequenceSplitting::lower);
  }

  private static List<ListType> infer(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      TensorType part = new TensorType(node.element(0), Optional.empty());
      return List.of(new ListType(part, node.freshLength(0)));
    }
    Shape shape = node.shape(0).get();
    int axis = Axes.front(node, node.integer("axis", 0), shape.rank());
    if (!node.has(SIZES)) {
      return List.of(new ListType(single(node, shape, axis), shape.dim(axis)));
    }
    Optional<List<Dim>> sizes = sizes(node, shape.dim(axis));
    boolean even = sizes.isPresent() && sizes.get().stream().distinct().count() == 1;
    Dim size = even ? sizes.get().get(0) : node.fresh(0, axis);
    TensorType part = TensorType.of(node.element(0), shape.with(axis, size));
    return List.of(
        new ListType(part, sizes.map(s -> Dim.of(s.size())).orElse(node.freshLength(0))));
  }

  private static TensorType single(NodeFacts node, Shape shape, int axis) {
    if (node.integer("keepdims", 1) != 0) {
      return TensorType.of(node.element(0), shape.with(axis, Dim.of(1)));
    }
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.remove(axis);
    return TensorType.of(node.element(0), new Shape(dims));
  }

  /** Sizes of all parts, where nothing of them is computed. */
  private static Optional<List<Dim>> sizes(NodeFacts node, Dim whole) throws ConversionException {
    Optional<List<Dim>> given = node.contents(SIZES);
    boolean one = node.shape(SIZES).filter(s -> s.rank() == 0).isPresent();
    if (given.isEmpty() || !one) {
      return given;
    }
    boolean known = whole instanceof Dim.Known && given.get().get(0) instanceof Dim.Known;
    if (!known) {
      return Optional.empty();
    }
    long size = given.get().get(0).size().getAsLong();
    if (size <= 0) {
      throw node.malformed("parts of size %d".formatted(size));
    }
    List<Dim> sizes = new ArrayList<>();
    for (long left = whole.size().getAsLong(); left > 0; left -= size) {
      sizes.add(Dim.of(Math.min(size, left)));
    }
    return Optional.of(sizes);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    PyExpr axis = Py.num(node.integer("axis", 0));
    boolean keep = node.integer("keepdims", 1) != 0;
    PyExpr parts;
    if (node.has(SIZES)) {
      parts = Py.call("ops.split", node.value(0), sizes(node), axis);
    } else if (keep) {
      parts = Py.call("ops.split", node.value(0), Py.num(1), axis);
    } else {
      parts = Py.call("ops.unbind", node.value(0), axis);
    }
    return Lowered.of(Py.list(List.of(new PyExpr.Unary(PyExpr.Prefix.UNPACK, parts))));
  }

  // One number is the size of every part but perhaps the last.
  private static PyExpr sizes(NodeReading node) throws Refusal {
    boolean one = node.rank(SIZES) == 0;
    Optional<List<Dim>> known = node.contents(SIZES);
    if (known.isPresent()) {
      List<PyExpr> sizes = known.get().stream().map(NodeReading::dim).toList();
      return one ? sizes.get(0) : Py.list(sizes);
    }
    return one ? Py.call("int", node.value(SIZES)) : Py.method(node.value(SIZES), "tolist");
  }
}
