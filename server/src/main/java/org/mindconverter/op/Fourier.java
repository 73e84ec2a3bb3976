// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.FLOAT64;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Discrete Fourier transforms. In ONNX the last axis of a complex tensor holds its real and its
 * imaginary parts; a real tensor has one of size 1.
 */
final class Fourier {
  static final Kernel COMPLEX = Kernel.of(FLOAT32, FLOAT64);

  private Fourier() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("DFT")
        .infer(node -> infer(node, OptionalLong.of(node.integer("axis", 1))))
        .since(17)
        .lower(node -> lower(node, node.integer("axis", 1)))
        .infer(node -> infer(node, axis(node.has(2), node.constant(2))))
        .since(20)
        .lower(Fourier::lowerInputs);
  }

  /** The last axis of the signal where none is given; nothing where only a run tells it. */
  private static OptionalLong axis(boolean given, Optional<NumericTensor> named) {
    if (!given) {
      return OptionalLong.of(-2);
    }
    return named.filter(n -> n.size() == 1).stream().mapToLong(n -> n.integer(0)).findFirst();
  }

  private static List<TensorType> infer(NodeFacts node, OptionalLong named)
      throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Shape shape = node.shape(0).get();
    int rank = shape.rank();
    if (named.isEmpty()) {
      return List.of(TensorType.of(node.element(0), node.freshShape(0, rank)));
    }
    int axis = Axes.front(node, named.getAsLong(), rank);
    if (rank < 2 || axis == rank - 1) {
      throw node.malformed("axis %d of %s is none of a signal's".formatted(axis, shape));
    }
    boolean inverse = node.integer("inverse", 0) != 0;
    boolean oneSided = node.integer("onesided", 0) != 0;
    Dim length = length(node, shape.dim(axis), inverse && oneSided).orElse(node.fresh(0, axis));
    Dim made = oneSided && !inverse ? length.floorDiv(Dim.of(2)).plus(Dim.of(1)) : length;
    Dim parts = Dim.of(oneSided && inverse ? 1 : 2);
    return List.of(TensorType.of(node.element(0), shape.with(axis, made).with(rank - 1, parts)));
  }

  private static Optional<Dim> length(NodeFacts node, Dim here, boolean fromHalf) {
    if (node.has(1)) {
      return node.contents(1).filter(row -> row.size() == 1).map(row -> row.get(0));
    }
    return Optional.of(fromHalf ? here.minus(Dim.of(1)).times(Dim.of(2)) : here);
  }

  private static Lowered lowerInputs(NodeReading node) throws Refusal {
    OptionalLong axis = axis(node.has(2), node.constant(2));
    return lower(node, axis.orElseThrow(() -> new Refusal("only a run tells the axis")));
  }

  private static Lowered lower(NodeReading node, long named) throws Refusal {
    boolean inverse = node.integer("inverse", 0) != 0;
    boolean oneSided = node.integer("onesided", 0) != 0;
    int rank = node.rank(0);
    int axis = node.axis(named, rank);
    boolean complex = node.size(0, rank - 1) == 2;
    if (oneSided && complex != inverse) {
      throw new Refusal(
          "one side of the spectrum of " + (complex ? "complex numbers" : "real numbers, inverse"));
    }
    ElementType element = node.element(0);
    ElementType computing = COMPLEX.computing(element);
    PyExpr length = node.has(1) ? wholeLength(node) : Py.none();
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = Kernel.cast(node.value(0), element, computing);
    PyExpr real = Slice.along(x, rank - 1, Py.num(0));
    PyExpr signal = complex ? steps.add("signal", joined(x, real, rank)) : real;
    String function = "ops." + (inverse ? "i" : "") + (oneSided ? "r" : "") + "fft";
    PyExpr spectrum = Py.call(function, signal, length, Py.num(axis));
    if (inverse && oneSided) {
      return steps.result(
          Kernel.cast(Py.call("ops.expand_dims", spectrum, Py.num(-1)), computing, element));
    }
    return steps.result(Kernel.cast(apart(steps.add("spectrum", spectrum)), computing, element));
  }

  private static PyExpr wholeLength(NodeReading node) throws Refusal {
    List<Dim> length =
        node.contents(1).orElseThrow(() -> new Refusal("only a run tells the length"));
    return NodeReading.dim(length.get(0));
  }

  /** Complex numbers of their parts in the last axis. */
  static PyExpr joined(PyExpr x, PyExpr real, int rank) {
    return Py.call(Py.call("ops.Complex"), real, Slice.along(x, rank - 1, Py.num(1)));
  }

  /** Complex numbers with their parts in a last axis. */
  static PyExpr apart(PyExpr z) {
    PyExpr parts = Py.tuple(Py.call("ops.real", z), Py.call("ops.imag", z));
    return Py.call("ops.stack", parts, Py.num(-1));
  }
}
