// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.PyExpr;

/** A graph that a node runs, as its mapping sees it. */
public final class Body {
  private static final int LONGEST_NAME = 40;

  private final Graph graph;
  private final Bodies bodies;

  Body(Graph graph, Bodies bodies) {
    this.graph = graph;
    this.bodies = bodies;
  }

  private String inputName(int input) {
    return graph.inputs().get(input).name();
  }

  /** What to call the variable of an input. */
  String inputHint(int input) {
    return hint(inputName(input), "state");
  }

  /** What to call the variable of an output. */
  String outputHint(int output) {
    return hint(graph.outputs().get(output).name(), "result");
  }

  // Exporters number what the source gave no name to.
  private static String hint(String name, String otherwise) {
    String plain = name.replaceFirst("_\\d+$", "");
    boolean usable =
        Identifiers.isValid(plain) && !plain.startsWith("_") && plain.length() <= LONGEST_NAME;
    return usable ? plain : otherwise;
  }

  /** What is known of an input, whatever the round. */
  ValueType inputValueType(int input) {
    return graph.valueType(new Operand.Use(inputName(input)));
  }

  /** What is known of an output. */
  ValueType outputValueType(int output) {
    return graph.valueType(graph.outputs().get(output).value());
  }

  /** Type of an output. */
  TensorType outputType(int output) {
    return graph.type(graph.outputs().get(output).value());
  }

  /** Whether that output is that input, as it is. */
  boolean passesOn(int input, int output) {
    return graph.outputs().get(output).value().equals(new Operand.Use(inputName(input)));
  }

  /** An output's only element, where it is known. */
  Optional<NumericTensor> constantOutput(int output) {
    return graph.outputs().get(output).value() instanceof Operand.Constant c
            && NumericTensor.isReadable(c.tensor())
        ? Optional.of(NumericTensor.of(c.tensor()))
        : Optional.empty();
  }

  /** Whether anything in it reads that input. */
  boolean reads(int input) {
    return reads(graph, inputName(input));
  }

  private static boolean reads(Graph graph, String value) {
    boolean output =
        graph.outputs().stream().anyMatch(o -> o.value().equals(new Operand.Use(value)));
    return output
        || graph.nodes().stream()
            .anyMatch(
                node ->
                    node.usedValues().contains(value)
                        || node.subGraphs().stream().anyMatch(inner -> reads(inner, value)));
  }

  /**
   * Adds its work to the steps.
   *
   * @param arguments what its inputs are, one each
   * @return its outputs, one expression each
   */
  List<PyExpr> write(List<PyExpr> arguments, Lowered.Steps steps) throws Refusal {
    return bodies.write(graph, arguments, steps);
  }
}
