// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/** Checks that every value is defined once, before it is read. */
public final class GraphVerifier {
  private GraphVerifier() {}

  /**
   * Hands the graph back when it holds together.
   *
   * @throws ConversionException MALFORMED_GRAPH names the node and the value
   */
  public static Graph verified(Graph graph) throws ConversionException {
    verify(graph, new Names(Optional.empty()));
    return graph;
  }

  private static void verify(Graph graph, Names defined) throws ConversionException {
    for (Graph.Input input : graph.inputs()) {
      define(defined, input.name(), "the graph's inputs");
    }
    for (Node node : graph.nodes()) {
      Cancellation.check();
      read(defined, node.inputs(), node.name());
      for (Graph sub : node.subGraphs()) {
        verify(sub, new Names(Optional.of(defined)));
      }
      for (String value : node.definedValues()) {
        define(defined, value, node.name());
      }
    }
    read(defined, graph.outputs().stream().map(Graph.Output::value).toList(), "graph outputs");
  }

  private static void read(Names defined, List<Operand> operands, String origin)
      throws ConversionException {
    for (Operand operand : operands) {
      if (operand instanceof Operand.Use use && !defined.contains(use.value())) {
        throw new ConversionException(
            ErrorCode.MALFORMED_GRAPH,
            origin,
            "reads the value '%s', which nothing before it defines".formatted(use.value()),
            "export the model again; its graph holds a cycle or lacks a node or initializer");
      }
    }
  }

  private static void define(Names defined, String value, String origin)
      throws ConversionException {
    if (!defined.add(value)) {
      throw new ConversionException(
          ErrorCode.MALFORMED_GRAPH,
          origin,
          "defines the value '%s' a second time".formatted(value),
          "export the model again; in ONNX every value is defined once");
    }
  }

  /** Names defined so far, in the graph itself and around it. Copying them would be quadratic. */
  private record Names(Optional<Names> outer, Set<String> own) {
    Names(Optional<Names> outer) {
      this(outer, new HashSet<>());
    }

    boolean contains(String name) {
      return own.contains(name) || (outer.isPresent() && outer.get().contains(name));
    }

    boolean add(String name) {
      return !contains(name) && own.add(name);
    }
  }
}
