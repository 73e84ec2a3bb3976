// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.onnx.dims.DimReader;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.frontend.source.NodeNameScopes;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;

/** Makes graphs of the IR: names become operands, constants move to where they are read. */
final class GraphLowering {
  private static final OpId IDENTITY = OpId.onnx("Identity");
  private static final OpId CONSTANT = OpId.onnx("Constant");

  private final DimReader dims;
  private final WeightClassification weights;
  private final NodeNameScopes nameScopes;
  private final UniqueNames nodeNames = new UniqueNames();

  GraphLowering(DimReader dims, WeightClassification weights, NodeNameScopes nameScopes) {
    this.dims = dims;
    this.weights = weights;
    this.nameScopes = nameScopes;
  }

  /** The model's graph. */
  Graph lower(Onnx.Graph graph, Map<String, String> facts) throws ConversionException {
    return lower(graph, Bindings.ofModel(), facts);
  }

  private Graph lower(Onnx.Graph graph, Bindings bindings, Map<String, String> facts)
      throws ConversionException {
    List<Node> nodes = new ArrayList<>();
    bindInitializers(graph, bindings, nodes);
    List<Graph.Input> inputs = bindInputs(graph, bindings);
    List<String> names = names(graph.nodes());
    for (int index :
        TopologicalOrder.of(graph.nodes(), names, name -> bindings.find(name).isPresent())) {
      Cancellation.check();
      lower(graph.nodes().get(index), names.get(index), bindings).ifPresent(nodes::add);
    }
    return new Graph(
        graph.name(),
        inputs,
        outputs(graph, bindings),
        nodes,
        types(graph, bindings),
        Map.of(),
        facts);
  }

  private List<Graph.Input> bindInputs(Onnx.Graph graph, Bindings bindings)
      throws ConversionException {
    List<Graph.Input> inputs = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (Onnx.Value input : graph.inputs()) {
      if (input.name().isEmpty() || !seen.add(input.name())) {
        throw malformed(input.name(), "an input of the graph has no name, or that of another");
      }
      // An initializer of that name is only what the input is when nobody gives it.
      bindings.putValue(input.name());
      inputs.add(new Graph.Input(input.name(), dims.type(input)));
    }
    return inputs;
  }

  private static List<Graph.Output> outputs(Onnx.Graph graph, Bindings bindings)
      throws ConversionException {
    List<Graph.Output> outputs = new ArrayList<>();
    for (Onnx.Value output : graph.outputs()) {
      if (bindings.find(output.name()).isEmpty()) {
        throw malformed(output.name(), "is an output of the graph, but nothing defines it");
      }
      outputs.add(new Graph.Output(output.name(), operand(output.name(), bindings)));
    }
    return outputs;
  }

  private void bindInitializers(Onnx.Graph graph, Bindings bindings, List<Node> nodes)
      throws ConversionException {
    Set<String> seen = new HashSet<>();
    for (Tensor tensor : graph.initializers()) {
      define(seen, tensor.name());
      if (WeightClassification.isText(tensor)) {
        bindings.putValue(tensor.name());
        nodes.add(constantNode(tensor.name(), "value", new Attribute.Const(tensor)));
      } else {
        bindings.put(tensor.name(), weights.classify(tensor));
      }
    }
    for (String sparse : graph.sparseInitializers()) {
      define(seen, sparse);
      bindings.putValue(sparse);
      nodes.add(constantNode(sparse, "sparse_value", new Attribute.Other("sparse tensor")));
    }
  }

  private static void define(Set<String> seen, String initializer) throws ConversionException {
    if (initializer.isEmpty() || !seen.add(initializer)) {
      throw new ConversionException(
          ErrorCode.MALFORMED_GRAPH,
          initializer,
          initializer.isEmpty() ? "an initializer has no name" : "two initializers have this name",
          "export the model again; in ONNX every value is defined once");
    }
  }

  /** What no constant can be stays a node, so that it becomes a placeholder with its name. */
  private Node constantNode(String value, String attribute, Attribute content) {
    return new Node(
        nodeNames.claim(value),
        CONSTANT,
        13,
        List.of(),
        List.of(Optional.of(value)),
        new Attributes(Map.of(attribute, content)),
        Scope.NONE);
  }

  /** The nodes' names, made unique; one without a name gets one of its operator and place. */
  private List<String> names(List<Onnx.Node> nodes) {
    List<String> names = new ArrayList<>();
    for (Onnx.Node node : nodes) {
      String made = node.op().type() + "_" + names.size();
      names.add(nodeNames.claim(node.name().isEmpty() ? made : node.name()));
    }
    return names;
  }

  private Optional<Node> lower(Onnx.Node node, String name, Bindings bindings)
      throws ConversionException {
    Optional<Operand> known = known(node, bindings);
    for (String output : node.outputs()) {
      if (bindings.isOwn(output)) {
        throw malformed(name, "defines the value '%s' a second time".formatted(output));
      }
    }
    if (known.isPresent()) {
      bindings.put(node.outputs().get(0), known.get());
      return Optional.empty();
    }
    List<Operand> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      inputs.add(operand(input, bindings));
    }
    Attributes attributes = attributes(node, name, bindings);
    List<Optional<String>> outputs = new ArrayList<>();
    for (String output : node.outputs()) {
      if (!output.isEmpty()) {
        bindings.putValue(output);
      }
      outputs.add(Optional.of(output).filter(o -> !o.isEmpty()));
    }
    Scope scope =
        node.scope().equals(Scope.NONE)
            ? nameScopes.read(node.name(), node.op().type())
            : node.scope();
    return Optional.of(
        new Node(name, node.op(), opset(node, name), inputs, outputs, attributes, scope));
  }

  /** What the node's only result is, where that is known now. */
  private Optional<Operand> known(Onnx.Node node, Bindings bindings) {
    if (node.op().equals(IDENTITY) && node.inputs().size() == 1 && node.outputs().size() == 1) {
      return bindings
          .find(node.inputs().get(0))
          .filter(operand -> !(operand instanceof Operand.Use))
          .map(operand -> weights.identity(operand, node.outputs().get(0)));
    }
    return ConstantNodes.value(node).map(Operand.Constant::new);
  }

  private static Operand operand(String name, Bindings bindings) {
    return name.isEmpty()
        ? new Operand.Absent()
        : bindings.find(name).orElseGet(() -> new Operand.Use(name));
  }

  private Attributes attributes(Onnx.Node node, String name, Bindings bindings)
      throws ConversionException {
    Map<String, Attribute> attributes = new LinkedHashMap<>();
    for (Onnx.Attribute attribute : node.attributes()) {
      Attribute value;
      if (attribute instanceof Onnx.Nested nested) {
        value = new Attribute.SubGraph(lower(nested.graph(), bindings.inner(), Map.of()));
      } else if (attribute instanceof Onnx.Plain plain) {
        value = plain.value();
      } else {
        throw malformed(name, "refers to a function's attribute, but stands in no function");
      }
      if (attributes.put(attribute.name(), value) != null) {
        throw malformed(name, "has the attribute '%s' twice".formatted(attribute.name()));
      }
    }
    return new Attributes(attributes);
  }

  private static ConversionException malformed(String node, String what) {
    return new ConversionException(
        ErrorCode.MALFORMED_GRAPH,
        node,
        what,
        "export the model again: its graph is not valid ONNX");
  }

  private static int opset(Onnx.Node node, String name) throws ConversionException {
    OptionalInt version = node.opsets().version(node.op().domain());
    if (node.op().domain().isEmpty()) {
      OpsetRange.check(version, name);
    }
    // Custom domains that the model forgets to import have one version.
    return version.orElse(1);
  }

  /** What the file says of values that a run computes, where it says anything. */
  private Map<String, ValueType> types(Onnx.Graph graph, Bindings bindings)
      throws ConversionException {
    Map<String, ValueType> types = new LinkedHashMap<>();
    for (List<Onnx.Value> values : List.of(graph.types(), graph.outputs(), graph.inputs())) {
      for (Onnx.Value value : values) {
        if (isComputed(value.name(), bindings)) {
          ValueType type = dims.type(value);
          if (!type.equals(TensorType.UNKNOWN)) {
            types.put(value.name(), type);
          }
        }
      }
    }
    return types;
  }

  private static boolean isComputed(String value, Bindings bindings) {
    return bindings.isOwn(value)
        && bindings.find(value).filter(Operand.Use.class::isInstance).isPresent();
  }
}
