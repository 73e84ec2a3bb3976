// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** ONNX's TensorScatter: a stretch of a cache written anew, for each sample at its own place. */
final class TensorScatter {
  private static final int CACHE = 0;
  private static final int UPDATE = 1;
  private static final int PLACES = 2;

  private TensorScatter() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("TensorScatter").infer(TypeRules::sameAsFirst).since(24).lower(TensorScatter::lower);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    Shape cache = node.shape(CACHE);
    Shape update = node.shape(UPDATE);
    int axis = node.axis(node.integer("axis", -2), cache.rank());
    if (axis == 0) {
      throw new Refusal("attribute 'axis' names that of the samples");
    }
    boolean circular = node.text("mode", "linear").equals("circular");
    PyExpr x = node.value(CACHE);
    PyExpr length = NodeReading.dim(update.dim(axis));
    if (!node.has(PLACES)) {
      PyExpr rest = Slice.along(x, axis, Py.range(Optional.of(length), Optional.empty()));
      return Lowered.of(Py.call("ops.cat", Py.tuple(node.value(UPDATE), rest), Py.num(axis)));
    }
    PyExpr places =
        Py.plus(
            Py.call("ops.expand_dims", node.value(PLACES), Py.num(-1)),
            Py.call("ops.arange", length));
    if (circular) {
      places = Py.binary(places, PyExpr.Operator.MODULO, NodeReading.dim(cache.dim(axis)));
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr indices = steps.add("indices", spread(places, update, axis));
    return steps.result(
        Py.call("ops.tensor_scatter_elements", x, indices, node.value(UPDATE), Py.num(axis)));
  }

  /** A place for each sample and step stands for all elements of the update there. */
  private static PyExpr spread(PyExpr places, Shape update, int axis) {
    List<PyExpr> column = new ArrayList<>(Collections.nCopies(update.rank(), Py.num(1)));
    column.set(0, NodeReading.dim(update.dim(0)));
    column.set(axis, NodeReading.dim(update.dim(axis)));
    List<PyExpr> dims = update.dims().stream().map(NodeReading::dim).toList();
    return Py.method(
        Py.method(places, "reshape", Py.tuple(column)), "broadcast_to", Py.tuple(dims));
  }
}
