// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mindconverter.emit.Network;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.TensorType;

/** Sums a conversion up. */
final class ConversionSummaries {
  private ConversionSummaries() {}

  static ConversionSummary of(Graph graph, Network network, OperatorTally tally) {
    Map<String, Long> placeholders = new HashMap<>();
    for (Network.Operator operator : network.operators()) {
      if (operator.refusal().isPresent()) {
        OperatorTally.add(operator.node(), placeholders);
      }
    }
    List<ConversionSummary.OperatorCount> counts = new ArrayList<>();
    tally
        .counts()
        .forEach(
            (operator, count) -> {
              long lost = placeholders.getOrDefault(operator, 0L);
              counts.add(new ConversionSummary.OperatorCount(operator, count, count - lost, lost));
            });
    return new ConversionSummary(
        counts.stream().mapToLong(ConversionSummary.OperatorCount::converted).sum(),
        counts.stream().mapToLong(ConversionSummary.OperatorCount::placeholders).sum(),
        network.parameters().size(),
        network.className(),
        counts,
        inputs(graph, network),
        outputs(graph));
  }

  private static List<ConversionSummary.Signature> inputs(Graph graph, Network network) {
    List<ConversionSummary.Signature> inputs = new ArrayList<>();
    for (int i = 0; i < graph.inputs().size(); i++) {
      Graph.Input input = graph.inputs().get(i);
      inputs.add(signature(input.name(), network.inputNames().get(i), input.type()));
    }
    return inputs;
  }

  private static List<ConversionSummary.Signature> outputs(Graph graph) {
    return graph.outputs().stream()
        .map(o -> signature(o.name(), "", graph.type(o.value())))
        .toList();
  }

  private static ConversionSummary.Signature signature(
      String source, String name, TensorType type) {
    List<String> dims =
        type.shape().map(s -> s.dims().stream().map(Object::toString).toList()).orElse(List.of());
    return new ConversionSummary.Signature(source, name, type.element().lowerName(), dims);
  }
}
