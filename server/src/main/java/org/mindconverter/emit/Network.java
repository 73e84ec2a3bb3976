// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.PrintedModule;

/**
 * A network as it will be written.
 *
 * @param className the class of the whole
 * @param inputNames parameters of its {@code construct}, in order
 * @param parameters what the checkpoint holds, in the network's order
 * @param tied further names of parameters in the list, each with the name it is one with
 * @param operators what became of each node, in order
 */
public record Network(
    String className,
    List<String> inputNames,
    PrintedModule script,
    List<Parameter> parameters,
    List<Tied> tied,
    List<Operator> operators) {
  /** Copies. */
  public Network {
    Objects.requireNonNull(className);
    inputNames = List.copyOf(inputNames);
    Objects.requireNonNull(script);
    parameters = List.copyOf(parameters);
    tied = List.copyOf(tied);
    operators = List.copyOf(operators);
  }

  /** A parameter by MindSpore's name for it. */
  public record Parameter(String name, WeightExpression value) {}

  /** A further name of a parameter. */
  public record Tied(String name, String first) {}

  /**
   * What became of a node.
   *
   * @param target what it was converted to, such as {@code nn.Conv2d}
   * @param refusal why it became a placeholder; empty when it was converted
   * @param place where it stands in the script; empty when it left no code of its own
   */
  public record Operator(
      Node node, String target, Optional<String> refusal, Optional<PrintedModule.Position> place) {}
}
