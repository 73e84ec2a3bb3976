// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.Objects;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * What Slice takes of one axis. Positions may count from the end and may lie past the ends, which
 * then are meant.
 *
 * @param step never 0; a negative one walks backwards
 */
record Cut(Dim start, Dim end, long step) {
  // Exporters write the largest number of 32 or 64 bits for "to the end", wherever that is.
  private static final long FAR = Integer.MAX_VALUE;
  private static final Dim ONE = Dim.of(1);
  private static final Dim ZERO = Dim.of(0);

  Cut {
    Objects.requireNonNull(start);
    Objects.requireNonNull(end);
    if (step == 0) {
      throw new IllegalArgumentException("a slice in steps of zero");
    }
  }

  /**
   * How many elements it takes of an axis of that size, where that can be said.
   *
   * <p>Leaves empty axes aside, so that a class token or a last state is one element.
   */
  Optional<Dim> length(Dim size) {
    Optional<Dim> first = step > 0 ? ahead(start, size) : backwards(start, size);
    Optional<Dim> last = step > 0 ? ahead(end, size) : backwards(end, size);
    if (first.isEmpty() || last.isEmpty()) {
      return Optional.empty();
    }
    Dim distance = step > 0 ? last.get().minus(first.get()) : first.get().minus(last.get());
    Dim stride = Dim.of(Math.absExact(step));
    Dim span = distance.isAtLeast(0, 1) ? distance : distance.max(ZERO);
    return Optional.of(span.plus(stride).minus(ONE).floorDiv(stride));
  }

  /** The first element that it takes of an axis of that size, where both are numbers. */
  Optional<Long> first(Dim size) {
    Optional<Dim> first = step > 0 ? ahead(start, size) : backwards(start, size);
    return first.filter(d -> d instanceof Dim.Known).map(d -> d.size().getAsLong());
  }

  /**
   * The numbers of the elements that it takes of an axis of that size, where that can be said:
   * {@code ops.arange(start, end, step)}.
   */
  Optional<PyExpr> numbers(Dim size) {
    Optional<Dim> first = step > 0 ? ahead(start, size) : backwards(start, size);
    Optional<Dim> last = step > 0 ? ahead(end, size) : backwards(end, size);
    return first.isEmpty() || last.isEmpty()
        ? Optional.empty()
        : Optional.of(
            Py.call(
                "ops.arange",
                NodeReading.dim(first.get()),
                NodeReading.dim(last.get()),
                Py.num(step)));
  }

  /** Whether it takes the whole of an axis of that size, last element first. */
  boolean isReversal(Dim size) {
    return step == -1 && isFirst(size) && isLast(size);
  }

  // A position between 0 and the size.
  private static Optional<Dim> ahead(Dim position, Dim size) {
    if (isFar(position, 1)) {
      return Optional.of(size);
    }
    if (isFar(position, -1)) {
      return Optional.of(ZERO);
    }
    if (position.isAtLeast(0, 0)) {
      return Optional.of(atMost(position, size));
    }
    Dim fromEnd = ZERO.minus(position);
    return fromEnd.isAtLeast(0, 0)
        ? Optional.of(size.minus(atMost(fromEnd, size)))
        : Optional.empty();
  }

  // A position between -1, before the first element, and the last one.
  private static Optional<Dim> backwards(Dim position, Dim size) {
    if (isFar(position, 1)) {
      return Optional.of(size.minus(ONE));
    }
    if (isFar(position, -1)) {
      return Optional.of(Dim.of(-1));
    }
    if (position.isAtLeast(0, 0)) {
      return Optional.of(position.min(size.minus(ONE)));
    }
    Dim fromEnd = ZERO.minus(position);
    return fromEnd.isAtLeast(0, 0)
        ? Optional.of(size.minus(fromEnd.min(size.plus(ONE))))
        : Optional.empty();
  }

  private static Dim atMost(Dim position, Dim size) {
    return position.is(1) && size.isAtLeast(1, 1) ? ONE : position.min(size);
  }

  private static boolean isFar(Dim position, int sign) {
    return position instanceof Dim.Known known
        && (sign > 0 ? known.value() >= FAR : known.value() <= -FAR);
  }

  /**
   * {@code start:end:step} as Python writes it, which means the same; ends are left out. Where it
   * is to be turned afterwards, what it takes in its order.
   */
  PyExpr subscript(Dim size) {
    Optional<Dim> length = length(size);
    if (length.isPresent() && length.get().is(0)) {
      return Py.range(Optional.of(Py.num(0)), Optional.of(Py.num(0)));
    }
    if (isTurnedAfterwards(size)) {
      return new Cut(after(end), after(start), 1).subscript(size);
    }
    boolean fromFirst = isFirst(size);
    boolean toLast = isLast(size);
    return new PyExpr.Range(
        fromFirst ? Optional.empty() : Optional.of(NodeReading.dim(start)),
        toLast ? Optional.empty() : Optional.of(NodeReading.dim(end)),
        step == 1 ? Optional.empty() : Optional.of(Py.num(step)));
  }

  /**
   * What takes the elements of {@link #subscript} in this order, where that does not.
   *
   * <p>Walking backwards, MindSpore does not keep positions past the ends within them.
   */
  Optional<PyExpr> turn(Dim size) {
    return isTurnedAfterwards(size)
        ? Optional.of(
            new PyExpr.Range(Optional.empty(), Optional.empty(), Optional.of(Py.num(step))))
        : Optional.empty();
  }

  private boolean isTurnedAfterwards(Dim size) {
    return step < 0
        && length(size).filter(length -> length.is(0)).isEmpty()
        && start instanceof Dim.Known
        && end instanceof Dim.Known
        && !((isFirst(size) || isInside(start, size)) && (isLast(size) || isInside(end, size)));
  }

  private static boolean isInside(Dim position, Dim size) {
    Dim room = position.isAtLeast(0, 0) ? size.minus(ONE).minus(position) : size.plus(position);
    return room.isAtLeast(0, 1);
  }

  // The place behind a position; behind the last element is the end.
  private static Dim after(Dim position) {
    if (isFar(position, 1) || position.is(-1)) {
      return Dim.of(Long.MAX_VALUE);
    }
    return isFar(position, -1) ? ZERO : position.plus(ONE);
  }

  private boolean isFirst(Dim size) {
    return step > 0
        ? ahead(start, size).filter(ZERO::equals).isPresent()
        : backwards(start, size).filter(size.minus(ONE)::equals).isPresent();
  }

  private boolean isLast(Dim size) {
    return step > 0
        ? ahead(end, size).filter(size::equals).isPresent()
        : backwards(end, size).filter(Dim.of(-1)::equals).isPresent();
  }
}
