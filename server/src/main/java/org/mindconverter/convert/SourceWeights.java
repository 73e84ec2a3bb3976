// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.stream.Collectors;
import org.mindconverter.emit.SourceNames;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.SourceFacts;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.SourceWeight;

/** Brings together what the caller and the model say of the source's tensors. */
final class SourceWeights {
  private SourceWeights() {}

  static SourceNames names(Graph model, ConversionOptions options) {
    SourceNames names = new SourceNames();
    for (SourceFacts.SourceTensor tensor : SourceFacts.of(model).tensors()) {
      tensor.stored().ifPresent(stored -> names.add(stored, tensor.name()));
      if (tensor.role() != SourceFacts.Role.PARAMETER) {
        names.freeze(tensor.stored().orElse(tensor.name()));
      }
    }
    for (SourceWeight weight : options.sourceWeights()) {
      if (!weight.aliasOf().isEmpty()) {
        // The exporter keeps one of the tied names; which one, only the model's tensors tell.
        names.add(weight.aliasOf(), weight.name());
        names.add(weight.name(), weight.aliasOf());
      }
    }
    if (options.sourceWeights().stream().anyMatch(w -> w.role() != SourceWeight.Role.UNKNOWN)) {
      // A whole module: what stands in for a scale that a layer does not have is not among it.
      names.trainOnly(
          options.sourceWeights().stream()
              .filter(SourceWeights::isTrained)
              .map(SourceWeight::name)
              .collect(Collectors.toSet()));
    }
    return names;
  }

  private static boolean isTrained(SourceWeight weight) {
    return switch (weight.role()) {
      case PARAMETER, UNKNOWN -> true;
      case FROZEN_PARAMETER, BUFFER, NON_PERSISTENT_BUFFER -> false;
    };
  }
}
