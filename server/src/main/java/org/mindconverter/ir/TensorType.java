// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.Objects;
import java.util.Optional;

/**
 * What is known of a tensor before a run.
 *
 * @param element UNDEFINED when not even that is known
 * @param shape empty when not even the rank is known
 */
public record TensorType(ElementType element, Optional<Shape> shape) implements ValueType {
  /** Nothing is known. */
  public static final TensorType UNKNOWN = new TensorType(ElementType.UNDEFINED, Optional.empty());

  /** Neither is null. */
  public TensorType {
    Objects.requireNonNull(element);
    Objects.requireNonNull(shape);
  }

  /** A type with a shape. */
  public static TensorType of(ElementType element, Shape shape) {
    return new TensorType(element, Optional.of(shape));
  }

  /** The same elements in another shape. */
  public TensorType withShape(Shape other) {
    return of(element, other);
  }

  /** Other elements in the same shape. */
  public TensorType withElement(ElementType other) {
    return new TensorType(other, shape);
  }

  @Override
  public String toString() {
    return element.lowerName() + shape.map(Shape::toString).orElse("(?)");
  }
}
