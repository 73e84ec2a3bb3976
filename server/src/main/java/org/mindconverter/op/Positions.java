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
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Tensors of positions. In ONNX they may count from the end; most of MindSpore's functions take
 * such ones on some devices only, or not at all.
 */
final class Positions {
  private Positions() {}

  /**
   * An input of positions along axes of those sizes, counted from the front.
   *
   * @param sizes one for all positions, or one for each position in the last axis
   */
  static PyExpr fromTheFront(NodeReading node, int input, List<Dim> sizes, Lowered.Steps steps)
      throws Refusal {
    Optional<NumericTensor> constant = node.constant(input);
    if (constant.isPresent() && !hasNegative(constant.get())) {
      return node.value(input);
    }
    boolean fixed = sizes.stream().allMatch(size -> size instanceof Dim.Known);
    if (constant.isPresent() && fixed) {
      return new References.ConstRef(turned(constant.get(), sizes).toTensor("indices"));
    }
    PyExpr positions = steps.named("indices", node.value(input));
    PyExpr size =
        sizes.size() == 1 ? NodeReading.dim(sizes.get(0)) : row(sizes, node.element(input));
    PyExpr isNegative = Py.binary(positions, PyExpr.Operator.LESS, Py.num(0));
    return steps.add(
        "indices", Py.call("ops.where", isNegative, Py.plus(positions, size), positions));
  }

  private static boolean hasNegative(NumericTensor positions) {
    return positions.toLongs().stream().anyMatch(position -> position < 0);
  }

  private static NumericTensor turned(NumericTensor positions, List<Dim> sizes) {
    long[] values = positions.integers();
    for (int i = 0; i < values.length; i++) {
      long size = sizes.get(i % sizes.size()).size().orElseThrow();
      values[i] = values[i] < 0 ? values[i] + size : values[i];
    }
    return NumericTensor.ofIntegers(positions.element(), positions.dims(), values);
  }

  private static PyExpr row(List<Dim> sizes, ElementType element) {
    return Py.call(
        "ms.tensor", Py.tuple(sizes.stream().map(NodeReading::dim).toList()), Dtypes.of(element));
  }

  /**
   * For every element of a tensor of that shape, its own position along one of the axes, as a
   * column behind the other axes.
   */
  static PyExpr along(List<Dim> shape, int axis, ElementType element) {
    List<Long> column = new ArrayList<>(Collections.nCopies(shape.size() - axis + 1, 1L));
    column.set(0, -1L);
    List<PyExpr> dims = new ArrayList<>(shape.stream().map(NodeReading::dim).toList());
    dims.add(Py.num(1));
    PyExpr numbers =
        Py.call("ops.arange", NodeReading.dim(shape.get(axis))).with("dtype", Dtypes.of(element));
    return Py.method(
        Py.method(numbers, "reshape", Py.ints(column)), "broadcast_to", Py.tuple(dims));
  }
}
