// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Scope;

/**
 * Replaces every call of one of the model's functions by the function's nodes.
 *
 * <p>A small file can ask for exponentially many nodes, so they are counted as they appear.
 */
final class FunctionInliner {
  private static final OpId IDENTITY = OpId.onnx("Identity");

  private final Map<Key, Onnx.Function> functions = new HashMap<>();
  private final UniqueNames values = new UniqueNames();
  private final Set<Key> active = new LinkedHashSet<>();
  private final ReaderLimits limits;
  private final HeapBudget budget;
  private long steps;
  private int depth;

  private FunctionInliner(Onnx.Model model, ReaderLimits limits, HeapBudget budget)
      throws ConversionException {
    this.limits = limits;
    this.budget = budget;
    for (Onnx.Function function : model.functions()) {
      Key key = new Key(function.op(), function.overload());
      if (functions.put(key, function) != null) {
        throw malformed(key.toString(), "two functions have this name");
      }
    }
    claimNames(model.graph());
  }

  /** The model's graph without calls. */
  static Onnx.Graph inlined(Onnx.Model model, ReaderLimits limits, HeapBudget budget)
      throws ConversionException {
    return model.functions().isEmpty()
        ? model.graph()
        : new FunctionInliner(model, limits, budget).inlined(model.graph());
  }

  private void claimNames(Onnx.Graph graph) {
    for (Onnx.Node node : graph.nodes()) {
      node.outputs().forEach(values::claim);
      for (Onnx.Attribute attribute : node.attributes()) {
        if (attribute instanceof Onnx.Nested nested) {
          claimNames(nested.graph());
        }
      }
    }
    graph.inputs().forEach(input -> values.claim(input.name()));
    graph.initializers().forEach(tensor -> values.claim(tensor.name()));
  }

  private Onnx.Graph inlined(Onnx.Graph graph) throws ConversionException {
    List<Onnx.Node> nodes = new ArrayList<>();
    enter(graph.name());
    for (Onnx.Node node : graph.nodes()) {
      inline(node, nodes);
    }
    depth--;
    return graph.withNodes(nodes);
  }

  private void inline(Onnx.Node node, List<Onnx.Node> out) throws ConversionException {
    Cancellation.check();
    if (++steps > limits.nodes()) {
      throw limit(node.origin(), "functions make more than %d nodes".formatted(limits.nodes()));
    }
    Onnx.Node flat = withInlinedGraphs(node);
    Key key = new Key(node.op(), node.overload());
    Onnx.Function function = functions.get(key);
    if (function == null) {
      out.add(flat);
      return;
    }
    if (!active.add(key)) {
      throw malformed(node.origin(), "calls the function %s, which calls itself".formatted(key));
    }
    enter(node.origin());
    expand(function, flat, out);
    depth--;
    active.remove(key);
  }

  private void enter(String origin) throws ConversionException {
    if (++depth > limits.callDepth()) {
      throw limit(origin, "functions and graphs nest deeper than " + limits.callDepth());
    }
  }

  private Onnx.Node withInlinedGraphs(Onnx.Node node) throws ConversionException {
    List<Onnx.Attribute> attributes = new ArrayList<>();
    boolean changed = false;
    for (Onnx.Attribute attribute : node.attributes()) {
      if (attribute instanceof Onnx.Nested nested) {
        attributes.add(new Onnx.Nested(nested.name(), inlined(nested.graph())));
        changed = true;
      } else {
        attributes.add(attribute);
      }
    }
    return changed ? node.withAttributes(attributes) : node;
  }

  private void expand(Onnx.Function function, Onnx.Node call, List<Onnx.Node> out)
      throws ConversionException {
    FunctionBody body = new FunctionBody(call, values, budget);
    if (call.inputs().size() > function.inputs().size()
        || call.outputs().size() > function.outputs().size()) {
      throw malformed(
          call.origin(),
          "gives the function %s more inputs or takes more outputs than it has"
              .formatted(function.op()));
    }
    for (int i = 0; i < function.inputs().size(); i++) {
      body.bind(function.inputs().get(i), i < call.inputs().size() ? call.inputs().get(i) : "");
    }
    for (int i = 0; i < call.outputs().size(); i++) {
      String formal = function.outputs().get(i);
      String actual = call.outputs().get(i);
      if (!actual.isEmpty() && !body.bind(formal, actual)) {
        out.add(identity(body.value(formal), actual, call));
      }
    }
    Map<String, Onnx.Attribute> given = attributes(function, call);
    for (Onnx.Node node : function.nodes()) {
      inline(body.copy(node, given), out);
    }
  }

  /** Stands where a function hands an input, or one result twice, to its caller. */
  private static Onnx.Node identity(String from, String to, Onnx.Node call) {
    return new Onnx.Node(
        "", IDENTITY, "", List.of(from), List.of(to), List.of(), call.scope(), call.opsets());
  }

  private static Map<String, Onnx.Attribute> attributes(Onnx.Function function, Onnx.Node call)
      throws ConversionException {
    Map<String, Onnx.Attribute> given = new HashMap<>();
    function.defaults().forEach(attribute -> given.put(attribute.name(), attribute));
    call.attributes().forEach(attribute -> given.put(attribute.name(), attribute));
    for (String required : function.required()) {
      if (!given.containsKey(required)) {
        throw malformed(
            call.origin(),
            "does not give the attribute '%s' of %s".formatted(required, function.op()));
      }
    }
    return given;
  }

  private static ConversionException malformed(String origin, String what) {
    return new ConversionException(
        ErrorCode.MALFORMED_GRAPH,
        origin,
        what,
        "export the model again: its functions are not valid ONNX");
  }

  private static ConversionException limit(String origin, String what) {
    return new ConversionException(
        ErrorCode.LIMIT_EXCEEDED,
        origin,
        what,
        "inline the functions before (onnx.inliner), or export the model in parts");
  }

  /** How a call names a function. */
  private record Key(OpId op, String overload) {
    @Override
    public String toString() {
      return op + (overload.isEmpty() ? "" : ":" + overload);
    }
  }

  /** The names and attributes of one expansion of a function's body. */
  private static final class FunctionBody {
    private final Onnx.Node call;
    private final UniqueNames values;
    private final HeapBudget budget;
    private final Map<String, String> actual = new HashMap<>();

    FunctionBody(Onnx.Node call, UniqueNames values, HeapBudget budget) {
      this.call = call;
      this.values = values;
      this.budget = budget;
      actual.put("", "");
    }

    /** Says what a name of the function is called outside; false when that is settled already. */
    boolean bind(String formal, String outside) {
      return actual.putIfAbsent(formal, outside) == null;
    }

    /** What a name of the function is called in the graph. */
    String value(String formal) {
      return actual.computeIfAbsent(formal, name -> values.claim(call.origin() + "/" + name));
    }

    Onnx.Node copy(Onnx.Node node, Map<String, Onnx.Attribute> given) throws ConversionException {
      budget.charge(
          HeapBudget.OBJECT * (4L + node.inputs().size() + node.outputs().size())
              + 2L * call.origin().length());
      List<Onnx.Attribute> attributes = new ArrayList<>();
      for (Onnx.Attribute attribute : node.attributes()) {
        copy(attribute, given).ifPresent(attributes::add);
      }
      return new Onnx.Node(
          call.origin() + "/" + node.origin(),
          node.op(),
          node.overload(),
          node.inputs().stream().map(this::value).toList(),
          node.outputs().stream().map(this::value).toList(),
          attributes,
          node.scope().equals(Scope.NONE) ? call.scope() : node.scope(),
          node.opsets());
    }

    private Optional<Onnx.Attribute> copy(
        Onnx.Attribute attribute, Map<String, Onnx.Attribute> given) throws ConversionException {
      if (attribute instanceof Onnx.Reference reference) {
        return Optional.ofNullable(given.get(reference.referred()))
            .map(value -> value.named(reference.name()));
      }
      if (attribute instanceof Onnx.Nested nested) {
        return Optional.of(new Onnx.Nested(nested.name(), copy(nested.graph(), given)));
      }
      return Optional.of(attribute);
    }

    private Onnx.Graph copy(Onnx.Graph graph, Map<String, Onnx.Attribute> given)
        throws ConversionException {
      List<Onnx.Node> nodes = new ArrayList<>();
      for (Onnx.Node node : graph.nodes()) {
        nodes.add(copy(node, given));
      }
      return new Onnx.Graph(
          graph.name(),
          nodes,
          graph.initializers().stream().map(t -> t.named(value(t.name()))).toList(),
          graph.sparseInitializers().stream().map(this::value).toList(),
          renamed(graph.inputs()),
          renamed(graph.outputs()),
          renamed(graph.types()),
          graph.metadata());
    }

    private List<Onnx.Value> renamed(List<Onnx.Value> list) {
      return list.stream()
          .map(value -> new Onnx.Value(value(value.name()), value.type(), value.metadata()))
          .toList();
    }
  }
}
