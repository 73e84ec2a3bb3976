// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;

/** Which node makes each value: patterns are followed from their end to their beginning. */
final class Makers {
  private final Map<String, Node> nodes = new HashMap<>();

  Makers(Graph graph) {
    graph.nodes().forEach(n -> n.definedValues().forEach(v -> nodes.put(v, n)));
  }

  /** The node that makes the operand; nothing for inputs, constants and parameters. */
  Optional<Node> of(Operand operand) {
    return operand instanceof Operand.Use use
        ? Optional.ofNullable(nodes.get(use.value()))
        : Optional.empty();
  }

  /** The same, if it is an ONNX operator of that type. */
  Optional<Node> of(Operand operand, String type) {
    return of(operand).filter(n -> n.op().equals(OpId.onnx(type)));
  }

  /** The number that a constant of one element holds. */
  static OptionalDouble number(Operand operand) {
    return operand instanceof Operand.Constant constant
            && constant.tensor().elementCount() == 1
            && NumericTensor.isReadable(constant.tensor())
        ? OptionalDouble.of(NumericTensor.of(constant.tensor()).real(0))
        : OptionalDouble.empty();
  }
}
