// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.FoldException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.ContentsRule;
import org.mindconverter.op.Folding;
import org.mindconverter.op.NodeFacts;
import org.mindconverter.op.Operator;
import org.mindconverter.op.OperatorCatalog;

/**
 * One walk from the inputs to the outputs that infers every type, computes what is constant, moves
 * layout changes of parameters into the parameters, and drops what changes nothing. Since nodes
 * stand in order, what one node learns the next one uses: a single walk reaches the end.
 */
final class Simplification implements Pass {
  // Larger results would be copied into the heap and the checkpoint for nothing gained.
  private static final long LARGEST_FOLDED_RESULT = 1 << 18;

  private static final OpId CAST_LIKE = OpId.onnx("CastLike");

  private final OperatorCatalog catalog;

  Simplification(OperatorCatalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public Graph apply(Graph graph) throws ConversionException {
    return new Walk(graph).run();
  }

  private final class Walk {
    private final Graph graph;
    private final KnownValues known = new KnownValues();
    private final Map<String, Operand> replaced = new HashMap<>();
    private final List<Node> kept = new ArrayList<>();

    Walk(Graph graph) {
      this.graph = graph;
      graph.inputs().forEach(input -> known.learn(input.name(), input.type()));
    }

    Graph run() throws ConversionException {
      for (Node node : graph.nodes()) {
        Cancellation.check();
        visit(current(node));
      }
      return new Graph(
          graph.name(),
          graph.inputs(),
          currentOutputs(graph),
          kept,
          known.types(),
          known.contents(),
          graph.facts());
    }

    private Node current(Node node) {
      Attributes attributes = node.attributes();
      for (Map.Entry<String, Attribute> entry : node.attributes().byName().entrySet()) {
        if (entry.getValue() instanceof Attribute.SubGraph inner) {
          attributes =
              attributes.with(entry.getKey(), new Attribute.SubGraph(current(inner.value())));
        }
      }
      return node.withInputs(node.inputs().stream().map(this::current).toList())
          .withAttributes(attributes);
    }

    // A graph inside of a node reads what stands around it, too.
    private Graph current(Graph inner) {
      return inner.with(inner.nodes().stream().map(this::current).toList(), currentOutputs(inner));
    }

    private List<Graph.Output> currentOutputs(Graph any) {
      return any.outputs().stream()
          .map(o -> new Graph.Output(o.name(), current(o.value())))
          .toList();
    }

    private Operand current(Operand operand) {
      return operand instanceof Operand.Use use
          ? replaced.getOrDefault(use.value(), operand)
          : operand;
    }

    private void visit(Node node) throws ConversionException {
      Optional<Operator> operator = catalog.find(node.op(), node.opset());
      NodeFacts facts = new NodeFacts(node, known);
      if (operator.isEmpty()) {
        keep(node, List.of());
        return;
      }
      if (!isReplaced(operator.get(), facts)) {
        keep(node, inferred(operator.get(), facts));
        learnContents(operator.get(), facts);
      }
    }

    private boolean isReplaced(Operator operator, NodeFacts facts) throws ConversionException {
      try {
        return becomesOperand(operator, facts)
            || becomesWeight(operator, facts)
            || becomesConstant(operator, facts);
      } catch (ArithmeticException | FoldException e) {
        return false; // dimensions past 64 bits, or a result that is too large or not defined
      }
    }

    private void keep(Node node, List<TensorType> inferred) {
      kept.add(node);
      for (int i = 0; i < node.outputs().size(); i++) {
        if (node.outputs().get(i).isPresent()) {
          String value = node.outputs().get(i).get();
          TensorType own = i < inferred.size() ? inferred.get(i) : TensorType.UNKNOWN;
          known.learn(value, KnownValues.merged(own, graph.type(value)));
        }
      }
    }

    private boolean becomesOperand(Operator operator, NodeFacts facts) throws ConversionException {
      if (operator.alias().isEmpty() || facts.node().output(0).isEmpty()) {
        return false;
      }
      OptionalInt input = operator.alias().get().alias(facts);
      if (input.isEmpty()) {
        return false;
      }
      replaced.put(facts.node().output(0).get(), facts.node().input(input.getAsInt()));
      return true;
    }

    private boolean becomesWeight(Operator operator, NodeFacts facts) throws ConversionException {
      List<Operand> inputs = read(facts.node());
      boolean weights =
          inputs.stream().anyMatch(o -> o instanceof Operand.Weight)
              && inputs.stream().noneMatch(o -> o instanceof Operand.Use);
      if (!weights || operator.layout().isEmpty()) {
        return false;
      }
      Optional<List<WeightExpression>> results = operator.layout().get().layout(facts);
      if (results.isEmpty()) {
        return false;
      }
      for (int i = 0; i < results.get().size(); i++) {
        WeightExpression result = results.get().get(i);
        facts.node().output(i).ifPresent(v -> replaced.put(v, new Operand.Weight(result)));
      }
      return true;
    }

    private boolean becomesConstant(Operator operator, NodeFacts facts) throws ConversionException {
      if (operator.folding().isEmpty() || !readsOnlyConstants(facts) || !isSmall(operator, facts)) {
        return false;
      }
      Optional<List<NumericTensor>> results = folded(operator.folding().get(), facts);
      if (results.isEmpty()) {
        return false;
      }
      for (int i = 0; i < results.get().size(); i++) {
        NumericTensor result = results.get().get(i);
        facts
            .node()
            .output(i)
            .ifPresent(v -> replaced.put(v, new Operand.Constant(result.toTensor(v))));
      }
      return true;
    }

    private Optional<List<NumericTensor>> folded(Folding rule, NodeFacts facts)
        throws ConversionException {
      try {
        return rule.fold(facts);
      } catch (FoldException e) {
        if (e.reason() == FoldException.Reason.MISFIT) {
          throw facts.malformed(e.getMessage());
        }
        return Optional.empty();
      }
    }

    private boolean readsOnlyConstants(NodeFacts facts) {
      for (Operand operand : read(facts.node())) {
        boolean readable =
            operand instanceof Operand.Absent
                || (operand instanceof Operand.Constant c && NumericTensor.isReadable(c.tensor()));
        if (!readable) {
          return false;
        }
      }
      return true;
    }

    /**
     * The operands whose elements count: of the second one CastLike asks for no more than a type.
     */
    private static List<Operand> read(Node node) {
      return node.op().equals(CAST_LIKE) ? List.of(node.input(0)) : node.inputs();
    }

    // Asked before computing: a Range or Expand of a few numbers can ask for any amount of memory.
    private boolean isSmall(Operator operator, NodeFacts facts) throws ConversionException {
      for (TensorType type : operator.inference().infer(facts)) {
        boolean small =
            type.shape().isPresent()
                && type.shape().get().elementCount().orElse(Long.MAX_VALUE)
                    <= LARGEST_FOLDED_RESULT;
        if (!small) {
          return false;
        }
      }
      return true;
    }

    private List<TensorType> inferred(Operator operator, NodeFacts facts)
        throws ConversionException {
      try {
        return operator.inference().infer(facts);
      } catch (ArithmeticException e) {
        return List.of(); // as above: nothing is known of them
      }
    }

    private Optional<List<Dim>> computed(ContentsRule rule, NodeFacts facts)
        throws ConversionException {
      try {
        return rule.contents(facts);
      } catch (ArithmeticException e) {
        return Optional.empty();
      }
    }

    private void learnContents(Operator operator, NodeFacts facts) throws ConversionException {
      Optional<String> value = facts.node().output(0);
      if (operator.contents().isEmpty() || value.isEmpty()) {
        return;
      }
      Optional<List<Dim>> contents = computed(operator.contents().get(), facts);
      if (contents.isEmpty()) {
        return;
      }
      known.learnContents(value.get(), contents.get());
      TensorType type = known.type(new Operand.Use(value.get()));
      Optional<List<Long>> sizes = type.shape().flatMap(Shape::sizes);
      boolean all = contents.get().stream().allMatch(d -> d instanceof Dim.Known);
      if (all && sizes.isPresent() && type.element() != ElementType.UNDEFINED) {
        long[] values = contents.get().stream().mapToLong(d -> d.size().getAsLong()).toArray();
        NumericTensor tensor = NumericTensor.ofIntegers(type.element(), sizes.get(), values);
        replaced.put(value.get(), new Operand.Constant(tensor.toTensor(value.get())));
      }
    }
  }
}
