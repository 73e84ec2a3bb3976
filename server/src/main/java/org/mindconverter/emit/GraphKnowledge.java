// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.op.Knowledge;

/**
 * What passes have found out of a graph's values, and of those around it.
 *
 * @param outer what is known around a graph that stands inside of a node
 * @param sizesOfInputs symbols that stand for sizes of the network's inputs
 */
record GraphKnowledge(Graph graph, Optional<Knowledge> outer, Set<String> sizesOfInputs)
    implements Knowledge {
  /** Of the network's graph. */
  static GraphKnowledge of(Graph graph) {
    Set<String> symbols = new HashSet<>();
    for (Graph.Input input : graph.inputs()) {
      for (Dim dim : input.type().shape().map(Shape::dims).orElse(List.of())) {
        symbols.addAll(dim.expression().symbols());
      }
    }
    return new GraphKnowledge(graph, Optional.empty(), symbols);
  }

  /** Of a graph inside of a node of this one. */
  GraphKnowledge inside(Graph body) {
    return new GraphKnowledge(body, Optional.of(this), sizesOfInputs);
  }

  @Override
  public ValueType valueType(Operand operand) {
    boolean elsewhere =
        operand instanceof Operand.Use use && !graph.types().containsKey(use.value());
    return elsewhere
        ? outer.map(known -> known.valueType(operand)).orElse(TensorType.UNKNOWN)
        : graph.valueType(operand);
  }

  @Override
  public Optional<List<Dim>> contents(String value) {
    return graph.contents(value).or(() -> outer.flatMap(known -> known.contents(value)));
  }
}
