// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.ExpressionText;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** A node of the standard domain in the making, and what the catalog says of it. */
final class Facts implements Knowledge {
  private final String op;
  private final int opset;
  private final List<Operand> inputs = new ArrayList<>();
  private final Map<String, ValueType> types = new HashMap<>();
  private final Map<String, List<Dim>> contents = new HashMap<>();
  private Attributes attributes = Attributes.NONE;
  private int outputs = 1;

  private Facts(String op, int opset) {
    this.op = op;
    this.opset = opset;
  }

  static Facts of(String op, int opset) {
    return new Facts(op, opset);
  }

  /** An operand that a run computes. */
  Facts value(ElementType element, Dim... dims) {
    return use(TensorType.of(element, new Shape(List.of(dims))));
  }

  /** An operand of which nothing is known. */
  Facts unknown() {
    return use(TensorType.UNKNOWN);
  }

  /** A row of int64 that shape arithmetic knows. */
  Facts row(Dim... elements) {
    contents.put("x" + inputs.size(), List.of(elements));
    return use(TensorType.of(ElementType.INT64, Shape.of(elements.length)));
  }

  /** A constant row of int64. */
  Facts longs(long... values) {
    NumericTensor row = NumericTensor.ofLongs(Arrays.stream(values).boxed().toList());
    return constant(row);
  }

  /** A constant of that type and no dimensions. */
  Facts real(ElementType element, double value) {
    return constant(NumericTensor.ofReals(element, List.of(), new double[] {value}));
  }

  /** A constant int64. */
  Facts scalar(long value) {
    return constant(NumericTensor.ofIntegers(ElementType.INT64, List.of(), new long[] {value}));
  }

  Facts constant(NumericTensor tensor) {
    inputs.add(new Operand.Constant(tensor.toTensor("c" + inputs.size())));
    return this;
  }

  /** A float32 parameter; its values do not matter. */
  Facts weight(Long... dims) {
    int count = Arrays.stream(dims).mapToInt(Long::intValue).reduce(1, (a, b) -> a * b);
    NumericTensor tensor =
        NumericTensor.ofReals(
            ElementType.FLOAT32,
            List.of(dims),
            IntStream.range(0, count).asDoubleStream().toArray());
    inputs.add(new Operand.Weight(WeightExpression.of(tensor.toTensor("w" + inputs.size()))));
    return this;
  }

  Facts absent() {
    inputs.add(new Operand.Absent());
    return this;
  }

  Facts with(String name, long value) {
    attributes = attributes.with(name, new Attribute.Int(value));
    return this;
  }

  Facts with(String name, float value) {
    attributes = attributes.with(name, new Attribute.Real(value));
    return this;
  }

  Facts with(String name, String value) {
    attributes = attributes.with(name, new Attribute.Text(value));
    return this;
  }

  Facts with(String name, List<Long> values) {
    attributes = attributes.with(name, new Attribute.Ints(values));
    return this;
  }

  Facts with(String name, Graph body) {
    attributes = attributes.with(name, new Attribute.SubGraph(body));
    return this;
  }

  Facts with(String name, NumericTensor value) {
    attributes = attributes.with(name, new Attribute.Const(value.toTensor("")));
    return this;
  }

  Facts outputs(int count) {
    outputs = count;
    return this;
  }

  /** Lets the mapping see the result types that inference finds. */
  Facts knowing() throws ConversionException {
    List<? extends ValueType> inferred = operator().inference().infer(facts());
    for (int i = 0; i < inferred.size(); i++) {
      types.put("y" + i, inferred.get(i));
    }
    return this;
  }

  private Facts use(TensorType type) {
    String name = "x" + inputs.size();
    types.put(name, type);
    inputs.add(new Operand.Use(name));
    return this;
  }

  NodeFacts facts() {
    List<Optional<String>> names =
        IntStream.range(0, outputs).mapToObj(i -> Optional.of("y" + i)).toList();
    return new NodeFacts(
        new Node("node", OpId.onnx(op), opset, inputs, names, attributes, Scope.NONE), this);
  }

  Operator operator() {
    return Operators.all().find(OpId.onnx(op), opset).orElseThrow();
  }

  /** The type of the first result, a tensor. */
  TensorType result() throws ConversionException {
    return (TensorType) operator().inference().infer(facts()).get(0);
  }

  /** The first result's shape, as text. */
  String shape() throws ConversionException {
    return result().shape().map(Shape::toString).orElse("?");
  }

  /** How the mapping says the results: operands are x0, x1 and so on, constants c. */
  String said() throws Refusal {
    NodeReading reading = new NodeReading(facts(), this);
    Lowered lowered = operator().lowering().lower(reading);
    assertThat(reading.unread()).isEmpty();
    List<String> lines = new ArrayList<>();
    for (Step step : lowered.steps()) {
      Step.Assign assign = (Step.Assign) step;
      List<String> targets = assign.targets().stream().map(References.Temporary::hint).toList();
      lines.add(String.join(", ", targets) + " = " + flat(assign.value()));
    }
    lowered.results().forEach(result -> lines.add(flat(result)));
    return String.join("\n", lines);
  }

  private static String flat(PyExpr e) {
    return ExpressionText.flat(e.replacing(Facts::named));
  }

  private static PyExpr named(PyExpr.Reference reference) {
    if (reference instanceof References.ValueRef value) {
      return Py.name(value.value());
    }
    if (reference instanceof References.Temporary temporary) {
      return Py.name(temporary.hint());
    }
    if (reference instanceof References.DimRef dim) {
      return Py.name(dim.dim().expression().soleSymbol().orElse("dim"));
    }
    if (reference instanceof References.CellCall call) {
      PyExpr[] inputs = call.arguments().toArray(new PyExpr[0]);
      return Py.call(call.cell().constructor(), inputs).replacing(Facts::named);
    }
    return Py.name("c");
  }

  @Override
  public ValueType valueType(Operand operand) {
    if (operand instanceof Operand.Use use) {
      return types.getOrDefault(use.value(), TensorType.UNKNOWN);
    }
    if (operand instanceof Operand.Constant constant) {
      return constant.tensor().type();
    }
    if (operand instanceof Operand.Weight weight) {
      WeightExpression e = weight.expression();
      return TensorType.of(e.element(), Shape.ofSizes(e.dims()));
    }
    return TensorType.UNKNOWN;
  }

  @Override
  public Optional<List<Dim>> contents(String value) {
    return Optional.ofNullable(contents.get(value));
  }
}
