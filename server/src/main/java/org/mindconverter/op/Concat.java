// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Joining;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Concat. */
final class Concat {
  // Rows that are shapes are short; doubling a row again and again must not fill the heap.
  private static final int LONGEST_ROW = 1024;

  private Concat() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Concat")
        .infer(node -> List.of(new TensorType(node.element(0), joined(node))))
        .contents(Concat::contents)
        .fold(Concat::fold)
        .layout(Concat::layout)
        .alias(node -> node.inputCount() == 1 ? OptionalInt.of(0) : OptionalInt.empty())
        .since(4, 11, 13)
        .lower(Concat::lower);
  }

  private static long axis(NodeFacts node) throws ConversionException {
    return node.attributes().integer("axis").orElseThrow(() -> node.malformed("'axis' is missing"));
  }

  private static Optional<Shape> joined(NodeFacts node) throws ConversionException {
    Optional<Shape> known = Optional.empty();
    for (int i = 0; i < node.inputCount() && known.isEmpty(); i++) {
      known = node.shape(i);
    }
    if (known.isEmpty()) {
      return Optional.empty();
    }
    int axis = Axes.front(node, axis(node), known.get().rank());
    Shape result = known.get();
    Optional<Dim> sum = Optional.of(Dim.of(0));
    for (int i = 0; i < node.inputCount(); i++) {
      Optional<Shape> part = node.shape(i);
      if (part.isPresent()) {
        result = agreed(node, result, part.get(), axis);
      }
      sum = part.isPresent() ? sum.map(s -> s.plus(part.get().dim(axis))) : Optional.empty();
    }
    return Optional.of(result.with(axis, sum.orElse(node.fresh(0, axis))));
  }

  // Dimensions beside the joined axis are equal: a number among them is what the others are.
  private static Shape agreed(NodeFacts node, Shape a, Shape b, int joined)
      throws ConversionException {
    if (a.rank() != b.rank()) {
      throw node.malformed("%s and %s are to be joined".formatted(a, b));
    }
    Shape result = a;
    for (int axis = 0; axis < a.rank(); axis++) {
      boolean differ =
          axis != joined
              && a.dim(axis) instanceof Dim.Known
              && b.dim(axis) instanceof Dim.Known
              && !a.dim(axis).equals(b.dim(axis));
      if (differ) {
        throw node.malformed("%s and %s are to be joined along axis %d".formatted(a, b, joined));
      }
      if (a.dim(axis) instanceof Dim.Symbolic && b.dim(axis) instanceof Dim.Known) {
        result = result.with(axis, b.dim(axis));
      }
    }
    return result;
  }

  private static Optional<List<Dim>> contents(NodeFacts node) {
    List<Dim> elements = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      Optional<List<Dim>> part = node.contents(i);
      if (part.isEmpty() || elements.size() + part.get().size() > LONGEST_ROW) {
        return Optional.empty();
      }
      elements.addAll(part.get());
    }
    return Optional.of(elements);
  }

  private static Optional<List<WeightExpression>> layout(NodeFacts node)
      throws ConversionException {
    Optional<Shape> shape = joined(node);
    List<WeightExpression> parts = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      node.weight(i).ifPresent(parts::add);
    }
    boolean fit =
        shape.isPresent()
            && parts.size() == node.inputCount()
            && parts.stream().allMatch(p -> p.element() == parts.get(0).element());
    return fit
        ? Optional.of(
            List.of(
                new WeightExpression.Concatenated(
                    parts, Axes.front(node, axis(node), shape.get().rank()))))
        : Optional.empty();
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) throws ConversionException {
    List<NumericTensor> parts = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      node.constant(i).ifPresent(parts::add);
    }
    return parts.size() == node.inputCount()
        ? Optional.of(List.of(Joining.concat(parts, axis(node))))
        : Optional.empty();
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    PyExpr axis = Py.num(node.requireInteger("axis"));
    return Lowered.of(Py.call("ops.cat", Py.tuple(node.values(0)), axis));
  }
}
