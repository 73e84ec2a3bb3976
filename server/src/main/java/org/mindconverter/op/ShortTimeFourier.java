// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * ONNX's STFT: the spectra of frames that follow each other in a signal of shape (batch, length,
 * 1), or (batch, length, 2) where it is complex.
 */
final class ShortTimeFourier {
  private static final int STEP = 1;
  private static final int WINDOW = 2;
  private static final int LENGTH = 3;
  private static final int PARTS = 2; // the signal's last axis
  private static final int FRAMED_PARTS = 3;

  private ShortTimeFourier() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("STFT").infer(ShortTimeFourier::infer).since(17).lower(ShortTimeFourier::lower);
  }

  // (batch, frames, bins, 2)
  private static List<TensorType> infer(NodeFacts node) {
    if (node.shape(0).filter(shape -> shape.rank() == 3).isEmpty()) {
      return List.of(TensorType.of(node.element(0), node.freshShape(0, 4)));
    }
    Shape signal = node.shape(0).get();
    Optional<Dim> step = number(node, STEP);
    Optional<Dim> length = length(node);
    boolean oneSided = node.integer("onesided", 1) != 0;
    Dim frames =
        step.isPresent() && length.isPresent()
            ? frames(signal.dim(1), length.get(), step.get())
            : node.fresh(0, 1);
    Dim bins =
        length
            .map(l -> oneSided ? l.floorDiv(Dim.of(2)).plus(Dim.of(1)) : l)
            .orElse(node.fresh(0, 2));
    Shape shape = new Shape(List.of(signal.dim(0), frames, bins, Dim.of(2)));
    return List.of(TensorType.of(node.element(0), shape));
  }

  private static Dim frames(Dim signal, Dim length, Dim step) {
    return signal.minus(length).floorDiv(step).plus(Dim.of(1));
  }

  private static Optional<Dim> number(NodeFacts node, int input) {
    return node.contents(input).filter(c -> c.size() == 1).map(c -> c.get(0));
  }

  /** How long a frame is: named, or as long as the window, or as the signal. */
  private static Optional<Dim> length(NodeFacts node) {
    if (node.has(LENGTH)) {
      return number(node, LENGTH);
    }
    return node.has(WINDOW)
        ? node.shape(WINDOW).map(shape -> shape.dim(0))
        : node.shape(0).map(shape -> shape.dim(1));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    Shape signal = node.shape(0);
    if (signal.rank() != 3) {
      throw new Refusal("a signal of rank %d".formatted(signal.rank()));
    }
    boolean oneSided = node.integer("onesided", 1) != 0;
    boolean complex = node.size(0, PARTS) == 2;
    if (complex && oneSided) {
      throw new Refusal("one side of the spectrum of complex numbers");
    }
    ElementType element = node.element(0);
    ElementType computing = Fourier.COMPLEX.computing(element);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr framed =
        steps.add("frames", framed(node, Kernel.cast(node.value(0), element, computing)));
    if (node.has(WINDOW)) {
      PyExpr window = Kernel.cast(node.value(WINDOW), node.element(WINDOW), computing);
      framed =
          steps.add("frames", Py.times(framed, Py.call("ops.expand_dims", window, Py.num(-1))));
    }
    PyExpr real = Slice.along(framed, FRAMED_PARTS, Py.num(0));
    PyExpr frame = complex ? Fourier.joined(framed, real, FRAMED_PARTS + 1) : real;
    PyExpr spectrum = steps.add("spectrum", Py.call(oneSided ? "ops.rfft" : "ops.fft", frame));
    return steps.result(Kernel.cast(Fourier.apart(spectrum), computing, element));
  }

  /** How many frames there are, where only a run tells. */
  private static PyExpr counted(Dim signal, PyExpr length, PyExpr step) {
    PyExpr rest = Py.minus(NodeReading.dim(signal), length);
    return Py.plus(Py.binary(rest, PyExpr.Operator.FLOOR_DIVIDE, step), Py.num(1));
  }

  /** Each frame on a row of its own: (batch, frames, length, parts). */
  private static PyExpr framed(NodeReading node, PyExpr x) throws Refusal {
    Dim signal = node.shape(0).dim(1);
    Optional<Dim> known = length(node.facts());
    PyExpr length = known.isPresent() ? NodeReading.dim(known.get()) : node.number(LENGTH);
    node.contents(LENGTH);
    PyExpr step = node.number(STEP);
    boolean open = known.isEmpty() || number(node.facts(), STEP).isEmpty();
    PyExpr count =
        open ? counted(signal, length, step) : NodeReading.dim(node.outputShape(0).dim(1));
    PyExpr begins = Py.method(Py.call("ops.arange", count), "reshape", Py.ints(List.of(-1, 1)));
    PyExpr positions =
        Py.plus(
            step.equals(Py.num(1)) ? begins : Py.times(begins, step),
            Py.call("ops.arange", length));
    return Py.call("ops.gather", x, positions, Py.num(1));
  }
}
