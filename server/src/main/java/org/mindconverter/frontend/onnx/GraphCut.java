// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.ir.Tensor;
import org.mindconverter.request.ConversionOptions;

/** Cuts a graph down to what lies between the inputs and outputs that the caller names. */
final class GraphCut {
  private static final int MOST_LISTED = 8;

  private final Onnx.Graph graph;
  private final Map<String, Onnx.Node> producers = new HashMap<>();
  private final Map<String, Onnx.Value> values = new HashMap<>();
  private final Set<String> tensors = new HashSet<>();
  private final List<String> graphInputs;

  private GraphCut(Onnx.Graph graph) {
    this.graph = graph;
    this.graphInputs = graph.inputs().stream().map(Onnx.Value::name).toList();
    graph.initializers().stream().map(Tensor::name).forEach(tensors::add);
    tensors.addAll(graph.sparseInitializers());
    for (Onnx.Node node : graph.nodes()) {
      node.outputs().forEach(output -> producers.putIfAbsent(output, node));
    }
    producers.remove("");
    Stream.of(graph.types(), graph.outputs(), graph.inputs())
        .flatMap(List::stream)
        .forEach(value -> values.put(value.name(), value));
  }

  /**
   * The part that the options name; the graph itself when they name none.
   *
   * @throws ConversionException BAD_PARAMETER: a name is unknown, or an input is missing
   */
  static Onnx.Graph apply(Onnx.Graph graph, ConversionOptions options) throws ConversionException {
    if (options.inputNames().isEmpty() && options.outputNames().isEmpty()) {
      return graph;
    }
    GraphCut cut = new GraphCut(graph);
    return cut.between(cut.inputs(options.inputNames()), cut.outputs(options.outputNames()));
  }

  /** The inputs: the graph's in its own order, or as named where others are among them. */
  private List<Onnx.Value> inputs(List<String> names) throws ConversionException {
    if (names.isEmpty()) {
      return graph.inputs();
    }
    for (String name : names) {
      if (!graphInputs.contains(name) && !producers.containsKey(name)) {
        throw bad(name, "the model has no such input", graphInputs);
      }
    }
    if (graphInputs.containsAll(names)) {
      return graph.inputs().stream().filter(input -> names.contains(input.name())).toList();
    }
    return names.stream().distinct().map(this::value).toList();
  }

  private List<Onnx.Value> outputs(List<String> names) throws ConversionException {
    if (names.isEmpty()) {
      return graph.outputs();
    }
    List<Onnx.Value> outputs = new ArrayList<>();
    for (String name : names) {
      outputs.add(value(output(name)));
    }
    return outputs;
  }

  /** The value of that name, or the first one of the node of that name. */
  private String output(String name) throws ConversionException {
    if (producers.containsKey(name) || graphInputs.contains(name) || tensors.contains(name)) {
      return name;
    }
    return graph.nodes().stream()
        .filter(node -> node.name().equals(name))
        .flatMap(node -> node.outputs().stream())
        .filter(output -> !output.isEmpty())
        .findFirst()
        .orElseThrow(
            () ->
                bad(
                    name,
                    "the model has no such output, value or node",
                    graph.outputs().stream().map(Onnx.Value::name).toList()));
  }

  private Onnx.Value value(String name) {
    return values.getOrDefault(name, new Onnx.Value(name, Onnx.Type.UNKNOWN, Map.of()));
  }

  private Onnx.Graph between(List<Onnx.Value> inputs, List<Onnx.Value> outputs)
      throws ConversionException {
    Set<String> given = new HashSet<>();
    inputs.forEach(input -> given.add(input.name()));
    Set<Onnx.Node> needed = needed(given, outputs);
    List<Onnx.Node> nodes = new ArrayList<>();
    for (Onnx.Node node : graph.nodes()) {
      if (needed.contains(node)) {
        nodes.add(without(node, given));
      }
    }
    return new Onnx.Graph(
        graph.name(),
        nodes,
        graph.initializers().stream().filter(tensor -> !given.contains(tensor.name())).toList(),
        graph.sparseInitializers(),
        inputs,
        outputs,
        graph.types(),
        graph.metadata());
  }

  private Set<Onnx.Node> needed(Set<String> given, List<Onnx.Value> outputs)
      throws ConversionException {
    Set<Onnx.Node> needed = Collections.newSetFromMap(new IdentityHashMap<>());
    Set<String> seen = new HashSet<>(given);
    Deque<String> open = new ArrayDeque<>();
    outputs.forEach(output -> open.add(output.name()));
    while (!open.isEmpty()) {
      String value = open.remove();
      if (!seen.add(value)) {
        continue;
      }
      if (graphInputs.contains(value) && !tensors.contains(value)) {
        throw bad(value, "the outputs need this input too", graphInputs);
      }
      Onnx.Node producer = producers.get(value);
      if (producer != null && needed.add(producer)) {
        open.addAll(TopologicalOrder.reads(producer));
      }
    }
    return needed;
  }

  /** The node without the outputs that the caller gives. */
  private static Onnx.Node without(Onnx.Node node, Set<String> given) {
    if (node.outputs().stream().noneMatch(given::contains)) {
      return node;
    }
    return node.withOutputs(
        node.outputs().stream().map(output -> given.contains(output) ? "" : output).toList());
  }

  private static ConversionException bad(String name, String what, List<String> known) {
    String list = String.join(", ", known.subList(0, Math.min(MOST_LISTED, known.size())));
    return new ConversionException(
        ErrorCode.BAD_PARAMETER,
        name,
        what,
        "name values of the model; its own are "
            + list
            + (known.size() > MOST_LISTED ? ", …" : ""));
  }
}
