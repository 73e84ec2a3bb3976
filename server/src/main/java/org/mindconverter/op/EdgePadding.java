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
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Padding with a tensor's own elements: mirrored, its edges repeated, or wrapped around. */
final class EdgePadding {
  private final Mode mode;
  private final ElementType element;
  private final Shape shape;
  private final List<Pad.Width> widths;

  /** Of a tensor of that type, shape before negative widths take from it. */
  EdgePadding(Mode mode, ElementType element, Shape shape, List<Pad.Width> widths) {
    this.mode = mode;
    this.element = element;
    this.shape = Pad.cropped(shape, widths);
    this.widths = widths.stream().map(Pad.Width::added).toList();
  }

  /** Where the new elements come from. */
  enum Mode {
    /** Mirrored at the first and the last element. */
    REFLECT("reflect", "Reflection"),
    /** The first and the last element again. */
    EDGE("replicate", "Replication"),
    /** From the other end. */
    WRAP("", "");

    private final String function;
    private final String cell;

    Mode(String function, String cell) {
      this.function = function;
      this.cell = cell;
    }

    static Mode of(String name) throws Refusal {
      return switch (name) {
        case "reflect" -> REFLECT;
        case "edge" -> EDGE;
        case "wrap" -> WRAP;
        default -> throw new Refusal("attribute 'mode' of '%s' is not known".formatted(name));
      };
    }
  }

  /** The padded tensor. */
  Lowered pad(PyExpr x) throws Refusal {
    int rank = shape.rank();
    int spatial = rank == 4 ? 2 : 1;
    boolean inFront =
        widths.subList(0, Math.max(0, rank - spatial)).stream().anyMatch(w -> !w.addsNothing());
    // circular reads past the tensor where it is smaller than the width.
    boolean function =
        mode != Mode.WRAP
            && rank >= 2
            && rank <= 4
            && !inFront
            && element != ElementType.BOOL
            && fits();
    return function ? Lowered.of(call(x, spatial)) : axisByAxis(x);
  }

  private boolean fits() {
    for (int axis = 0; axis < widths.size(); axis++) {
      if (shape.dim(axis) instanceof Dim.Known size && !isWithin(widths.get(axis), size.value())) {
        return false;
      }
    }
    return true;
  }

  private boolean isWithin(Pad.Width width, long size) {
    Dim most = Dim.of(mode == Mode.REFLECT ? size - 1 : size);
    return mode == Mode.EDGE
        || (most.minus(width.before()).isAtLeast(0, 0)
            && most.minus(width.behind()).isAtLeast(0, 0));
  }

  private PyExpr call(PyExpr x, int spatial) {
    List<PyExpr> flat = new ArrayList<>();
    for (int axis = shape.rank() - 1; axis >= shape.rank() - spatial; axis--) {
      flat.add(NodeReading.dim(widths.get(axis).before()));
      flat.add(NodeReading.dim(widths.get(axis).behind()));
    }
    PyExpr form = Py.call("ops.pad", x, Py.tuple(flat)).with("mode", Py.text(mode.function));
    boolean fixed = flat.stream().allMatch(width -> width instanceof PyExpr.Int);
    return fixed && shape.rank() >= 3
        ? Cell.of("nn.%sPad%dd".formatted(mode.cell, spatial), "pad")
            .arg(Py.tuple(flat))
            .call(x)
            .or(form)
        : form;
  }

  private Lowered axisByAxis(PyExpr x) throws Refusal {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr result = x;
    for (int axis = 0; axis < widths.size(); axis++) {
      if (!widths.get(axis).addsNothing()) {
        result = along(steps.named("padded", result), axis, steps);
      }
    }
    return steps.result(result);
  }

  private PyExpr along(PyExpr x, int axis, Lowered.Steps steps) throws Refusal {
    Pad.Width width = widths.get(axis);
    Optional<Long> before = number(width.before());
    Optional<Long> behind = number(width.behind());
    Optional<Long> size = number(shape.dim(axis));
    if (before.isEmpty() || behind.isEmpty() || (size.isEmpty() && mode != Mode.EDGE)) {
      return Py.call("ops.gather", x, openSources(axis, steps), Py.num(axis));
    }
    if (size.isPresent() && !isWithin(width, size.get())) {
      PyExpr sources = new References.ConstRef(sources(axis).toTensor("indices"));
      return Py.call("ops.gather", x, sources, Py.num(axis));
    }
    List<PyExpr> parts = new ArrayList<>();
    if (before.get() > 0) {
      parts.add(before(x, axis, before.get()));
    }
    parts.add(x);
    if (behind.get() > 0) {
      parts.add(behind(x, axis, behind.get(), size.orElse(0L)));
    }
    return Py.call("ops.cat", Py.tuple(parts), Py.num(axis));
  }

  private static Optional<Long> number(Dim dim) {
    return dim.size().isPresent() ? Optional.of(dim.size().getAsLong()) : Optional.empty();
  }

  private PyExpr before(PyExpr x, int axis, long count) {
    return switch (mode) {
      case REFLECT -> Slice.along(x, axis, backwards(count, 0));
      case EDGE ->
          repeated(Slice.along(x, axis, range(Optional.empty(), Optional.of(1L))), axis, count);
      case WRAP -> Slice.along(x, axis, range(Optional.of(-count), Optional.empty()));
    };
  }

  private PyExpr behind(PyExpr x, int axis, long count, long size) {
    return switch (mode) {
      case REFLECT -> Slice.along(x, axis, backwards(size - 2, size - 2 - count));
      case EDGE ->
          repeated(Slice.along(x, axis, range(Optional.of(-1L), Optional.empty())), axis, count);
      case WRAP -> Slice.along(x, axis, range(Optional.empty(), Optional.of(count)));
    };
  }

  // An end before the first element is left out: as a number it would count from the end.
  private static PyExpr backwards(long start, long end) {
    Optional<PyExpr> stop = Optional.of(end).filter(e -> e >= 0).map(Py::num);
    return new PyExpr.Range(Optional.of(Py.num(start)), stop, Optional.of(Py.num(-1)));
  }

  private static PyExpr range(Optional<Long> start, Optional<Long> end) {
    return Py.range(start.map(Py::num), end.map(Py::num));
  }

  private PyExpr repeated(PyExpr edge, int axis, long count) {
    if (count == 1) {
      return edge;
    }
    List<Long> repeats = new ArrayList<>(Collections.nCopies(shape.rank(), 1L));
    repeats.set(axis, count);
    return Py.method(edge, "tile", Py.ints(repeats));
  }

  // As the table of sources, where only a run tells the size or the widths.
  private PyExpr openSources(int axis, Lowered.Steps steps) {
    Pad.Width width = widths.get(axis);
    PyExpr size = NodeReading.dim(shape.dim(axis));
    PyExpr first = NodeReading.dim(Dim.of(0).minus(width.before()));
    PyExpr end = NodeReading.dim(shape.dim(axis).plus(width.behind()));
    PyExpr places = Py.call("ops.arange", first, end);
    PyExpr one = Py.num(1);
    return switch (mode) {
      case WRAP -> Py.binary(places, PyExpr.Operator.MODULO, size);
      case EDGE -> Py.call("ops.clamp", places, Py.num(0), Py.minus(size, one));
      case REFLECT -> {
        PyExpr turns = Py.times(Py.num(2), Py.minus(size, one));
        PyExpr period = steps.add("period", Py.call("max", turns, one));
        PyExpr place = steps.add("place", Py.binary(places, PyExpr.Operator.MODULO, period));
        yield Py.call("ops.minimum", place, Py.minus(period, place));
      }
    };
  }

  // Of a small tensor: mirrored or wrapped more than once.
  private NumericTensor sources(int axis) throws Refusal {
    long size = number(shape.dim(axis)).orElseThrow();
    long before = number(widths.get(axis).before()).orElseThrow();
    long count = size + before + number(widths.get(axis).behind()).orElseThrow();
    if (size == 0 || count > NumericTensor.MOST_ELEMENTS) {
      throw new Refusal("attribute 'mode': axis %d of size %d cannot grow".formatted(axis, size));
    }
    List<Long> sources = new ArrayList<>();
    for (long i = -before; i < count - before; i++) {
      sources.add(mode == Mode.WRAP ? Math.floorMod(i, size) : mirrored(i, size));
    }
    return NumericTensor.ofLongs(sources);
  }

  private static long mirrored(long position, long size) {
    if (size == 1) {
      return 0;
    }
    long period = 2 * (size - 1);
    long inPeriod = Math.floorMod(position, period);
    return inPeriod < size ? inPeriod : period - inPeriod;
  }
}
