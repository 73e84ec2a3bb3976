// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.op.NodeFacts;

/**
 * The side of a choice that is always taken, as part of the graph around it.
 *
 * @param nodes its nodes
 * @param results what the choice's values are
 */
record TakenBranch(List<Node> nodes, Map<String, Operand> results) {
  private static final OpId IF = OpId.onnx("If");

  /**
   * The branch of a choice whose condition is known.
   *
   * @param isDefined tells whether the graph around it has a value of that name
   */
  static Optional<TakenBranch> of(NodeFacts choice, Predicate<String> isDefined) {
    Optional<NumericTensor> condition =
        choice.node().op().equals(IF)
            ? choice.constant(0).filter(c -> c.size() == 1)
            : Optional.empty();
    return condition
        .flatMap(c -> branch(choice.node(), c.integer(0) != 0))
        .filter(branch -> branch.outputs().size() == choice.node().outputs().size())
        .map(branch -> inlined(choice.node(), branch, isDefined));
  }

  private static Optional<Graph> branch(Node choice, boolean holds) {
    return choice.attributes().graph(holds ? "then_branch" : "else_branch");
  }

  private static TakenBranch inlined(Node choice, Graph branch, Predicate<String> isDefined) {
    Map<String, String> renamed = new HashMap<>();
    for (Node node : branch.nodes()) {
      for (String value : node.definedValues()) {
        if (isDefined.test(value)) {
          // The two sides may use the same names, and so may what comes behind them.
          renamed.put(value, choice.name() + "/" + value);
        }
      }
    }
    List<Node> nodes = new ArrayList<>();
    for (Node node : branch.nodes()) {
      Node moved = BodyNames.renamed(node, renamed);
      nodes.add(moved.scope().equals(Scope.NONE) ? moved.withScope(choice.scope()) : moved);
    }
    Map<String, Operand> results = new LinkedHashMap<>();
    for (int i = 0; i < branch.outputs().size(); i++) {
      Operand value = BodyNames.renamed(branch.outputs().get(i).value(), renamed);
      choice.output(i).ifPresent(output -> results.put(output, value));
    }
    return new TakenBranch(nodes, results);
  }
}
