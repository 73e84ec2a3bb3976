// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Dimensions of a tensor, outermost first; empty for a scalar. */
public record Shape(List<Dim> dims) {
  /** A scalar's shape. */
  public static final Shape SCALAR = new Shape(List.of());

  /** Copies. */
  public Shape {
    dims = List.copyOf(dims);
  }

  /** A shape of numbers. */
  public static Shape of(long... sizes) {
    return new Shape(Arrays.stream(sizes).mapToObj(Dim::of).toList());
  }

  /** A shape of numbers. */
  public static Shape ofSizes(List<Long> sizes) {
    return new Shape(sizes.stream().map(Dim::of).toList());
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.size();
  }

  /** The dimension at that axis, which may count from the end. */
  public Dim dim(int axis) {
    return dims.get(axis < 0 ? axis + rank() : axis);
  }

  /** Whether every dimension is a number. */
  public boolean isKnown() {
    return dims.stream().allMatch(d -> d instanceof Dim.Known);
  }

  /** The numbers, where all are. */
  public Optional<List<Long>> sizes() {
    if (!isKnown()) {
      return Optional.empty();
    }
    return Optional.of(dims.stream().map(d -> d.size().getAsLong()).toList());
  }

  /** Number of elements, where it is a number that 64 bits hold. */
  public OptionalLong elementCount() {
    return product().size();
  }

  /** Product of all dimensions. */
  public Dim product() {
    return dims.stream().reduce(Dim.of(1), Dim::times);
  }

  /** The same with one dimension replaced; the axis may count from the end. */
  public Shape with(int axis, Dim dim) {
    List<Dim> copy = new ArrayList<>(dims);
    copy.set(axis < 0 ? axis + rank() : axis, dim);
    return new Shape(copy);
  }

  /** The shape of the elementwise result of two operands, or nothing where they do not fit. */
  public static Optional<Shape> broadcast(Shape a, Shape b) {
    int rank = Math.max(a.rank(), b.rank());
    List<Dim> result = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      Dim x = i < rank - a.rank() ? Dim.of(1) : a.dims.get(i - rank + a.rank());
      Dim y = i < rank - b.rank() ? Dim.of(1) : b.dims.get(i - rank + b.rank());
      Optional<Dim> dim = broadcast(x, y);
      if (dim.isEmpty()) {
        return Optional.empty();
      }
      result.add(dim.get());
    }
    return Optional.of(new Shape(result));
  }

  private static Optional<Dim> broadcast(Dim x, Dim y) {
    if (x.equals(y) || y.is(1)) {
      return Optional.of(x);
    }
    if (x.is(1)) {
      return Optional.of(y);
    }
    if (x instanceof Dim.Known && y instanceof Dim.Known) {
      return Optional.empty();
    }
    if (x instanceof Dim.Symbolic && y instanceof Dim.Symbolic) {
      return Optional.of(x.max(y)); // equal, or one of them is one
    }
    // A symbol against a number above one can only be that number (or one, which gives it too).
    return Optional.of(x instanceof Dim.Known ? x : y);
  }

  @Override
  public String toString() {
    return dims.stream().map(Object::toString).collect(Collectors.joining(", ", "(", ")"));
  }
}
