// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.ir.DimExpression;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.ValueType;
import org.mindconverter.op.Lowered;
import org.mindconverter.op.References;
import org.mindconverter.op.Refusal;
import org.mindconverter.op.Step;
import org.mindconverter.python.PyExpr;

/**
 * Writes a graph inside of a node as steps of that node: its values become variables, and what
 * stands around it is read as anywhere.
 */
final class BodyLowering {
  private final NodeMapping mapping;
  private final Lowered.Steps steps;
  private final Map<String, PyExpr> values = new HashMap<>();
  private final Map<DimExpression, PyExpr> sizes = new HashMap<>();

  /**
   * A writer for one graph.
   *
   * @param mapping maps the graph's nodes
   * @param steps takes its work
   */
  BodyLowering(NodeMapping mapping, Lowered.Steps steps) {
    this.mapping = mapping;
    this.steps = steps;
  }

  /** Writes the graph's work, and tells its outputs. */
  List<PyExpr> write(Graph body, List<PyExpr> arguments) throws Refusal {
    for (int i = 0; i < body.inputs().size(); i++) {
      define(body.inputs().get(i).name(), arguments.get(i));
    }
    List<Mapped> live = live(body);
    Map<String, Integer> reads = reads(live, body);
    Set<String> results = new HashSet<>();
    body.outputs().forEach(output -> use(output.value()).ifPresent(results::add));
    for (Mapped node : live) {
      Cancellation.poll();
      write(node, reads, results);
    }
    return body.outputs().stream().map(output -> operand(output.value())).toList();
  }

  private record Mapped(Node node, Lowered lowered) {
    List<String> usedValues() {
      List<String> used = new ArrayList<>();
      List<PyExpr> expressions = new ArrayList<>(lowered.results());
      collect(lowered.steps(), expressions);
      for (PyExpr e : expressions) {
        LoweredNode.forEachReference(
            e,
            reference -> {
              if (reference instanceof References.ValueRef v) {
                used.add(v.value());
              }
            });
      }
      return used;
    }

    private static void collect(List<Step> steps, List<PyExpr> expressions) {
      for (Step step : steps) {
        expressions.addAll(step.expressions());
        step.blocks().forEach(block -> collect(block, expressions));
      }
    }
  }

  /** The nodes whose results code reads: shape arithmetic that became numbers is gone. */
  private List<Mapped> live(Graph body) throws Refusal {
    List<Mapped> all = new ArrayList<>();
    for (Node node : body.nodes()) {
      Cancellation.poll();
      all.add(new Mapped(node, mapped(node)));
    }
    Set<String> read = new HashSet<>();
    body.outputs().forEach(output -> use(output.value()).ifPresent(read::add));
    Deque<Mapped> live = new ArrayDeque<>();
    for (int i = all.size() - 1; i >= 0; i--) {
      Mapped mapped = all.get(i);
      if (mapped.node().definedValues().stream().anyMatch(read::contains)) {
        live.addFirst(mapped);
        read.addAll(mapped.usedValues());
      }
    }
    return List.copyOf(live);
  }

  private Lowered mapped(Node node) throws Refusal {
    try {
      return mapping.of(node);
    } catch (Refusal refusal) {
      throw new Refusal(
          "%s '%s' inside of it: %s"
              .formatted(node.op().qualified(), node.name(), refusal.getMessage()));
    }
  }

  private static Optional<String> use(Operand operand) {
    return operand instanceof Operand.Use use ? Optional.of(use.value()) : Optional.empty();
  }

  private static Map<String, Integer> reads(List<Mapped> live, Graph body) {
    Map<String, Integer> reads = new HashMap<>();
    live.forEach(node -> node.usedValues().forEach(v -> reads.merge(v, 1, Integer::sum)));
    body.outputs().forEach(o -> use(o.value()).ifPresent(v -> reads.merge(v, 1, Integer::sum)));
    return reads;
  }

  // What is only handed out needs no variable of its own.
  private void write(Mapped mapped, Map<String, Integer> reads, Set<String> handedOut) {
    Map<References.Temporary, References.Temporary> renamed = new HashMap<>();
    mapped.lowered().steps().forEach(step -> steps.add(moved(step, renamed)));
    List<PyExpr> results = mapped.lowered().results();
    for (int i = 0; i < results.size(); i++) {
      Optional<String> value = mapped.node().output(i);
      if (value.isPresent() && reads.containsKey(value.get())) {
        PyExpr result = moved(results.get(i), renamed);
        String hint = Locals.hint(value.get(), mapped.node().op().type());
        boolean once = reads.get(value.get()) == 1 && handedOut.contains(value.get());
        define(value.get(), once || isAtHand(result) ? result : steps.add(hint, result));
      }
    }
  }

  private static boolean isAtHand(PyExpr e) {
    return e instanceof PyExpr.Reference && !(e instanceof References.CellCall);
  }

  private Step moved(Step step, Map<References.Temporary, References.Temporary> renamed) {
    return step.moved(
        target -> renamed.computeIfAbsent(target, t -> steps.variable(t.hint())),
        e -> moved(e, renamed));
  }

  private PyExpr moved(PyExpr e, Map<References.Temporary, References.Temporary> renamed) {
    return References.rewritten(
        e,
        reference -> {
          if (reference instanceof References.ValueRef v) {
            return values.getOrDefault(v.value(), v);
          }
          if (reference instanceof References.Temporary t) {
            return renamed.getOrDefault(t, t);
          }
          return reference instanceof References.DimRef d
              ? DimCode.of(d.dim().expression(), this::size)
              : reference;
        });
  }

  // What no value of the body carries is of the graph around it.
  private Optional<PyExpr> size(DimExpression e) {
    PyExpr here = sizes.get(e);
    if (here != null) {
      return Optional.of(here);
    }
    return e.soleSymbol().map(symbol -> new References.DimRef(e.toDim()));
  }

  private void define(String value, PyExpr expression) {
    values.put(value, expression);
    ValueType type = mapping.known().graph().valueType(new Operand.Use(value));
    sizes.putAll(DimCode.carriedBy(expression, type));
  }

  private PyExpr operand(Operand operand) {
    if (operand instanceof Operand.Use use) {
      return values.getOrDefault(use.value(), new References.ValueRef(use.value()));
    }
    if (operand instanceof Operand.Constant constant) {
      return new References.ConstRef(constant.tensor());
    }
    if (operand instanceof Operand.Weight weight) {
      return new References.WeightRef(weight.expression());
    }
    throw new AssertionError(operand);
  }
}
