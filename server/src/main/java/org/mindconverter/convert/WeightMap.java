// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.emit.Network;
import org.mindconverter.emit.SourceNames;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.SourceWeight;

/** What became of every weight of the source: one row each, in the source's order. */
final class WeightMap {
  private final ConversionOptions options;
  private final SourceNames names;
  private final Map<String, List<Network.Parameter>> bySourceName = new LinkedHashMap<>();
  private final Set<String> sourceNames = new HashSet<>();
  private final Network network;
  private final RecoveredNames recovered;

  WeightMap(
      Network network, SourceNames names, ConversionOptions options, RecoveredNames recovered) {
    this.network = network;
    this.names = names;
    this.options = options;
    this.recovered = recovered;
    options.sourceWeights().forEach(weight -> sourceNames.add(weight.name()));
    for (Network.Parameter parameter : network.parameters()) {
      for (Tensor base : parameter.value().bases()) {
        for (String name : names.of(base)) {
          bySourceName.computeIfAbsent(name, n -> new ArrayList<>()).add(parameter);
        }
      }
    }
  }

  void writeTo(ConversionSink sink) throws IOException, ConversionException {
    Set<Network.Parameter> told = new HashSet<>();
    for (SourceWeight weight : options.sourceWeights()) {
      List<Network.Parameter> found =
          recovered.changed().contains(weight.name())
              ? List.of()
              : bySourceName.getOrDefault(weight.name(), List.of());
      if (found.size() == 1 && isJoined(found.get(0))) {
        if (told.add(found.get(0))) {
          sink.weight(row(found.get(0))); // one row for all that it is made of, in their order
        }
      } else {
        told.addAll(found);
        sink.weight(row(weight, found));
      }
    }
    for (Network.Parameter parameter : network.parameters()) {
      if (!told.contains(parameter)) {
        sink.weight(row(parameter));
      }
    }
  }

  private String transform(List<Network.Parameter> made) {
    List<String> texts = made.stream().map(p -> source(p).describe()).toList();
    return texts.stream().distinct().count() == 1 ? texts.get(0) : String.join("; ", texts);
  }

  private static boolean isJoined(Network.Parameter parameter) {
    return parameter.value().bases().stream().distinct().count() > 1;
  }

  private WeightRow row(SourceWeight weight, List<Network.Parameter> found) {
    WeightRow.WeightTensor source =
        new WeightRow.WeightTensor(weight.name(), weight.shape(), weight.dataType());
    if (found.isEmpty()) {
      return new WeightRow(List.of(), List.of(source), "", reason(weight), weight.aliasOf());
    }
    return new WeightRow(
        found.stream().map(WeightMap::converted).toList(),
        List.of(source),
        transform(found),
        weight.role() == SourceWeight.Role.NON_PERSISTENT_BUFFER
            ? "the state_dict does not hold it"
            : "",
        weight.aliasOf());
  }

  /** How a parameter is made of what the source has, where the model has it turned. */
  private WeightExpression source(Network.Parameter parameter) {
    return parameter.value().over(this::source);
  }

  private WeightExpression source(Tensor base) {
    if (!recovered.turned().contains(base.name())) {
      return WeightExpression.of(base);
    }
    List<Long> dims = List.of(base.dims().get(1), base.dims().get(0));
    Tensor turned = new Tensor(base.name(), base.element(), dims, base.data());
    return WeightExpression.of(turned).transposed(List.of(1, 0));
  }

  private String reason(SourceWeight weight) {
    if (recovered.changed().contains(weight.name())) {
      return "the model has other values under this name: its exporter has changed them";
    }
    if (weight.name().endsWith("num_batches_tracked")) {
      return "counts training batches; MindSpore's BatchNorm keeps no such count";
    }
    return switch (weight.role()) {
      case BUFFER, NON_PERSISTENT_BUFFER ->
          "the network does not read it, or its values stand in the script as constants";
      case PARAMETER, FROZEN_PARAMETER -> "forward does not read it";
      case UNKNOWN -> "no weight of the model has its values";
    };
  }

  private WeightRow row(Network.Parameter parameter) {
    WeightExpression value = source(parameter);
    List<WeightRow.WeightTensor> sources =
        value.bases().stream()
            .distinct()
            .filter(this::isSource)
            .map(
                base ->
                    new WeightRow.WeightTensor(
                        names.of(base).get(0), base.dims(), base.element().lowerName()))
            .toList();
    String reason = sources.isEmpty() ? "its values are the model's, not the source's" : "";
    return new WeightRow(List.of(converted(parameter)), sources, value.describe(), reason, "");
  }

  // Tables that the model computes are nobody's weights where all of those are known.
  private boolean isSource(Tensor base) {
    return !recovered.changed().contains(base.name())
        && (options.sourceWeights().isEmpty()
            || names.of(base).stream().anyMatch(sourceNames::contains));
  }

  private static WeightRow.WeightTensor converted(Network.Parameter parameter) {
    return new WeightRow.WeightTensor(
        parameter.name(), parameter.value().dims(), parameter.value().element().checkpointName());
  }
}
