// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.References;

/** Weights of inner modules and who reads them, for modules whose weights others read too. */
final class OutsideReads {
  private final SourceNames names;
  private final Map<String, Map<Tensor, Set<Integer>>> byModule = new HashMap<>();

  OutsideReads(ModuleCall call, SourceNames names) {
    this.names = names;
    for (LoweredNode node : call.nodes()) {
      node.forEachReference(
          r -> {
            if (r instanceof References.WeightRef w) {
              note(call, w.weight(), node.index());
            } else if (r instanceof References.CellCall c) {
              c.cell().parameters().forEach(p -> note(call, p.value(), node.index()));
            }
          });
    }
  }

  private void note(ModuleCall call, WeightExpression weight, int node) {
    for (Tensor base : weight.bases()) {
      for (String name : names.of(base)) {
        for (int dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
          if (call.contains(name.substring(0, dot))) {
            byModule
                .computeIfAbsent(name.substring(0, dot), module -> new HashMap<>())
                .computeIfAbsent(base, tensor -> new HashSet<>())
                .add(node);
          }
        }
      }
    }
  }

  /** Whether nodes outside of a module read weights of it that its form would not have. */
  boolean lacks(ModuleForm form, ModuleCall inner) {
    Set<Tensor> kept = new HashSet<>();
    form.parameters().forEach(p -> kept.addAll(p.value().bases()));
    Set<Integer> own = new HashSet<>();
    inner.nodes().forEach(node -> own.add(node.index()));
    return byModule.getOrDefault(inner.path(), Map.of()).entrySet().stream()
        .anyMatch(read -> !kept.contains(read.getKey()) && !own.containsAll(read.getValue()));
  }
}
