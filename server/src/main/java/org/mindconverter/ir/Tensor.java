// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.List;
import java.util.Objects;

/**
 * A constant: type, shape, and where its bytes are. Bytes are little-endian and row-major.
 *
 * @param name where the model gives one; empty for folded results
 * @param dims dimensions; empty for a scalar
 */
public record Tensor(String name, ElementType element, List<Long> dims, TensorData data) {
  /** Refuses negative dimensions and data of another length than the type and shape say. */
  public Tensor {
    Objects.requireNonNull(name);
    Objects.requireNonNull(element);
    dims = List.copyOf(dims);
    Objects.requireNonNull(data);
    if (dims.stream().anyMatch(d -> d < 0)) {
      throw new IllegalArgumentException("a dimension of " + name + " is negative");
    }
    if (data.length() != byteLength(element, dims)) {
      throw new IllegalArgumentException(
          "%s has %d bytes, not %d".formatted(name, data.length(), byteLength(element, dims)));
    }
  }

  /**
   * Bytes of a tensor of that type and shape; elements under a byte are packed.
   *
   * @throws ArithmeticException 64 bits do not hold it
   */
  public static long byteLength(ElementType element, List<Long> dims) {
    long count = dims.stream().reduce(1L, Math::multiplyExact);
    return Math.addExact(Math.multiplyExact(count, (long) element.bits()), 7) / 8;
  }

  /** Number of elements. */
  public long elementCount() {
    return dims.stream().reduce(1L, Math::multiplyExact);
  }

  /** The type that a value of these contents has. */
  public TensorType type() {
    return TensorType.of(element, Shape.ofSizes(dims));
  }

  /** The same under another name. */
  public Tensor named(String other) {
    return new Tensor(other, element, dims, data);
  }
}
