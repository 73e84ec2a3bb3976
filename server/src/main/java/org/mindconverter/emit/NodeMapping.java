// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.TensorType;
import org.mindconverter.op.Dtypes;
import org.mindconverter.op.Lowered;
import org.mindconverter.op.NodeFacts;
import org.mindconverter.op.NodeReading;
import org.mindconverter.op.Operator;
import org.mindconverter.op.OperatorCatalog;
import org.mindconverter.op.Refusal;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Maps the nodes of one graph, as far as the catalog goes. */
final class NodeMapping {
  private static final OpId SHAPE = OpId.onnx("Shape");
  private static final OpId SIZE = OpId.onnx("Size");

  private final OperatorCatalog catalog;
  private final GraphKnowledge known;

  NodeMapping(OperatorCatalog catalog, GraphKnowledge known) {
    this.catalog = catalog;
    this.known = known;
  }

  /** What is known of the graph. */
  GraphKnowledge known() {
    return known;
  }

  /** The mapping of a node. */
  Lowered of(Node node) throws Refusal {
    Optional<Lowered> sizes = sizes(node);
    if (sizes.isPresent()) {
      return sizes.get();
    }
    Optional<Operator> operator = catalog.find(node.op(), node.opset());
    if (operator.isEmpty()) {
      throw new Refusal("no mapping for it at opset %d".formatted(node.opset()));
    }
    NodeReading reading =
        new NodeReading(
            new NodeFacts(node, known),
            known,
            (body, arguments, steps) -> {
              NodeMapping inner = new NodeMapping(catalog, known.inside(body));
              return new BodyLowering(inner, steps).write(body, arguments);
            });
    Lowered lowered = operator.get().lowering().lower(reading);
    List<String> lost = reading.unread();
    if (!lost.isEmpty()) {
      throw new Refusal("the mapping does not honour " + String.join(", ", lost));
    }
    for (int i = lowered.results().size(); i < node.outputs().size(); i++) {
      if (node.output(i).isPresent()) {
        throw new Refusal("the mapping does not make output %d".formatted(i));
      }
    }
    return lowered;
  }

  /** A row of sizes that shape arithmetic knows, as a tensor: none of the arithmetic stays. */
  private Optional<Lowered> sizes(Node node) {
    boolean asks = node.op().equals(SHAPE) || node.op().equals(SIZE);
    Optional<String> value = node.output(0);
    if (asks || value.isEmpty() || node.outputs().size() != 1) {
      return Optional.empty();
    }
    TensorType type = known.type(new Operand.Use(value.get()));
    Optional<List<Dim>> contents = known.contents(value.get());
    if (contents.isEmpty() || type.shape().isEmpty() || !type.element().isInteger()) {
      return Optional.empty();
    }
    List<PyExpr> numbers = contents.get().stream().map(NodeReading::dim).toList();
    PyExpr sizes = type.shape().get().rank() == 0 ? numbers.get(0) : Py.tuple(numbers);
    return Optional.of(Lowered.of(Py.call("ms.tensor", sizes, Dtypes.of(type.element()))));
  }
}
