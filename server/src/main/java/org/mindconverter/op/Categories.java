// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.INT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators of ai.onnx.ml that look numbers up among those of categories. */
final class Categories {
  private static final String TEXTS =
      "categories that are texts, which MindSpore has no tensors of";

  private Categories() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.domain(FeatureArrays.DOMAIN, "OneHotEncoder")
        .infer(Categories::inferOneHot)
        .since(1)
        .lower(Categories::oneHot);
    ops.domain(FeatureArrays.DOMAIN, "LabelEncoder")
        .infer(Categories::inferLabels)
        .since(2, 4)
        .lower(Categories::labels);
  }

  private static List<TensorType> inferOneHot(NodeFacts node) {
    int count = node.integers("cats_int64s", List.of()).size();
    Optional<Shape> shape =
        node.shape(0)
            .map(
                x -> {
                  List<Dim> dims = new ArrayList<>(x.dims());
                  dims.add(count == 0 ? node.fresh(0, x.rank()) : Dim.of(count));
                  return new Shape(dims);
                });
    return List.of(new TensorType(FLOAT32, shape));
  }

  private static Lowered oneHot(NodeReading node) throws Refusal {
    List<Long> categories =
        node.integers("cats_int64s")
            .filter(list -> !list.isEmpty())
            .orElseThrow(() -> new Refusal(TEXTS));
    node.without("zeros", "a number of no category is an error of the caller's");
    NumericTensor row = NumericTensor.ofLongs(categories);
    PyExpr x = Kernel.cast(node.value(0), node.element(0), INT64);
    PyExpr match = equal(x, new References.ConstRef(row.toTensor("categories")));
    return Lowered.of(Kernel.cast(match, BOOL, FLOAT32));
  }

  private static PyExpr equal(PyExpr x, PyExpr keys) {
    return Py.binary(Py.call("ops.expand_dims", x, Py.num(-1)), PyExpr.Operator.EQUAL, keys);
  }

  private static List<TensorType> inferLabels(NodeFacts node) {
    ElementType element =
        list(node.attributes(), "values").map(NumericTensor::element).orElse(ElementType.STRING);
    return List.of(node.type(0).withElement(element));
  }

  /** Keys or values, where they are numbers: a list of one kind, or a tensor. */
  private static Optional<NumericTensor> list(Attributes attributes, String name) {
    Optional<List<Long>> whole = attributes.integers(name + "_int64s");
    if (whole.isPresent()) {
      return whole.map(NumericTensor::ofLongs);
    }
    Optional<List<Float>> reals = attributes.reals(name + "_floats");
    if (reals.isPresent()) {
      double[] values = reals.get().stream().mapToDouble(Float::doubleValue).toArray();
      return Optional.of(NumericTensor.ofReals(FLOAT32, List.of((long) values.length), values));
    }
    return attributes
        .tensor(name + "_tensor")
        .filter(NumericTensor::isReadable)
        .map(NumericTensor::of);
  }

  private static NumericTensor numbers(NodeReading node, String name) throws Refusal {
    for (String kind : List.of("_int64s", "_floats", "_tensor")) {
      node.attribute(name + kind);
    }
    if (node.has(name + "_strings")) {
      throw new Refusal(TEXTS);
    }
    return list(node.facts().attributes(), name).orElseThrow(() -> new Refusal(TEXTS));
  }

  private static Lowered labels(NodeReading node) throws Refusal {
    NumericTensor keys = numbers(node, "keys");
    NumericTensor values = numbers(node, "values");
    requireDistinct(keys);
    if (keys.size() != values.size() || keys.element() != node.element(0)) {
      throw new Refusal("keys that fit neither their values nor the input");
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr match =
        steps.add("match", equal(node.value(0), new References.ConstRef(keys.toTensor("keys"))));
    PyExpr place = Py.call("ops.argmax", Kernel.cast(match, BOOL, FLOAT32), Py.num(-1));
    PyExpr found =
        Py.call("ops.gather", new References.ConstRef(values.toTensor("values")), place, Py.num(0));
    PyExpr known = Py.method(match, "any", Py.num(-1));
    return steps.result(Py.call("ops.where", known, found, otherwise(node, values.element())));
  }

  private static void requireDistinct(NumericTensor keys) throws Refusal {
    long different =
        IntStream.range(0, Math.toIntExact(keys.size())).mapToDouble(keys::real).distinct().count();
    boolean ordered =
        IntStream.range(0, Math.toIntExact(keys.size())).noneMatch(i -> Double.isNaN(keys.real(i)));
    if (different != keys.size() || !ordered || keys.size() == 0) {
      throw new Refusal("keys that are none, not numbers, or not different");
    }
  }

  /** What stands for a number that is no key. */
  private static PyExpr otherwise(NodeReading node, ElementType element) throws Refusal {
    node.without("default_string", "the values are numbers");
    Optional<Attribute> given = node.attribute("default_tensor");
    if (given.isPresent() && given.get() instanceof Attribute.Const constant) {
      node.without("default_int64", "'default_tensor' goes first");
      node.without("default_float", "'default_tensor' goes first");
      Tensor tensor = constant.value();
      if (tensor.element() != element || !NumericTensor.isReadable(tensor)) {
        throw new Refusal("attribute 'default_tensor' of another type than the values");
      }
      NumericTensor number = NumericTensor.of(tensor);
      return element == FLOAT32 || element == INT64
          ? NodeReading.numberOf(number, 0)
          : new References.ConstRef(tensor);
    }
    float real = node.real("default_float", -0f);
    long whole = node.integer("default_int64", -1);
    if (element != FLOAT32 && element != INT64) {
      throw new Refusal("values of %s without a default".formatted(element.lowerName()));
    }
    return element == FLOAT32 ? Py.num(real) : Py.num(whole);
  }
}
