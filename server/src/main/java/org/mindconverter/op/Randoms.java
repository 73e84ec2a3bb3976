// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT32;

import java.util.List;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that draw numbers. Never computed early: each run draws its own. */
final class Randoms {
  private static final String OWN_STREAM = "MindSpore draws from streams of its own";

  private Randoms() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("RandomUniformLike")
        .infer(Randoms::inferLike)
        .since(1, 22)
        .lower(node -> like(node, "ops.rand_like", Randoms::uniform));
    ops.onnx("RandomNormalLike")
        .infer(Randoms::inferLike)
        .since(1, 22)
        .lower(node -> like(node, "ops.randn_like", Randoms::normal));
    ops.onnx("RandomUniform")
        .infer(Randoms::inferShaped)
        .since(1, 22)
        .lower(node -> shaped(node, "ops.rand", Randoms::uniform));
    ops.onnx("RandomNormal")
        .infer(Randoms::inferShaped)
        .since(1, 22)
        .lower(node -> shaped(node, "ops.randn", Randoms::normal));
    ops.onnx("Bernoulli").infer(Randoms::inferLike).since(15, 22).lower(Randoms::bernoulli);
    ops.onnx("Multinomial").infer(Randoms::inferMultinomial).since(7).lower(Randoms::multinomial);
    registerDropout(ops);
  }

  private static void registerDropout(OperatorCatalog.Builder ops) {
    ops.onnx("Dropout")
        .infer(Randoms::inferDropout)
        .since(7, 10)
        .lower(node -> dropout(node, node.real("ratio", 0.5f)))
        .alias(Randoms::unusedDropout)
        .since(12, 13, 22)
        .lower(Randoms::dropoutByInputs);
  }

  private static List<TensorType> inferLike(NodeFacts node) throws ConversionException {
    return List.of(node.type(0).withElement(named(node, node.element(0))));
  }

  private static List<TensorType> inferShaped(NodeFacts node) throws ConversionException {
    return List.of(
        TensorType.of(named(node, FLOAT32), Shape.ofSizes(node.integers("shape", List.of()))));
  }

  private static ElementType named(NodeFacts node, ElementType otherwise)
      throws ConversionException {
    long number = node.integer("dtype", otherwise.onnxNumber());
    return ElementType.ofOnnx(number)
        .orElseThrow(() -> node.malformed("there is no element type " + number));
  }

  private static ElementType drawn(NodeReading node) throws Refusal {
    ElementType element = node.outputType(0).element();
    node.without("dtype", "it is the output's type");
    node.without("seed", OWN_STREAM);
    if (!element.isMindSpore()) {
      throw new Refusal("attribute 'dtype' names %s".formatted(element.lowerName()));
    }
    return element;
  }

  private static Lowered like(NodeReading node, String function, Scaling scaling) throws Refusal {
    ElementType element = drawn(node);
    PyExpr.Call call = Py.call(function, node.value(0));
    PyExpr draw = element == node.type(0).element() ? call : call.with("dtype", Dtypes.of(element));
    return Lowered.of(scaling.of(node, draw));
  }

  private static Lowered shaped(NodeReading node, String function, Scaling scaling) throws Refusal {
    ElementType element = drawn(node);
    List<Long> shape =
        node.integers("shape").orElseThrow(() -> new Refusal("attribute 'shape' is missing"));
    PyExpr.Call call = Py.call(function, shape.stream().map(Py::num).toArray(PyExpr[]::new));
    PyExpr draw = element == FLOAT32 ? call : call.with("dtype", Dtypes.of(element));
    return Lowered.of(scaling.of(node, draw));
  }

  private static PyExpr uniform(NodeReading node, PyExpr draw) {
    float low = node.real("low", 0);
    float high = node.real("high", 1);
    return moved(draw, high - low, low);
  }

  private static PyExpr normal(NodeReading node, PyExpr draw) {
    return moved(draw, node.real("scale", 1), node.real("mean", 0));
  }

  private static PyExpr moved(PyExpr draw, float scale, float shift) {
    PyExpr scaled = scale == 1 ? draw : Py.times(draw, Py.num(scale));
    return shift == 0 ? scaled : Py.plus(scaled, Py.num(shift));
  }

  /** 1 with the probability that the input names: the definition's word, not its function body. */
  private static Lowered bernoulli(NodeReading node) throws Refusal {
    ElementType element = drawn(node);
    ElementType given = node.element(0);
    PyExpr x = Kernel.cast(node.value(0), given, Kernel.REALS.computing(given));
    PyExpr hit = Py.binary(Py.call("ops.rand_like", x), PyExpr.Operator.LESS, x);
    return Lowered.of(Kernel.cast(hit, BOOL, element));
  }

  private static List<TensorType> inferMultinomial(NodeFacts node) throws ConversionException {
    Dim samples = Dim.of(node.integer("sample_size", 1));
    return List.of(
        new TensorType(
            named(node, INT32),
            node.shape(0).map(shape -> new Shape(List.of(shape.dim(0), samples)))));
  }

  /** Classes drawn by the logarithms of their weights. */
  private static Lowered multinomial(NodeReading node) throws Refusal {
    ElementType element = drawn(node);
    PyExpr logarithms = Kernel.cast(node.value(0), node.element(0), FLOAT32);
    PyExpr samples = Py.num(node.integer("sample_size", 1));
    PyExpr draw =
        Py.call("ops.multinomial", Softmaxes.softmax(logarithms, -1), samples, Py.bool(true));
    return Lowered.of(Kernel.cast(draw, INT32, element));
  }

  private static List<TensorType> inferDropout(NodeFacts node) {
    return List.of(node.type(0), node.type(0).withElement(BOOL));
  }

  /** Switched off for good. Without a switch it waits for training, as before opset 12. */
  private static OptionalInt unusedDropout(NodeFacts node) {
    boolean maskWanted = node.node().output(1).isPresent();
    return isSwitchedOff(node) && !maskWanted ? OptionalInt.of(0) : OptionalInt.empty();
  }

  private static boolean isSwitchedOff(NodeFacts node) {
    return node.has(2)
        && node.constant(2).map(t -> t.size() == 1 && t.integer(0) == 0).orElse(false);
  }

  private static Lowered dropoutByInputs(NodeReading node) throws Refusal {
    node.without("seed", OWN_STREAM);
    if (node.has(2) && node.constant(2).isEmpty()) {
      return switchedDropout(node);
    }
    boolean training = node.has(2) && node.requireConstant(2).integer(0) != 0;
    float ratio = training || hasRatio(node) ? ratio(node) : 0;
    if (ratio == 0 || (!training && node.wants(1))) {
      node.withoutInput(1, "nothing is dropped");
      PyExpr x = node.value(0);
      PyExpr mask = Py.call("ops.ones_like", x).with("dtype", Dtypes.of(BOOL));
      return new Lowered(List.of(), List.of(x, mask));
    }
    return dropout(node, ratio);
  }

  /** Only a run tells whether to drop, and perhaps how many. */
  private static Lowered switchedDropout(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    ElementType computing = Kernel.REALS.computing(element);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = steps.named("x", Kernel.cast(node.value(0), element, computing));
    PyExpr ratio = node.has(1) ? node.number(1) : Py.num(0.5f);
    PyExpr drawn = Py.binary(Py.call("ops.rand_like", x), PyExpr.Operator.GREATER_EQUAL, ratio);
    PyExpr training = node.value(2);
    PyExpr mask =
        steps.add("mask", Py.call("ops.logical_or", drawn, Py.call("ops.logical_not", training)));
    PyExpr kept = Py.divide(x, Py.minus(Py.num(1), ratio));
    PyExpr dropped = Py.call("ops.where", mask, kept, Py.num(0f));
    PyExpr result = Py.call("ops.where", training, dropped, x);
    // A computed ratio may be of a wider type.
    PyExpr y = Py.method(result, "astype", Dtypes.of(element));
    return steps.results(List.of(y, mask));
  }

  /** Whether MindSpore's dropout could wait with that ratio. */
  private static boolean hasRatio(NodeReading node) {
    return !node.has(1)
        || node.constant(1)
            .filter(t -> t.size() == 1 && t.real(0) >= 0 && t.real(0) < 1)
            .isPresent();
  }

  private static float ratio(NodeReading node) throws Refusal {
    if (!node.has(1)) {
      return 0.5f;
    }
    NumericTensor ratio = node.requireConstant(1);
    if (ratio.size() != 1) {
      throw new Refusal("input 1 is not one ratio");
    }
    return (float) ratio.real(0);
  }

  private static Lowered dropout(NodeReading node, float ratio) throws Refusal {
    if (node.wants(1)) {
      throw new Refusal("nn.Dropout does not tell its mask, output 1");
    }
    if (!(ratio >= 0 && ratio < 1)) {
      throw new Refusal("a ratio of %s".formatted(ratio));
    }
    PyExpr x = node.value(0);
    return Lowered.of(Cell.of("nn.Dropout", "dropout").arg("p", Py.num(ratio)).call(x));
  }

  /** Numbers drawn, brought to where they shall lie. */
  @FunctionalInterface
  private interface Scaling {
    PyExpr of(NodeReading node, PyExpr draw);
  }
}
