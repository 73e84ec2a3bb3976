// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.frontend.source.GraphSignature;
import org.mindconverter.ir.SourceFacts;
import org.mindconverter.ir.SourceFacts.Role;
import org.mindconverter.ir.SourceFacts.SourceTensor;
import org.mindconverter.ir.Tensor;

/** Gathers what torch's exporter says of parameters and buffers: its signature, and each value. */
final class SourceTensors {
  private static final String KIND = "pkg.torch.export.graph_signature.InputSpec.kind";
  private static final String PERSISTENT = "pkg.torch.export.graph_signature.InputSpec.persistent";

  private SourceTensors() {}

  /** What the graph says, tensors of other names with the same storage included. */
  static SourceFacts facts(Onnx.Graph graph) {
    Set<String> stored = new HashSet<>();
    graph.initializers().stream().map(Tensor::name).forEach(stored::add);
    Map<String, Role> roles = new LinkedHashMap<>();
    String signature = graph.metadata().getOrDefault(GraphSignature.KEY, "");
    List<GraphSignature.Entry> entries = GraphSignature.parse(signature);
    entries.forEach(entry -> roles.put(entry.name(), entry.role()));
    Stream.concat(graph.types().stream(), graph.inputs().stream())
        .forEach(value -> role(value).ifPresent(role -> roles.put(value.name(), role)));
    Map<String, String> ties = ties(graph, roles.keySet(), stored);
    List<SourceTensor> tensors = new ArrayList<>();
    roles.forEach(
        (name, role) -> {
          String holder = stored.contains(name) ? name : ties.get(name);
          tensors.add(new SourceTensor(name, role, Optional.ofNullable(holder)));
        });
    return new SourceFacts(tensors);
  }

  private static Optional<Role> role(Onnx.Value value) {
    String kind = value.metadata().getOrDefault(KIND, "");
    return GraphSignature.role(kind, !"False".equals(value.metadata().get(PERSISTENT)));
  }

  /**
   * Names without a tensor of their own, by the tensor that their module reads instead. The
   * exporter stores tied parameters once, under the last name, and does not say so.
   */
  private static Map<String, String> ties(Onnx.Graph graph, Set<String> names, Set<String> stored) {
    Map<String, String> ties = new HashMap<>();
    for (Onnx.Node node : graph.nodes()) {
      Cancellation.poll();
      for (String input : node.inputs()) {
        String leaf = input.substring(input.lastIndexOf('.') + 1);
        String own = node.scope().path() + "." + leaf;
        if (stored.contains(input) && !stored.contains(own) && names.contains(own)) {
          ties.putIfAbsent(own, input);
        }
      }
    }
    return ties;
  }
}
