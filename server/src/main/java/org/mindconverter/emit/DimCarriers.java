// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.DimExpression;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.ValueType;
import org.mindconverter.op.References;
import org.mindconverter.python.PyExpr;

/**
 * Replaces dimensions that only a run tells by {@code x.shape[i]} of the nearest value that carries
 * them, so that no shape has to cross the border of a module where a tensor does anyway.
 */
final class DimCarriers {
  private final Graph graph;
  private final Liveness liveness;
  private final Deque<Map<DimExpression, PyExpr>> visible = new ArrayDeque<>();
  private final Map<DimExpression, PyExpr> everywhere = new HashMap<>();

  private DimCarriers(Graph graph, Liveness liveness) {
    this.graph = graph;
    this.liveness = liveness;
  }

  /** The nodes with every dimension resolved. */
  static List<LoweredNode> resolved(ModuleCall root, Graph graph, Liveness liveness) {
    DimCarriers carriers = new DimCarriers(graph, liveness);
    carriers.visible.push(new HashMap<>());
    graph.inputs().forEach(input -> carriers.see(input.name()));
    List<LoweredNode> result = new ArrayList<>();
    carriers.visit(root, result);
    return result;
  }

  private void visit(ModuleCall call, List<LoweredNode> result) {
    for (ModuleCall.Item item : call.items()) {
      Cancellation.poll();
      if (item instanceof ModuleCall.Operation o) {
        result.add(resolve(o.node()));
        o.node().node().definedValues().forEach(this::see);
      } else {
        ModuleCall inner = ((ModuleCall.SubCall) item).call();
        visible.push(new HashMap<>());
        Liveness.inputs(inner.nodes()).forEach(this::see);
        visit(inner, result);
        visible.pop();
        liveness.outputs(inner.nodes()).forEach(this::see);
      }
    }
  }

  // Later values win: they are nearer.
  private void see(String value) {
    carriersOf(value, visible.element());
    carriersOf(value, everywhere);
  }

  private void carriersOf(String value, Map<DimExpression, PyExpr> into) {
    ValueType type = graph.valueType(new Operand.Use(value));
    DimCode.carriedBy(new References.ValueRef(value), type).forEach(into::put);
  }

  private LoweredNode resolve(LoweredNode node) {
    Map<DimExpression, PyExpr> own = new HashMap<>();
    node.usedValues().forEach(v -> carriersOf(v, own));
    return node.rewritten(
        reference ->
            reference instanceof References.DimRef d
                ? DimCode.of(d.dim().expression(), e -> find(e, own))
                : reference);
  }

  private Optional<PyExpr> find(DimExpression e, Map<DimExpression, PyExpr> own) {
    if (own.containsKey(e)) {
      return Optional.of(own.get(e));
    }
    for (Map<DimExpression, PyExpr> scope : visible) {
      if (scope.containsKey(e)) {
        return Optional.of(scope.get(e));
      }
    }
    // A value of another module, which then hands it over.
    return Optional.ofNullable(everywhere.get(e));
  }
}
