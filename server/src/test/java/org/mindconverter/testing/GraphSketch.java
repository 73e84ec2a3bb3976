// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;

/** Builds small graphs of float32 values for tests, node by node. */
public final class GraphSketch {
  private final List<Graph.Input> inputs = new ArrayList<>();
  private final List<Graph.Output> outputs = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, TensorType> types = new LinkedHashMap<>();
  private final Map<String, Tensor> tensors = new LinkedHashMap<>();
  private List<Scope.Module> scope = List.of(new Scope.Module("", "Net"));

  /** A shape of numbers and symbols. */
  public static Shape shape(Object... dims) {
    List<Dim> list = new ArrayList<>();
    for (Object dim : dims) {
      list.add(dim instanceof Integer size ? Dim.of(size) : Dim.symbol((String) dim));
    }
    return new Shape(list);
  }

  /** A graph input of float32. */
  public GraphSketch input(String name, Object... dims) {
    TensorType type = TensorType.of(ElementType.FLOAT32, shape(dims));
    inputs.add(new Graph.Input(name, type));
    types.put(name, type);
    return this;
  }

  /** A graph output. */
  public GraphSketch output(String value) {
    outputs.add(new Graph.Output(value, new Operand.Use(value)));
    return this;
  }

  /** Nodes that follow come from modules on that way: path, class, path, class… below the root. */
  public GraphSketch in(String... pathsAndClasses) {
    List<Scope.Module> modules = new ArrayList<>();
    modules.add(new Scope.Module("", "Net"));
    for (int i = 0; i < pathsAndClasses.length; i += 2) {
      modules.add(new Scope.Module(pathsAndClasses[i], pathsAndClasses[i + 1]));
    }
    scope = modules;
    return this;
  }

  /** A node of one output, whose shape is that of its first operand. */
  public GraphSketch node(String type, String output, Operand... operands) {
    TensorType first =
        operands[0] instanceof Operand.Use use
            ? types.getOrDefault(use.value(), TensorType.UNKNOWN)
            : TensorType.UNKNOWN;
    return node(OpId.onnx(type), output, first, Map.of(), operands);
  }

  /** A node of one output. */
  public GraphSketch node(
      OpId op,
      String output,
      TensorType type,
      Map<String, Attribute> attributes,
      Operand... operands) {
    types.put(output, type);
    nodes.add(
        new Node(
            op.type() + "_" + nodes.size(),
            op,
            20,
            List.of(operands),
            List.of(Optional.of(output)),
            new Attributes(attributes),
            new Scope(scope, Optional.empty())));
    return this;
  }

  /**
   * A node of any number of outputs, of which nothing is known; those without a name are not
   * wanted.
   */
  public GraphSketch node(
      String type, List<String> results, Map<String, Attribute> attributes, Operand... operands) {
    nodes.add(
        new Node(
            type + "_" + nodes.size(),
            OpId.onnx(type),
            20,
            List.of(operands),
            results.stream().map(r -> Optional.of(r).filter(name -> !name.isEmpty())).toList(),
            new Attributes(attributes),
            new Scope(scope, Optional.empty())));
    return this;
  }

  /** {@code mindconverter::Linear} with weight and bias of that module. */
  public GraphSketch linear(String output, String input, String path, int outputs, int inputs) {
    TensorType type =
        types
            .get(input)
            .withShape(types.get(input).shape().orElseThrow().with(-1, Dim.of(outputs)));
    return node(
        OpId.internal("Linear"),
        output,
        type,
        Map.of(),
        value(input),
        weight(path + ".weight", outputs, inputs),
        weight(path + ".bias", outputs));
  }

  /** A constant of one float32. */
  public static Operand scalar(double value) {
    NumericTensor number =
        NumericTensor.ofReals(ElementType.FLOAT32, List.of(), new double[] {value});
    return new Operand.Constant(number.toTensor("c"));
  }

  /** A constant of int64. */
  public static Operand whole(List<Long> dims, long... values) {
    return new Operand.Constant(
        NumericTensor.ofIntegers(ElementType.INT64, dims, values).toTensor("i"));
  }

  /** A value of the graph. */
  public static Operand value(String name) {
    return new Operand.Use(name);
  }

  /** A parameter; every mention of a name is the same tensor, as in a model. */
  public Operand weight(String name, long... dims) {
    Tensor tensor = tensors.computeIfAbsent(name, n -> tensor(n, dims));
    return new Operand.Weight(WeightExpression.of(tensor));
  }

  /** Zeros. */
  public static Tensor tensor(String name, long... dims) {
    List<Long> list = Shape.of(dims).sizes().orElseThrow();
    byte[] zeros = new byte[Math.toIntExact(Tensor.byteLength(ElementType.FLOAT32, list))];
    return new Tensor(name, ElementType.FLOAT32, list, TensorData.of(zeros));
  }

  /** The graph. */
  public Graph graph() {
    return new Graph("g", inputs, outputs, nodes, new LinkedHashMap<>(types), Map.of(), Map.of());
  }
}
