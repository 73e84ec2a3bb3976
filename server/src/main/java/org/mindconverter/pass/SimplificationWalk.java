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
import org.mindconverter.ir.ValueType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.BodyRule;
import org.mindconverter.op.ContentsRule;
import org.mindconverter.op.Folding;
import org.mindconverter.op.NodeFacts;
import org.mindconverter.op.Operator;
import org.mindconverter.op.OperatorCatalog;

/** The walk over one graph, and from there over the graphs inside of its nodes. */
final class SimplificationWalk {
  // Larger results would be copied into the heap and the checkpoint for nothing gained.
  private static final long LARGEST_FOLDED_RESULT = 1 << 18;

  private static final int MOST_TRIED_WALKS = 1000;

  private static final OpId CAST_LIKE = OpId.onnx("CastLike");

  private final OperatorCatalog catalog;
  private final Graph graph;
  private final Optional<SimplificationWalk> outer;
  private final KnownValues known;
  private int bodyWalks;
  private final Map<String, Operand> replaced = new HashMap<>();
  private final List<Node> kept = new ArrayList<>();

  /** Over the graph of a network. */
  SimplificationWalk(OperatorCatalog catalog, Graph graph) {
    this(catalog, graph, Optional.empty(), new KnownValues());
  }

  private SimplificationWalk(
      OperatorCatalog catalog, Graph graph, Optional<SimplificationWalk> outer, KnownValues known) {
    this.catalog = catalog;
    this.graph = graph;
    this.outer = outer;
    this.known = known;
    graph.inputs().forEach(input -> known.learn(input.name(), input.valueType()));
  }

  /**
   * Whether one more walk over a graph inside of a node may be tried and thrown away: loops in
   * loops in loops must not take time without end.
   */
  boolean mayTry() {
    return outer.map(SimplificationWalk::mayTry).orElseGet(() -> bodyWalks++ < MOST_TRIED_WALKS);
  }

  /** Over a graph inside of a node that this walk is at. */
  SimplificationWalk inside(Graph body) {
    return new SimplificationWalk(catalog, body, Optional.of(this), new KnownValues(known));
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
    return any.outputs().stream().map(o -> new Graph.Output(o.name(), current(o.value()))).toList();
  }

  private Operand current(Operand operand) {
    if (!(operand instanceof Operand.Use use)) {
      return operand;
    }
    Operand here = replaced.get(use.value());
    return here != null ? here : outer.map(o -> o.current(operand)).orElse(operand);
  }

  private void visit(Node node) throws ConversionException {
    Optional<Operator> operator = catalog.find(node.op(), node.opset());
    NodeFacts facts = new NodeFacts(node, known);
    if (operator.isEmpty()) {
      keep(node, List.of());
      return;
    }
    if (operator.get().bodies().isPresent()) {
      visitWithBodies(node, operator.get(), operator.get().bodies().get());
      return;
    }
    if (!isReplaced(operator.get(), facts)) {
      keep(node, inferred(operator.get(), facts));
      learnContents(operator.get(), facts);
    }
  }

  private void visitWithBodies(Node node, Operator operator, BodyRule rule)
      throws ConversionException {
    Optional<TakenBranch> taken = TakenBranch.of(new NodeFacts(node, known), this::isDefined);
    if (taken.isPresent()) {
      for (Node inner : taken.get().nodes()) {
        visit(current(inner));
      }
      taken.get().results().forEach((value, operand) -> replaced.put(value, current(operand)));
      return;
    }
    Node walked = new BodyTypes(rule, new NodeFacts(node, known)).walked(this);
    NodeFacts facts = new NodeFacts(walked, known);
    keep(walked, BodyTypes.seenFromOutside(inferred(operator, facts), facts, known));
  }

  private boolean isDefined(String value) {
    return known.isLearned(value)
        || replaced.containsKey(value)
        || graph.types().containsKey(value);
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

  private void keep(Node node, List<? extends ValueType> inferred) {
    kept.add(node);
    for (int i = 0; i < node.outputs().size(); i++) {
      if (node.outputs().get(i).isPresent()) {
        String value = node.outputs().get(i).get();
        ValueType own = i < inferred.size() ? inferred.get(i) : TensorType.UNKNOWN;
        known.learn(value, KnownValues.merged(own, graph.valueType(new Operand.Use(value))));
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

  /** The operands whose elements count: of the second one CastLike asks for no more than a type. */
  private static List<Operand> read(Node node) {
    return node.op().equals(CAST_LIKE) ? List.of(node.input(0)) : node.inputs();
  }

  // Asked before computing: a Range or Expand of a few numbers can ask for any amount of memory.
  private boolean isSmall(Operator operator, NodeFacts facts) throws ConversionException {
    for (ValueType type : operator.inference().infer(facts)) {
      boolean small =
          type instanceof TensorType tensor
              && tensor.shape().isPresent()
              && tensor.shape().get().elementCount().orElse(Long.MAX_VALUE)
                  <= LARGEST_FOLDED_RESULT;
      if (!small) {
        return false;
      }
    }
    return true;
  }

  private List<? extends ValueType> inferred(Operator operator, NodeFacts facts)
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
