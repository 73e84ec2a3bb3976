// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Windows that signals are weighted with, as sums of cosines. */
enum SignalWindows {
  HANN("HannWindow", 0.5, 0.5, 0),
  HAMMING("HammingWindow", 25.0 / 46, 21.0 / 46, 0),
  BLACKMAN("BlackmanWindow", 0.42, 0.5, 0.08);

  private static final long LONGEST = 1 << 20;

  private final String operator;
  private final double level;
  private final double first;
  private final double second;

  /** Of level − first · cos a + second · cos 2a. */
  SignalWindows(String operator, double level, double first, double second) {
    this.operator = operator;
    this.level = level;
    this.first = first;
    this.second = second;
  }

  static void register(OperatorCatalog.Builder ops) {
    for (SignalWindows window : values()) {
      ops.onnx(window.operator)
          .infer(SignalWindows::infer)
          .fold(window::fold)
          .since(17)
          .lower(window::lower);
    }
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    return List.of(TensorType.of(element(node), new Shape(List.of(size(node)))));
  }

  private static Dim size(NodeFacts node) {
    return node.contents(0).filter(c -> c.size() == 1).map(c -> c.get(0)).orElse(node.fresh(0, 0));
  }

  /** The type that 'output_datatype' names. */
  static ElementType element(NodeFacts node) throws ConversionException {
    long number = node.integer("output_datatype", FLOAT32.onnxNumber());
    return ElementType.ofOnnx(number)
        .orElseThrow(() -> node.malformed("there is no element type " + number));
  }

  private static long period(long size, boolean periodic) {
    return periodic ? size : size - 1;
  }

  private Optional<List<NumericTensor>> fold(NodeFacts node) throws ConversionException {
    Optional<NumericTensor> size = node.constant(0).filter(t -> t.size() == 1);
    boolean periodic = node.integer("periodic", 1) != 0;
    ElementType element = element(node);
    if (size.isEmpty() || size.get().integer(0) > LONGEST || !element.isFloating()) {
      return Optional.empty();
    }
    int length = Math.toIntExact(size.get().integer(0));
    long period = period(length, periodic);
    if (length < 0 || (length > 0 && period == 0)) {
      return Optional.empty();
    }
    double[] values =
        IntStream.range(0, length).mapToDouble(i -> at(2 * Math.PI * i / period)).toArray();
    return Optional.of(List.of(NumericTensor.ofReals(element, List.of((long) length), values)));
  }

  private double at(double angle) {
    return level - first * Math.cos(angle) + second * Math.cos(2 * angle);
  }

  private Lowered lower(NodeReading node) throws Refusal {
    ElementType element = node.outputType(0).element();
    node.without("output_datatype", "it is the output's type");
    if (Kernel.REALS.computing(element) == ElementType.FLOAT64) {
      throw new Refusal("a window in float64, whose size only a run tells");
    }
    PyExpr size = node.number(0);
    boolean periodic = node.integer("periodic", 1) != 0;
    PyExpr period = periodic ? size : Py.minus(size, Py.num(1));
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr places = Py.call("ops.arange", size).with("dtype", Dtypes.of(FLOAT32));
    PyExpr angle =
        steps.add("angle", Py.times(places, Py.divide(Py.num((float) (2 * Math.PI)), period)));
    PyExpr one = Py.times(Py.num((float) first), Py.call("ops.cos", angle));
    PyExpr window = Py.minus(Py.num((float) level), one);
    if (second != 0) {
      PyExpr twice = Py.call("ops.cos", Py.times(Py.num(2), angle));
      window = Py.plus(window, Py.times(Py.num((float) second), twice));
    }
    return steps.result(Kernel.cast(window, FLOAT32, element));
  }
}
