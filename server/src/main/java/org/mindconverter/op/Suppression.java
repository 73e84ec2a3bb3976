// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator NonMaxSuppression: of boxes that overlap, those with the highest scores. */
final class Suppression {
  // Each list of boxes, by image and class, is a paragraph of the script.
  private static final int MOST_LISTS = 4;

  private Suppression() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("NonMaxSuppression")
        .infer(
            node ->
                List.of(
                    TensorType.of(
                        ElementType.INT64, new Shape(List.of(node.fresh(0, 0), Dim.of(3))))))
        .since(10, 11)
        .lower(Suppression::lower);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    long images = node.size(1, 0);
    long classes = node.size(1, 1);
    if (images * classes > MOST_LISTS || images * classes == 0) {
      throw new Refusal(
          "%d lists of boxes, of which %d are written out".formatted(images * classes, MOST_LISTS));
    }
    boolean centred = node.integer("center_point_box", 0) != 0;
    long most = node.has(2) ? node.requireConstant(2).integer(0) : 0;
    PyExpr overlap = Py.num((float) number(node, 3).orElse(0.0).doubleValue());
    Optional<Double> least = number(node, 4);
    Lowered.Steps steps = new Lowered.Steps();
    List<PyExpr> all = new ArrayList<>();
    for (long image = 0; image < images; image++) {
      for (long group = 0; group < classes; group++) {
        PyExpr boxes = Py.index(node.value(0), Py.num(image));
        PyExpr scores = steps.add("scores", Py.index(node.value(1), Py.num(image), Py.num(group)));
        PyExpr order =
            steps.add("order", Py.call("ops.argsort", scores).with("descending", Py.bool(true)));
        PyExpr ranked = steps.add("ranked", Py.call("ops.gather", boxes, order, Py.num(0)));
        PyExpr table = steps.add("table", table(ranked, order, centred, steps));
        PyExpr kept = Py.index(Py.call(Py.call("ops.NMSWithMask", overlap), table), Py.num(2));
        if (least.isPresent()) {
          kept = Py.call("ops.logical_and", kept, above(scores, order, least.get()));
        }
        all.add(rows(steps.add("kept", kept), order, most, image, group, steps));
      }
    }
    PyExpr rows = all.size() == 1 ? all.get(0) : Py.call("ops.concat", Py.tuple(all));
    return steps.result(Py.method(rows, "astype", Dtypes.of(ElementType.INT64)));
  }

  private static PyExpr above(PyExpr scores, PyExpr order, double least) {
    PyExpr sorted = Py.call("ops.gather", scores, order, Py.num(0));
    return Py.binary(sorted, PyExpr.Operator.GREATER, Py.num((float) least));
  }

  private static Optional<Double> number(NodeReading node, int input) throws Refusal {
    if (!node.has(input)) {
      return Optional.empty();
    }
    NumericTensor constant = node.requireConstant(input);
    return Optional.of(constant.real(0));
  }

  // The kernel sorts by the last column, and not always the same way: the ranks leave it no choice.
  private static PyExpr table(PyExpr ranked, PyExpr order, boolean centred, Lowered.Steps steps) {
    PyExpr first = columns(ranked, Optional.empty(), Optional.of(2));
    PyExpr second = columns(ranked, Optional.of(2), Optional.empty());
    PyExpr count = Py.index(new PyExpr.Member(order, "shape"), Py.num(0));
    PyExpr falling = Py.call("ops.arange", count, Py.num(0), Py.num(-1));
    PyExpr ranks =
        Py.method(
            Py.method(falling, "astype", Dtypes.of(ElementType.FLOAT32)), "expand_dims", Py.num(1));
    if (centred) {
      PyExpr half = steps.add("half", Py.divide(second, Py.num(2)));
      return joined(Py.minus(first, half), Py.plus(first, half), ranks);
    }
    // The model may name any two opposite corners.
    return joined(
        Py.call("ops.minimum", first, second), Py.call("ops.maximum", first, second), ranks);
  }

  private static PyExpr joined(PyExpr near, PyExpr far, PyExpr ranks) {
    return Py.call("ops.concat", Py.tuple(near, far, ranks), Py.num(1));
  }

  private static PyExpr columns(PyExpr x, Optional<Integer> from, Optional<Integer> to) {
    return Py.index(x, Py.all(), Py.range(from.map(i -> Py.num(i)), to.map(i -> Py.num(i))));
  }

  private static PyExpr rows(
      PyExpr kept, PyExpr order, long most, long image, long group, Lowered.Steps steps) {
    PyExpr places = Py.method(Py.call("ops.nonzero", kept), "reshape", Py.num(-1));
    PyExpr best = Py.call("ops.gather", order, places, Py.num(0));
    PyExpr chosen =
        steps.add(
            "chosen",
            most > Integer.MAX_VALUE
                ? best
                : Py.index(best, Py.range(Optional.empty(), Optional.of(Py.num(most)))));
    return Py.call(
        "ops.stack",
        Py.tuple(
            Py.call("ops.full_like", chosen, Py.num(image)),
            Py.call("ops.full_like", chosen, Py.num(group)),
            chosen),
        Py.num(1));
  }
}
