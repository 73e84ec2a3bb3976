// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;
import org.mindconverter.ir.ElementType;

/** A result that is put together from elements of other tensors of its type. */
final class Assembly {
  private final ElementType element;
  private final List<Long> dims;
  private final long[] integers;
  private final double[] reals;

  Assembly(ElementType element, List<Long> dims) {
    this.element = element;
    this.dims = dims;
    int count = Places.count(dims);
    this.integers = new long[element.isFloating() ? 0 : count];
    this.reals = new double[element.isFloating() ? count : 0];
  }

  /** Begins with all elements of another. */
  static Assembly copyOf(NumericTensor other) {
    Assembly copy = new Assembly(other.element(), other.dims());
    for (int i = 0; i < other.count(); i++) {
      copy.set(i, other, i);
    }
    return copy;
  }

  /** Begins with one number everywhere. */
  static Assembly filled(List<Long> dims, NumericTensor scalar) {
    Assembly filled = new Assembly(scalar.element(), dims);
    for (int i = 0; i < Places.count(dims); i++) {
      filled.set(i, scalar, 0);
    }
    return filled;
  }

  void set(int at, NumericTensor from, int position) {
    if (element.isFloating()) {
      reals[at] = from.real(position);
    } else {
      integers[at] = from.integer(position);
    }
  }

  /** What stands there now, as a scalar. */
  NumericTensor get(int at) {
    return element.isFloating()
        ? NumericTensor.ofReals(element, List.of(), new double[] {reals[at]})
        : NumericTensor.ofIntegers(element, List.of(), new long[] {integers[at]});
  }

  NumericTensor finish() {
    return element.isFloating()
        ? NumericTensor.ofReals(element, dims, reals)
        : NumericTensor.ofIntegers(element, dims, integers);
  }
}
