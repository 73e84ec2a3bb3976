// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.FLOAT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Operators of ai.onnx.ml that prepare features, a sample in each row and a feature in each column.
 */
final class FeatureArrays {
  static final String DOMAIN = "ai.onnx.ml";

  private FeatureArrays() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.domain(DOMAIN, "ArrayFeatureExtractor")
        .infer(FeatureArrays::inferChosen)
        .since(1)
        .lower(FeatureArrays::chosen);
    ops.domain(DOMAIN, "Binarizer")
        .infer(TypeRules::sameAsFirst)
        .since(1)
        .lower(FeatureArrays::binarized);
    ops.domain(DOMAIN, "Scaler")
        .infer(TypeRules.sameShape(FLOAT32))
        .since(1)
        .lower(FeatureArrays::scaled);
    ops.domain(DOMAIN, "Normalizer")
        .infer(TypeRules.sameShape(FLOAT32))
        .since(1)
        .lower(FeatureArrays::normalized);
    ops.domain(DOMAIN, "Imputer")
        .infer(TypeRules::sameAsFirst)
        .since(1)
        .lower(FeatureArrays::imputed);
    ops.domain(DOMAIN, "FeatureVectorizer")
        .infer(FeatureArrays::inferJoined)
        .since(1)
        .lower(FeatureArrays::joined);
  }

  private static List<TensorType> inferChosen(NodeFacts node) {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Shape x = node.shape(0).get();
    Dim count = node.shape(1).get().product();
    Shape chosen =
        x.rank() == 1 ? new Shape(List.of(Dim.of(1), count)) : x.with(x.rank() - 1, count);
    return List.of(TensorType.of(node.element(0), chosen));
  }

  /** Columns by their numbers; those of a single sample become a row. */
  private static Lowered chosen(NodeReading node) throws Refusal {
    if (node.element(0) == ElementType.STRING) {
      throw new Refusal("input 0 of texts");
    }
    PyExpr columns = node.value(1);
    PyExpr flat = node.rank(1) == 1 ? columns : Py.method(columns, "flatten");
    PyExpr chosen = Py.call("ops.gather", node.value(0), flat, Py.num(node.rank(0) - 1L));
    return Lowered.of(node.rank(0) == 1 ? Py.call("ops.expand_dims", chosen, Py.num(0)) : chosen);
  }

  private static Lowered binarized(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    float threshold = node.real("threshold", 0);
    PyExpr bound = element.isFloating() ? Py.num(threshold) : Py.num((long) Math.floor(threshold));
    PyExpr above = Py.binary(node.value(0), PyExpr.Operator.GREATER, bound);
    return Lowered.of(Kernel.cast(above, BOOL, element));
  }

  private static Lowered scaled(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    ElementType computing = element == FLOAT64 ? FLOAT64 : FLOAT32;
    PyExpr x = Kernel.cast(node.value(0), element, computing);
    PyExpr moved = Py.minus(x, row("offset", reals(node, "offset"), FLOAT32));
    PyExpr scaled = Py.times(moved, row("scale", reals(node, "scale"), FLOAT32));
    return Lowered.of(Kernel.cast(scaled, computing, FLOAT32));
  }

  private static List<Double> reals(NodeReading node, String name) throws Refusal {
    Optional<Attribute> attribute = node.attribute(name);
    if (attribute.isPresent() && attribute.get() instanceof Attribute.Reals reals) {
      return reals.values().stream().map(Float::doubleValue).toList();
    }
    throw new Refusal("attribute '%s' is missing".formatted(name));
  }

  /** A number for all columns, or one for each. */
  private static PyExpr row(String name, List<Double> values, ElementType element) throws Refusal {
    if (values.isEmpty()) {
      throw new Refusal("attribute '%s' is empty".formatted(name));
    }
    double[] numbers = values.stream().mapToDouble(Double::doubleValue).toArray();
    NumericTensor tensor =
        element.isFloating()
            ? NumericTensor.ofReals(element, List.of((long) numbers.length), numbers)
            : NumericTensor.ofIntegers(
                element,
                List.of((long) numbers.length),
                values.stream().mapToLong(Double::longValue).toArray());
    return values.size() == 1
        ? NodeReading.numberOf(tensor, 0)
        : new References.ConstRef(tensor.toTensor(name));
  }

  /** Each row divided by its largest element, or by the sum of magnitudes, or by its length. */
  private static Lowered normalized(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    ElementType computing = element == FLOAT64 ? FLOAT64 : FLOAT32;
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = steps.named("x", Kernel.cast(node.value(0), element, computing));
    String norm = node.text("norm", "MAX");
    PyExpr size =
        switch (norm) {
          case "MAX" -> Py.call("ops.amax", x, Py.num(-1)).with("keepdims", Py.bool(true));
          case "L1" -> Py.call("ops.norm", x, Py.num(1), Py.num(-1), Py.bool(true));
          case "L2" -> Py.call("ops.norm", x, Py.num(2), Py.num(-1), Py.bool(true));
          default -> throw new Refusal("attribute 'norm' of '%s'".formatted(norm));
        };
    PyExpr divisor = steps.add("norm", size);
    PyExpr nothing = Py.binary(divisor, PyExpr.Operator.EQUAL, Py.num(0));
    PyExpr safe = Py.method(divisor, "masked_fill", nothing, Py.num(1f));
    return steps.result(Kernel.cast(Py.divide(x, safe), computing, FLOAT32));
  }

  /** With numbers in place of those that stand for missing ones. */
  private static Lowered imputed(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    List<Double> values;
    PyExpr missing;
    PyExpr x = node.value(0);
    if (element.isFloating()) {
      refuseBoth(node, "imputed_value_int64s", "replaced_value_int64");
      values = reals(node, "imputed_value_floats");
      float mark = node.real("replaced_value_float", 0);
      missing =
          Float.isNaN(mark)
              ? Py.call("ops.isnan", x)
              : Py.binary(x, PyExpr.Operator.EQUAL, Py.num(mark));
    } else {
      refuseBoth(node, "imputed_value_floats", "replaced_value_float");
      values =
          node
              .integers("imputed_value_int64s")
              .orElseThrow(() -> new Refusal("attribute 'imputed_value_int64s' is missing"))
              .stream()
              .map(Long::doubleValue)
              .toList();
      long mark = node.integer("replaced_value_int64", 0);
      missing = Py.binary(x, PyExpr.Operator.EQUAL, Py.num(mark));
    }
    return Lowered.of(Py.call("ops.where", missing, row("imputed", values, element), x));
  }

  private static void refuseBoth(NodeReading node, String values, String mark) throws Refusal {
    if (node.has(values)) {
      throw new Refusal("attribute '%s' of another type than the input".formatted(values));
    }
    node.without(mark, "it marks what is missing of the other type");
  }

  // (samples, all features)
  private static List<TensorType> inferJoined(NodeFacts node) {
    long width = node.integers("inputdimensions", List.of()).stream().mapToLong(n -> n).sum();
    Dim rows = node.shape(0).filter(s -> s.rank() == 2).map(s -> s.dim(0)).orElse(node.fresh(0, 0));
    return List.of(TensorType.of(FLOAT32, new Shape(List.of(rows, Dim.of(width)))));
  }

  /** Side by side, each as wide as it is said to be: cut, or with zeros behind. */
  private static Lowered joined(NodeReading node) throws Refusal {
    List<Long> widths = node.integers("inputdimensions").orElse(List.of());
    if (widths.size() != node.inputCount()) {
      throw new Refusal("attribute 'inputdimensions' of other than one number for each input");
    }
    List<PyExpr> pieces = new ArrayList<>();
    for (int i = 0; i < widths.size(); i++) {
      if (node.rank(i) != 2) {
        throw new Refusal("input %d of other than two axes".formatted(i));
      }
      PyExpr x = Kernel.cast(node.value(i), node.element(i), FLOAT32);
      long rest = widths.get(i) - node.size(i, 1);
      Optional<PyExpr> end = Optional.of(Py.num(widths.get(i)));
      pieces.add(rest < 0 ? Slice.along(x, 1, Py.range(Optional.empty(), end)) : x);
      if (rest > 0) {
        PyExpr shape = Py.tuple(NodeReading.dim(node.shape(i).dim(0)), Py.num(rest));
        pieces.add(Py.call("ops.zeros", shape, Dtypes.of(FLOAT32)));
      }
    }
    return Lowered.of(
        pieces.size() == 1 ? pieces.get(0) : Py.call("ops.cat", Py.tuple(pieces), Py.num(1)));
  }
}
