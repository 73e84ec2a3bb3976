// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A parameter of the source and how it is laid out anew. Evaluated only while the checkpoint is
 * written, so that a parameter's bytes never enter the heap.
 */
public sealed interface WeightExpression {
  /** Element type of the result. */
  ElementType element();

  /** Dimensions of the result. */
  List<Long> dims();

  /** The parameters that it reads, in order. */
  List<Tensor> bases();

  /** How the values change, such as {@code transpose(1,0)}; empty for the parameter itself. */
  String describe();

  /** The parameter itself. */
  static WeightExpression of(Tensor tensor) {
    return new Base(tensor);
  }

  /** With the axes in another order: axis {@code i} of the result is {@code axes.get(i)} here. */
  default WeightExpression transposed(List<Integer> axes) {
    if (axes.equals(IntStream.range(0, dims().size()).boxed().toList())) {
      return this;
    }
    if (this instanceof Transposed inner) {
      return inner.of().transposed(axes.stream().map(inner.axes()::get).toList());
    }
    return new Transposed(this, axes);
  }

  /** In another shape of as many elements. */
  default WeightExpression reshaped(List<Long> dims) {
    if (dims.equals(dims())) {
      return this;
    }
    if (this instanceof Reshaped inner) {
      return inner.of().reshaped(dims);
    }
    return new Reshaped(this, dims);
  }

  /** A range of one axis. Reaches through what is already cut, joined or given axes of size 1. */
  default WeightExpression sliced(int axis, long start, long length) {
    if (start == 0 && length == dims().get(axis)) {
      return this;
    }
    if (this instanceof Sliced inner && inner.axis() == axis) {
      return inner.of().sliced(axis, inner.start() + start, length);
    }
    if (this instanceof Concatenated joined && joined.axis() == axis) {
      return joined.range(start, length).orElse(new Sliced(this, axis, start, length));
    }
    if (this instanceof Reshaped outer && outer.innerAxis(axis).isPresent()) {
      List<Long> dims = new ArrayList<>(dims());
      dims.set(axis, length);
      return outer.of().sliced(outer.innerAxis(axis).getAsInt(), start, length).reshaped(dims);
    }
    return new Sliced(this, axis, start, length);
  }

  /** Several, one behind the other along an axis; neighbours cut from one are one again. */
  static WeightExpression concatenated(List<WeightExpression> parts, int axis) {
    List<WeightExpression> merged = new ArrayList<>();
    for (WeightExpression part : parts) {
      int last = merged.size() - 1;
      Optional<WeightExpression> both =
          merged.isEmpty() ? Optional.empty() : joined(merged.get(last), part, axis);
      if (both.isPresent()) {
        merged.set(last, both.get());
      } else {
        merged.add(part);
      }
    }
    return merged.size() == 1 ? merged.get(0) : new Concatenated(merged, axis);
  }

  private static Optional<WeightExpression> joined(
      WeightExpression a, WeightExpression b, int axis) {
    boolean neighbours =
        a instanceof Sliced x
            && b instanceof Sliced y
            && x.axis() == axis
            && y.axis() == axis
            && x.of().equals(y.of())
            && x.start() + x.length() == y.start();
    if (!neighbours) {
      return Optional.empty();
    }
    Sliced x = (Sliced) a;
    return Optional.of(x.of().sliced(axis, x.start(), x.length() + ((Sliced) b).length()));
  }

  /** With elements of another type. */
  default WeightExpression converted(ElementType type) {
    return type == element() ? this : new Converted(this, type);
  }

  /** The same over other tensors, or over what they are laid out from. */
  default WeightExpression over(Function<Tensor, WeightExpression> source) {
    if (this instanceof Base base) {
      return source.apply(base.tensor());
    }
    if (this instanceof Transposed t) {
      return t.of().over(source).transposed(t.axes());
    }
    if (this instanceof Reshaped r) {
      return r.of().over(source).reshaped(r.dims());
    }
    if (this instanceof Sliced s) {
      return s.of().over(source).sliced(s.axis(), s.start(), s.length());
    }
    if (this instanceof Concatenated c) {
      return concatenated(c.parts().stream().map(p -> p.over(source)).toList(), c.axis());
    }
    if (this instanceof Converted c) {
      return c.of().over(source).converted(c.element());
    }
    throw new AssertionError(this);
  }

  /** A parameter as the model stores it. */
  record Base(Tensor tensor) implements WeightExpression {
    @Override
    public ElementType element() {
      return tensor.element();
    }

    @Override
    public List<Long> dims() {
      return tensor.dims();
    }

    @Override
    public List<Tensor> bases() {
      return List.of(tensor);
    }

    @Override
    public String describe() {
      return "";
    }
  }

  /** Axes in another order. */
  record Transposed(WeightExpression of, List<Integer> axes) implements WeightExpression {
    /** Refuses what is no permutation. */
    public Transposed {
      axes = List.copyOf(axes);
      if (!axes.stream().sorted().toList().equals(range(of.dims().size()))) {
        throw new IllegalArgumentException(axes + " does not permute " + of.dims());
      }
    }

    private static List<Integer> range(int end) {
      return IntStream.range(0, end).boxed().toList();
    }

    @Override
    public ElementType element() {
      return of.element();
    }

    @Override
    public List<Long> dims() {
      return axes.stream().map(of.dims()::get).toList();
    }

    @Override
    public List<Tensor> bases() {
      return of.bases();
    }

    @Override
    public String describe() {
      return chain(of, "transpose", axes);
    }
  }

  /** Another shape. */
  record Reshaped(WeightExpression of, List<Long> dims) implements WeightExpression {
    /** Refuses another number of elements. */
    public Reshaped {
      dims = List.copyOf(dims);
      if (count(dims) != count(of.dims())) {
        throw new IllegalArgumentException(of.dims() + " cannot become " + dims);
      }
    }

    /** The axis that this one is, where both have the same elements before and along them. */
    private OptionalInt innerAxis(int axis) {
      long before = count(dims.subList(0, axis));
      for (int i = 0; i < of.dims().size(); i++) {
        if (of.dims().get(i).equals(dims.get(axis)) && count(of.dims().subList(0, i)) == before) {
          return OptionalInt.of(i);
        }
      }
      return OptionalInt.empty();
    }

    @Override
    public ElementType element() {
      return of.element();
    }

    @Override
    public List<Tensor> bases() {
      return of.bases();
    }

    @Override
    public String describe() {
      return chain(of, "reshape", dims);
    }
  }

  /** A range of one axis. */
  record Sliced(WeightExpression of, int axis, long start, long length)
      implements WeightExpression {
    /** Refuses what lies outside. */
    public Sliced {
      long size = of.dims().get(axis);
      if (start < 0 || length < 0 || start > size - length) {
        throw new IllegalArgumentException(
            "%d + %d lies outside of axis %d of %s".formatted(start, length, axis, of.dims()));
      }
    }

    @Override
    public ElementType element() {
      return of.element();
    }

    @Override
    public List<Long> dims() {
      List<Long> dims = new ArrayList<>(of.dims());
      dims.set(axis, length);
      return List.copyOf(dims);
    }

    @Override
    public List<Tensor> bases() {
      return of.bases();
    }

    @Override
    public String describe() {
      return chain(of, "slice", List.of(axis, start, start + length));
    }
  }

  /** Several, one behind the other along an axis. */
  record Concatenated(List<WeightExpression> parts, int axis) implements WeightExpression {
    /** Refuses parts that differ in type, or in an axis other than the joined one. */
    public Concatenated {
      parts = List.copyOf(parts);
      for (WeightExpression part : parts) {
        if (part.element() != parts.get(0).element()
            || !without(part.dims(), axis).equals(without(parts.get(0).dims(), axis))) {
          throw new IllegalArgumentException("the parts do not fit together");
        }
      }
    }

    /** A range of the joined axis, where it lies in one part or in whole parts. */
    private Optional<WeightExpression> range(long start, long length) {
      List<WeightExpression> whole = new ArrayList<>();
      long offset = 0;
      for (WeightExpression part : parts) {
        long size = part.dims().get(axis);
        if (start >= offset && start + length <= offset + size) {
          return Optional.of(part.sliced(axis, start - offset, length));
        }
        if (offset >= start && offset + size <= start + length) {
          whole.add(part);
        }
        offset += size;
      }
      long covered = whole.stream().mapToLong(p -> p.dims().get(axis)).sum();
      return covered == length ? Optional.of(concatenated(whole, axis)) : Optional.empty();
    }

    private static List<Long> without(List<Long> dims, int axis) {
      List<Long> rest = new ArrayList<>(dims);
      rest.remove(axis);
      return rest;
    }

    @Override
    public ElementType element() {
      return parts.get(0).element();
    }

    @Override
    public List<Long> dims() {
      List<Long> dims = new ArrayList<>(parts.get(0).dims());
      dims.set(axis, parts.stream().mapToLong(p -> p.dims().get(axis)).sum());
      return List.copyOf(dims);
    }

    @Override
    public List<Tensor> bases() {
      return parts.stream().flatMap(p -> p.bases().stream()).toList();
    }

    @Override
    public String describe() {
      String inner =
          parts.stream()
              .map(WeightExpression::describe)
              .filter(text -> !text.isEmpty())
              .distinct()
              .collect(Collectors.joining("; "));
      return (inner.isEmpty() ? "" : inner + ".") + "concat(" + axis + ")";
    }
  }

  /** Elements of another type. */
  record Converted(WeightExpression of, ElementType element) implements WeightExpression {
    @Override
    public List<Long> dims() {
      return of.dims();
    }

    @Override
    public List<Tensor> bases() {
      return of.bases();
    }

    @Override
    public String describe() {
      return chain(of, "cast", List.of(element.lowerName()));
    }
  }

  private static long count(List<Long> dims) {
    return dims.stream().reduce(1L, Math::multiplyExact);
  }

  private static String chain(WeightExpression of, String word, List<?> arguments) {
    String text =
        arguments.stream().map(Object::toString).collect(Collectors.joining(",", word + "(", ")"));
    return of.describe().isEmpty() ? text : of.describe() + "." + text;
  }
}
