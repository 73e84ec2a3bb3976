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
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.DimExpression;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Shape;
import org.mindconverter.op.References;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Replaces dimensions that only a run tells by {@code x.shape[i]} of the nearest value that carries
 * them, so that no shape has to cross the border of a module where a tensor does anyway.
 */
final class DimCarriers {
  private final Graph graph;
  private final Liveness liveness;
  private final Deque<Map<DimExpression, Carrier>> visible = new ArrayDeque<>();
  private final Map<DimExpression, Carrier> everywhere = new HashMap<>();

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

  private void carriersOf(String value, Map<DimExpression, Carrier> into) {
    Optional<Shape> shape = graph.type(value).shape();
    if (shape.isEmpty()) {
      return;
    }
    for (int axis = shape.get().rank() - 1; axis >= 0; axis--) {
      if (shape.get().dim(axis) instanceof Dim.Symbolic s) {
        into.put(s.expression(), new Carrier(value, axis));
      }
    }
  }

  private LoweredNode resolve(LoweredNode node) {
    Map<DimExpression, Carrier> own = new HashMap<>();
    node.usedValues().forEach(v -> carriersOf(v, own));
    return node.rewritten(
        reference ->
            reference instanceof References.DimRef d
                ? expression(d.dim().expression(), own)
                : reference);
  }

  private PyExpr expression(DimExpression e, Map<DimExpression, Carrier> own) {
    Optional<Carrier> carrier = find(e, own);
    if (carrier.isPresent()) {
      return carrier.get().expression();
    }
    if (e.soleSymbol().isPresent()) {
      throw new IllegalStateException("no value carries the dimension '%s'".formatted(e));
    }
    PyExpr sum = null;
    for (Map.Entry<DimExpression.Product, Long> term : e.terms().entrySet()) {
      long factor = term.getValue();
      boolean subtract = sum != null && factor < 0;
      PyExpr product = product(term.getKey(), subtract ? -factor : factor, own);
      sum = sum == null ? product : subtract ? Py.minus(sum, product) : Py.plus(sum, product);
    }
    return sum == null ? Py.num(0) : sum;
  }

  private PyExpr product(
      DimExpression.Product product, long factor, Map<DimExpression, Carrier> own) {
    List<PyExpr> factors = new ArrayList<>();
    for (DimExpression.Atom atom : product.atoms()) {
      factors.add(atom(atom, own));
    }
    if (factor != 1 || factors.isEmpty()) {
      factors.add(Py.num(factor));
    }
    return factors.stream().reduce(Py::times).orElseThrow();
  }

  private PyExpr atom(DimExpression.Atom atom, Map<DimExpression, Carrier> own) {
    if (atom instanceof DimExpression.Symbol s) {
      return expression(DimExpression.symbol(s.name()), own);
    }
    DimExpression.Binary b = (DimExpression.Binary) atom;
    PyExpr left = expression(b.left(), own);
    PyExpr right = expression(b.right(), own);
    return switch (b.operation()) {
      case FLOOR_DIV -> Py.binary(left, PyExpr.Operator.FLOOR_DIVIDE, right);
      case MOD -> Py.binary(left, PyExpr.Operator.MODULO, right);
      case MIN -> Py.call("min", left, right);
      case MAX -> Py.call("max", left, right);
    };
  }

  private Optional<Carrier> find(DimExpression e, Map<DimExpression, Carrier> own) {
    if (own.containsKey(e)) {
      return Optional.of(own.get(e));
    }
    for (Map<DimExpression, Carrier> scope : visible) {
      if (scope.containsKey(e)) {
        return Optional.of(scope.get(e));
      }
    }
    // A value of another module, which then hands it over.
    return Optional.ofNullable(everywhere.get(e));
  }

  private record Carrier(String value, int axis) {
    PyExpr expression() {
      return Py.index(new PyExpr.Member(new References.ValueRef(value), "shape"), Py.num(axis));
    }
  }
}
