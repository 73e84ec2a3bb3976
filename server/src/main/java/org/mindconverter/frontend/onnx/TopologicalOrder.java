// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.onnx.file.Onnx;

/**
 * Puts nodes in an order in which each reads only what stands before it. An order that is right
 * stays, since it is that of the source's trace; else nodes move as little as they must.
 */
final class TopologicalOrder {
  private final List<Onnx.Node> nodes;
  private final List<String> names;
  private final Map<String, Integer> producers = new HashMap<>();
  private final List<Set<String>> reads = new ArrayList<>();

  /**
   * The nodes' order.
   *
   * @param names of the nodes, for errors
   * @param known values that the graph has from elsewhere
   * @throws ConversionException MALFORMED_GRAPH: a cycle, or a value that nothing defines
   */
  static List<Integer> of(List<Onnx.Node> nodes, List<String> names, Predicate<String> known)
      throws ConversionException {
    TopologicalOrder order = new TopologicalOrder(nodes, names);
    return order.check(known) ? IntStream.range(0, nodes.size()).boxed().toList() : order.sorted();
  }

  private TopologicalOrder(List<Onnx.Node> nodes, List<String> names) throws ConversionException {
    this.nodes = nodes;
    this.names = names;
    for (int i = 0; i < nodes.size(); i++) {
      for (String value : nodes.get(i).outputs()) {
        if (!value.isEmpty() && producers.putIfAbsent(value, i) != null) {
          throw malformed(i, "defines the value '%s' a second time".formatted(value));
        }
      }
      reads.add(reads(nodes.get(i)));
    }
  }

  /** The values that a node reads, those included that graphs inside of it capture. */
  static Set<String> reads(Onnx.Node node) {
    Set<String> reads = new LinkedHashSet<>();
    for (String input : node.inputs()) {
      if (!input.isEmpty()) {
        reads.add(input);
      }
    }
    for (Onnx.Attribute attribute : node.attributes()) {
      if (attribute instanceof Onnx.Nested nested) {
        reads.addAll(captured(nested.graph()));
      }
    }
    return reads;
  }

  private static Set<String> captured(Onnx.Graph graph) {
    Set<String> captured = new LinkedHashSet<>();
    Set<String> own = new HashSet<>();
    graph.inputs().forEach(input -> own.add(input.name()));
    graph.initializers().forEach(tensor -> own.add(tensor.name()));
    own.addAll(graph.sparseInitializers());
    graph.nodes().forEach(node -> own.addAll(node.outputs()));
    graph.nodes().forEach(node -> captured.addAll(reads(node)));
    graph.outputs().forEach(output -> captured.add(output.name()));
    captured.removeAll((Collection<?>) own);
    captured.remove("");
    return captured;
  }

  /** Whether the order is right already. */
  private boolean check(Predicate<String> known) throws ConversionException {
    boolean ordered = true;
    for (int i = 0; i < nodes.size(); i++) {
      for (String value : reads.get(i)) {
        Integer producer = producers.get(value);
        if (producer == null && !known.test(value)) {
          throw malformed(i, "reads the value '%s', which nothing defines".formatted(value));
        }
        ordered &= producer == null || producer < i;
      }
    }
    return ordered;
  }

  private List<Integer> sorted() throws ConversionException {
    int[] waiting = new int[nodes.size()];
    Map<Integer, List<Integer>> readers = new HashMap<>();
    PriorityQueue<Integer> ready = new PriorityQueue<>();
    for (int i = 0; i < nodes.size(); i++) {
      for (String value : reads.get(i)) {
        if (producers.containsKey(value)) {
          waiting[i]++;
          readers.computeIfAbsent(producers.get(value), key -> new ArrayList<>()).add(i);
        }
      }
      if (waiting[i] == 0) {
        ready.add(i);
      }
    }
    List<Integer> order = new ArrayList<>();
    while (!ready.isEmpty()) {
      int node = ready.remove();
      order.add(node);
      for (int reader : readers.getOrDefault(node, List.of())) {
        if (--waiting[reader] == 0) {
          ready.add(reader);
        }
      }
    }
    if (order.size() < nodes.size()) {
      throw cycle(waiting);
    }
    return order;
  }

  /** Walks back from a node that waits until one comes round: that one is on the cycle. */
  private ConversionException cycle(int[] waiting) {
    int node = IntStream.range(0, waiting.length).filter(i -> waiting[i] > 0).findFirst().orElse(0);
    Set<Integer> seen = new HashSet<>();
    String value = "";
    while (seen.add(node)) {
      for (String read : reads.get(node)) {
        Integer producer = producers.get(read);
        if (producer != null && waiting[producer] > 0) {
          value = read;
          node = producer;
          break;
        }
      }
    }
    return malformed(
        node, "is part of a cycle: it has to wait for itself, through '%s'".formatted(value));
  }

  private ConversionException malformed(int node, String what) {
    return new ConversionException(
        ErrorCode.MALFORMED_GRAPH,
        names.get(node),
        what,
        "export the model again: its graph is not valid ONNX");
  }
}
