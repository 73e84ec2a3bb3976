// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.op.Dtypes;
import org.mindconverter.op.NodeReading;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Constants that a call tells shorter than their numbers: all the same, or one after the other. */
final class TensorPattern {
  // What fits on part of a line is best seen.
  private static final long FEWEST_ELEMENTS = 6;
  // Larger ones come from the model's file, and would be read for little.
  private static final long MOST_ELEMENTS = 1 << 18;
  private static final Set<ElementType> TYPES =
      Set.of(ElementType.FLOAT32, ElementType.INT64, ElementType.INT32, ElementType.BOOL);

  private TensorPattern() {}

  /** The call that makes the tensor, if there is a short one. */
  static Optional<PyExpr> of(Tensor tensor) {
    boolean asked =
        tensor.elementCount() >= FEWEST_ELEMENTS
            && tensor.elementCount() <= MOST_ELEMENTS
            && TYPES.contains(tensor.element())
            && NumericTensor.isReadable(tensor);
    if (!asked) {
      return Optional.empty();
    }
    NumericTensor numbers = NumericTensor.of(tensor);
    return uniform(numbers, tensor).or(() -> counted(numbers, tensor));
  }

  private static Optional<PyExpr> uniform(NumericTensor numbers, Tensor tensor) {
    for (int i = 1; i < numbers.size(); i++) {
      if (!same(numbers, 0, i)) {
        return Optional.empty();
      }
    }
    PyExpr shape = Py.ints(tensor.dims());
    PyExpr dtype = Dtypes.of(tensor.element());
    if (bits(numbers, 0) == 0) {
      return Optional.of(Py.call("ops.zeros", shape, dtype));
    }
    if (numbers.real(0) == 1) {
      return Optional.of(Py.call("ops.ones", shape, dtype));
    }
    PyExpr value = NodeReading.numberOf(numbers, 0);
    return Optional.of(Py.call("ops.full", shape, value).with("dtype", dtype));
  }

  private static boolean same(NumericTensor numbers, int one, int other) {
    return bits(numbers, one) == bits(numbers, other);
  }

  // A zero with a sign is another number.
  private static long bits(NumericTensor numbers, int index) {
    return numbers.element().isFloating()
        ? Double.doubleToLongBits(numbers.real(index))
        : numbers.integer(index);
  }

  private static Optional<PyExpr> counted(NumericTensor numbers, Tensor tensor) {
    if (tensor.element() != ElementType.INT64) {
      return Optional.empty();
    }
    long first = numbers.integer(0);
    for (int i = 1; i < numbers.size(); i++) {
      if (numbers.integer(i) != first + i) {
        return Optional.empty();
      }
    }
    PyExpr end = Py.num(first + numbers.size());
    PyExpr range =
        first == 0 ? Py.call("ops.arange", end) : Py.call("ops.arange", Py.num(first), end);
    List<Long> dims = tensor.dims();
    return Optional.of(dims.size() == 1 ? range : Py.method(range, "reshape", Py.ints(dims)));
  }
}
