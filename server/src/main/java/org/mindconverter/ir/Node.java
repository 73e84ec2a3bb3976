// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One operator at work.
 *
 * @param name the model's, or one made of operator and position; unique in the graph
 * @param opset version of the operator's domain that the model asks for
 * @param outputs the values it defines; empty where the model wants none
 */
public record Node(
    String name,
    OpId op,
    int opset,
    List<Operand> inputs,
    List<Optional<String>> outputs,
    Attributes attributes,
    Scope scope) {
  /** Copies. */
  public Node {
    Objects.requireNonNull(name);
    Objects.requireNonNull(op);
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    Objects.requireNonNull(attributes);
    Objects.requireNonNull(scope);
  }

  /** The operand at that input; absent also past the end. */
  public Operand input(int index) {
    return index < inputs.size() ? inputs.get(index) : new Operand.Absent();
  }

  /** The value at that output; empty also past the end. */
  public Optional<String> output(int index) {
    return index < outputs.size() ? outputs.get(index) : Optional.empty();
  }

  /** The values that it defines, in order. */
  public List<String> definedValues() {
    return outputs.stream().flatMap(Optional::stream).toList();
  }

  /** The values that it reads, in order, without those that a graph inside of it captures. */
  public List<String> usedValues() {
    List<String> used = new ArrayList<>();
    for (Operand operand : inputs) {
      if (operand instanceof Operand.Use use) {
        used.add(use.value());
      }
    }
    return used;
  }

  /** The graphs that it runs, in the order of its attributes. */
  public List<Graph> subGraphs() {
    List<Graph> graphs = new ArrayList<>();
    for (Attribute attribute : attributes.byName().values()) {
      if (attribute instanceof Attribute.SubGraph sub) {
        graphs.add(sub.value());
      }
    }
    return graphs;
  }

  /** The same with other operands. */
  public Node withInputs(List<Operand> other) {
    return new Node(name, op, opset, other, outputs, attributes, scope);
  }

  /** The same with other outputs. */
  public Node withOutputs(List<Optional<String>> other) {
    return new Node(name, op, opset, inputs, other, attributes, scope);
  }

  /** The same with other attributes. */
  public Node withAttributes(Attributes other) {
    return new Node(name, op, opset, inputs, outputs, other, scope);
  }

  /** The same at another place of the source. */
  public Node withScope(Scope other) {
    return new Node(name, op, opset, inputs, outputs, attributes, other);
  }
}
