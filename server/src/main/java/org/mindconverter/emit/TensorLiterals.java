// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.Dtypes;
import org.mindconverter.op.NodeReading;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Tensors as Python text. */
final class TensorLiterals {
  // More than a few lines of numbers bury the code around them: those go into the checkpoint.
  private static final long MOST_ELEMENTS_IN_TEXT = 64;

  private TensorLiterals() {}

  /** Whether a constant is written into the script rather than into the checkpoint. */
  static boolean fitsInText(Tensor tensor) {
    // The checkpoint cannot hold an empty row: MindSpore reads shape (0,) as a scalar.
    return tensor.elementCount() <= MOST_ELEMENTS_IN_TEXT || TensorPattern.of(tensor).isPresent();
  }

  /** {@code ms.Tensor([[1, 2], [3, 4]], ms.int64)}. */
  static PyExpr tensor(Tensor tensor) {
    if (tensor.elementCount() == 0) {
      return Py.call("ms.ops.zeros", Py.ints(tensor.dims()), Dtypes.of(tensor.element()));
    }
    return TensorPattern.of(tensor)
        .orElseGet(() -> Py.call("ms.Tensor", elements(tensor), Dtypes.of(tensor.element())));
  }

  private static PyExpr elements(Tensor tensor) {
    NumericTensor numbers = NumericTensor.of(tensor);
    return nested(numbers, tensor.dims(), 0, 0, Math.toIntExact(numbers.size()));
  }

  private static PyExpr nested(
      NumericTensor numbers, List<Long> dims, int axis, int start, int length) {
    if (axis == dims.size()) {
      return NodeReading.numberOf(numbers, start);
    }
    int size = Math.toIntExact(dims.get(axis));
    int stride = length / size;
    List<PyExpr> parts = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      parts.add(nested(numbers, dims, axis + 1, start + i * stride, stride));
    }
    return Py.list(parts);
  }

  /** A parameter of that type and shape, whose values the checkpoint brings. */
  static PyExpr.Call parameter(WeightExpression weight) {
    PyExpr zeros = Py.call("ops.zeros", Py.ints(weight.dims()), Dtypes.of(weight.element()));
    return Py.call("Parameter", zeros);
  }
}
