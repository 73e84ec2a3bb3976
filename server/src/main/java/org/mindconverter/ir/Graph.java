// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A network of nodes in an order in which each reads only what stands before it: the model's own
 * order, which is the order of the source's trace. Immutable; made through {@link GraphVerifier}.
 *
 * @param types what is known of values by name; values that nothing is known of may be missing
 * @param contents elements of small integer values (rank 0 or 1) as dimensions, by name: what shape
 *     arithmetic computes
 * @param facts what the model says about itself, such as {@code producer} and {@code opset}
 */
public record Graph(
    String name,
    List<Input> inputs,
    List<Output> outputs,
    List<Node> nodes,
    Map<String, ValueType> types,
    Map<String, List<Dim>> contents,
    Map<String, String> facts) {
  /** Copies. */
  public Graph {
    Objects.requireNonNull(name);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    nodes = List.copyOf(nodes);
    types = Collections.unmodifiableMap(new LinkedHashMap<>(types));
    contents = Collections.unmodifiableMap(new LinkedHashMap<>(contents));
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** What is known of a tensor; UNKNOWN for what is none. */
  public TensorType type(String value) {
    return types.get(value) instanceof TensorType tensor ? tensor : TensorType.UNKNOWN;
  }

  /** What is known of a tensor; UNKNOWN for what is none, and for an absent operand. */
  public TensorType type(Operand operand) {
    return valueType(operand) instanceof TensorType tensor ? tensor : TensorType.UNKNOWN;
  }

  /** What is known of an operand; UNKNOWN for an absent one. */
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

  /** A value's elements as dimensions, where shape arithmetic knows them. */
  public Optional<List<Dim>> contents(String value) {
    return Optional.ofNullable(contents.get(value));
  }

  /** The same with other nodes and outputs; what is known of values stays. */
  public Graph with(List<Node> otherNodes, List<Output> otherOutputs) {
    return new Graph(name, inputs, otherOutputs, otherNodes, types, contents, facts);
  }

  /** The same with inputs of other types. */
  public Graph withInputTypes(List<? extends ValueType> other) {
    List<Input> typed = new ArrayList<>();
    Map<String, ValueType> known = new LinkedHashMap<>(types);
    for (int i = 0; i < inputs.size(); i++) {
      typed.add(new Input(inputs.get(i).name(), other.get(i)));
      known.put(inputs.get(i).name(), other.get(i));
    }
    return new Graph(name, typed, outputs, nodes, known, contents, facts);
  }

  /** A value that the caller gives. */
  public record Input(String name, ValueType valueType) {
    /** Neither is null. */
    public Input {
      Objects.requireNonNull(name);
      Objects.requireNonNull(valueType);
    }

    /** What is known of the tensor; UNKNOWN for what is none. */
    public TensorType type() {
      return valueType instanceof TensorType tensor ? tensor : TensorType.UNKNOWN;
    }
  }

  /** A result, under the name that the model gives it. */
  public record Output(String name, Operand value) {
    /** Neither is null. */
    public Output {
      Objects.requireNonNull(name);
      Objects.requireNonNull(value);
    }
  }
}
