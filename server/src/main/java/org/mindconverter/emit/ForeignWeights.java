// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.ValueType;
import org.mindconverter.ir.WeightExpression;

/**
 * Weights and buffers that a module reads and that belong to another: where the source hands them
 * in, a graph has them at the inner operator only. They are read in the module that both are in, so
 * that they keep their names, and the inner module takes them as it takes any other value.
 */
final class ForeignWeights {
  private static final OpId WEIGHT = OpId.internal("Weight");

  private final Graph graph;
  private final SourceNames names;
  private final List<Node> nodes = new ArrayList<>();
  private final Map<Read, String> reads = new HashMap<>();
  private final Map<String, ValueType> types;
  private final Map<String, Node> originals = new HashMap<>();

  private ForeignWeights(Graph graph, SourceNames names) {
    this.graph = graph;
    this.names = names;
    this.types = new LinkedHashMap<>(graph.types());
  }

  /**
   * A graph that shows where its weights come from.
   *
   * @param graph with a node for each read of a foreign weight
   * @param originals the nodes that read them before, by their names: some operators take no
   *     computed value there
   */
  record Shown(Graph graph, Map<String, Node> originals) {}

  static Shown shown(Graph graph, SourceNames names) {
    ForeignWeights search = new ForeignWeights(graph, names);
    graph.nodes().forEach(search::add);
    if (search.originals.isEmpty()) {
      return new Shown(graph, Map.of());
    }
    Graph shown =
        new Graph(
            graph.name(),
            graph.inputs(),
            graph.outputs(),
            search.nodes,
            search.types,
            graph.contents(),
            graph.facts());
    return new Shown(shown, search.originals);
  }

  private void add(Node node) {
    List<Operand> inputs = new ArrayList<>();
    for (Operand operand : node.inputs()) {
      inputs.add(
          stored(operand)
              .flatMap(tensor -> home(tensor, node.scope()))
              .<Operand>map(level -> new Operand.Use(read(operand, node.scope(), level)))
              .orElse(operand));
    }
    if (inputs.equals(node.inputs())) {
      nodes.add(node);
    } else {
      originals.put(node.name(), node);
      nodes.add(node.withInputs(inputs));
    }
  }

  /** What an operand is of the checkpoint's. */
  private static Optional<WeightExpression> stored(Operand operand) {
    if (operand instanceof Operand.Weight weight) {
      return Optional.of(weight.expression());
    }
    return operand instanceof Operand.Constant constant
            && !TensorLiterals.fitsInText(constant.tensor())
        ? Optional.of(WeightExpression.of(constant.tensor()))
        : Optional.empty();
  }

  /** How many of a scope's modules a foreign weight belongs to; nothing for a module's own. */
  private Optional<Integer> home(WeightExpression weight, Scope scope) {
    List<String> owners = new ArrayList<>();
    for (Tensor base : weight.bases()) {
      for (String name : names.of(base)) {
        owners.add(name.substring(0, Math.max(0, name.lastIndexOf('.'))));
      }
    }
    if (owners.stream().anyMatch(owner -> isWithin(owner, scope.path()))) {
      return Optional.empty();
    }
    int level = 0;
    for (int i = 0; i < scope.modules().size(); i++) {
      String path = scope.modules().get(i).path();
      if (owners.stream().allMatch(owner -> isWithin(owner, path))) {
        level = i + 1;
      }
    }
    boolean root = level == 0 || scope.modules().get(level - 1).path().isEmpty();
    return root && !isOfRoot(weight, owners) ? Optional.empty() : Optional.of(level);
  }

  // What has lost its name has a plain one too, and a path that fits none of the scopes is no path.
  private boolean isOfRoot(WeightExpression weight, List<String> owners) {
    return owners.stream().noneMatch(owner -> owner.contains("."))
        && weight.bases().stream().allMatch(names::isParameter);
  }

  private static boolean isWithin(String path, String module) {
    return module.isEmpty() || path.equals(module) || path.startsWith(module + ".");
  }

  private String read(Operand weight, Scope scope, int level) {
    Scope home = new Scope(scope.modules().subList(0, level), Optional.empty());
    WeightExpression expression = stored(weight).orElseThrow();
    return reads.computeIfAbsent(
        new Read(expression, home), read -> insert(weight, expression, scope, home));
  }

  private String insert(Operand weight, WeightExpression expression, Scope reader, Scope home) {
    String name = expression.bases().get(0).name() + "/read" + reads.size();
    types.put(name, graph.type(weight));
    Node read =
        new Node(
            name, WEIGHT, 1, List.of(weight), List.of(Optional.of(name)), Attributes.NONE, home);
    nodes.add(startOf(reader, home), read);
    return name;
  }

  // Before the call of the inner module begins: in the midst of it, it would be cut in two.
  private int startOf(Scope reader, Scope home) {
    String inner = reader.modules().get(home.modules().size()).path();
    int start = nodes.size();
    while (start > 0 && isWithin(nodes.get(start - 1).scope().path(), inner)) {
      start--;
    }
    return start;
  }

  private record Read(WeightExpression weight, Scope home) {}
}
