// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.mindconverter.ir.ElementBytes;
import org.mindconverter.ir.ElementCast;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;

/**
 * A small tensor whose elements are at hand: whole numbers and truth values as {@code long}, real
 * ones as {@code double} rounded to their element type.
 */
public final class NumericTensor {
  /** Most elements that are ever read for computing: bounds the heap whatever the model says. */
  public static final long MOST_ELEMENTS = 1 << 20;

  private final ElementType element;
  private final List<Long> dims;
  private final long[] integers;
  private final double[] reals;

  private NumericTensor(ElementType element, List<Long> dims, long[] integers, double[] reals) {
    this.element = Objects.requireNonNull(element);
    this.dims = List.copyOf(dims);
    this.integers = integers;
    this.reals = reals;
    int count = Places.count(dims);
    if (count != (element.isFloating() ? reals.length : integers.length)) {
      throw new IllegalArgumentException(count + " elements were promised");
    }
  }

  /** Whole numbers or truth values (0 and 1), wrapped around to the element type. */
  public static NumericTensor ofIntegers(ElementType element, List<Long> dims, long[] values) {
    if (element.isFloating()) {
      throw new IllegalArgumentException(element + " is not whole");
    }
    return new NumericTensor(
        element,
        dims,
        Arrays.stream(values).map(v -> ElementCast.wrap(element, v)).toArray(),
        new double[0]);
  }

  /** Real numbers, rounded to the element type. */
  public static NumericTensor ofReals(ElementType element, List<Long> dims, double[] values) {
    if (!element.isFloating()) {
      throw new IllegalArgumentException(element + " is not real");
    }
    return new NumericTensor(
        element,
        dims,
        new long[0],
        Arrays.stream(values).map(v -> ElementCast.round(element, v)).toArray());
  }

  /** A row of int64. */
  public static NumericTensor ofLongs(List<Long> values) {
    return ofIntegers(
        ElementType.INT64,
        List.of((long) values.size()),
        values.stream().mapToLong(Long::longValue).toArray());
  }

  /** Whether a tensor of that size and type can be computed with. */
  public static boolean isReadable(Tensor tensor) {
    return tensor.element().isMindSpore() && tensor.elementCount() <= MOST_ELEMENTS;
  }

  /**
   * The elements of a tensor.
   *
   * @throws UncheckedIOException its bytes cannot be read
   */
  public static NumericTensor of(Tensor tensor) {
    if (!isReadable(tensor)) {
      throw new IllegalArgumentException(tensor.name() + " is not a small numeric tensor");
    }
    ByteBuffer bytes;
    try {
      bytes = ByteBuffer.wrap(tensor.data().bytes()).order(ByteOrder.LITTLE_ENDIAN);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    int count = Math.toIntExact(tensor.elementCount());
    ElementType element = tensor.element();
    if (element.isFloating()) {
      double[] reals = new double[count];
      ElementBytes.getReals(element, bytes, reals, count);
      return new NumericTensor(element, tensor.dims(), new long[0], reals);
    }
    long[] integers = new long[count];
    ElementBytes.getIntegers(element, bytes, integers, count);
    return new NumericTensor(element, tensor.dims(), integers, new double[0]);
  }

  /** As a tensor of the graph. */
  public Tensor toTensor(String name) {
    int count = Math.toIntExact(size());
    ByteBuffer bytes = ByteBuffer.allocate(count * element.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    if (element.isFloating()) {
      ElementBytes.putReals(element, reals, count, bytes);
    } else {
      ElementBytes.putIntegers(element, integers, count, bytes);
    }
    return new Tensor(name, element, dims, TensorData.of(bytes.array()));
  }

  /** Element type. */
  public ElementType element() {
    return element;
  }

  /** Dimensions; empty for a scalar. */
  public List<Long> dims() {
    return dims;
  }

  /** Number of elements. */
  public long size() {
    return element.isFloating() ? reals.length : integers.length;
  }

  /** Number of dimensions. */
  public int rank() {
    return dims.size();
  }

  /** Number of elements. */
  int count() {
    return element.isFloating() ? reals.length : integers.length;
  }

  /** The whole number at that row-major position. */
  public long integer(int index) {
    return integers[index];
  }

  /** The number at that row-major position, whole ones too. */
  public double real(int index) {
    return element.isFloating()
        ? reals[index]
        : ElementCast.toReal(ElementType.FLOAT64, element, integers[index]);
  }

  /** The elements at those row-major positions, in that shape. */
  NumericTensor picked(List<Long> shape, int[] positions) {
    return element.isFloating()
        ? new NumericTensor(
            element,
            shape,
            new long[0],
            Arrays.stream(positions).mapToDouble(p -> reals[p]).toArray())
        : new NumericTensor(
            element,
            shape,
            Arrays.stream(positions).mapToLong(p -> integers[p]).toArray(),
            new double[0]);
  }

  /** The same elements in another shape of as many. */
  NumericTensor inShape(List<Long> shape) {
    return new NumericTensor(element, shape, integers, reals);
  }

  /** All whole numbers, row-major. */
  public long[] integers() {
    return integers.clone();
  }

  /** All numbers, row-major; whole ones lose what 53 bits do not hold. */
  public double[] reals() {
    return element.isFloating()
        ? reals.clone()
        : LongStream.of(integers)
            .mapToDouble(v -> ElementCast.toReal(ElementType.FLOAT64, element, v))
            .toArray();
  }

  /** Whether every element is zero, of either sign. */
  public boolean isZero() {
    return element.isFloating()
        ? Arrays.stream(reals).allMatch(v -> v == 0)
        : Arrays.stream(integers).allMatch(v -> v == 0);
  }

  /** All whole numbers as a list. */
  public List<Long> toLongs() {
    return LongStream.of(integers).boxed().toList();
  }
}
