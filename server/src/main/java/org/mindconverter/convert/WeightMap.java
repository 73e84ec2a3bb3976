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
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.SourceWeight;

/** What became of every weight of the source: one row each, in the source's order. */
final class WeightMap {
  private final ConversionOptions options;
  private final SourceNames names;
  private final Map<String, List<Network.Parameter>> bySourceName = new LinkedHashMap<>();
  private final Network network;

  WeightMap(Network network, SourceNames names, ConversionOptions options) {
    this.network = network;
    this.names = names;
    this.options = options;
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
      List<Network.Parameter> found = bySourceName.getOrDefault(weight.name(), List.of());
      told.addAll(found);
      sink.weight(row(weight, found));
    }
    for (Network.Parameter parameter : network.parameters()) {
      if (!told.contains(parameter)) {
        sink.weight(row(parameter));
      }
    }
  }

  private static WeightRow row(SourceWeight weight, List<Network.Parameter> found) {
    WeightRow.WeightTensor source =
        new WeightRow.WeightTensor(weight.name(), weight.shape(), weight.dataType());
    if (found.isEmpty()) {
      return new WeightRow(List.of(), List.of(source), "", reason(weight), weight.aliasOf());
    }
    return new WeightRow(
        found.stream().map(WeightMap::converted).toList(),
        List.of(source),
        found.get(0).value().describe(),
        "",
        weight.aliasOf());
  }

  private static String reason(SourceWeight weight) {
    if (weight.name().endsWith("num_batches_tracked")) {
      return "counts training batches; MindSpore's BatchNorm keeps no such count";
    }
    return switch (weight.role()) {
      case BUFFER, NON_PERSISTENT_BUFFER ->
          "the network does not read it, or its values stand in the script as constants";
      case PARAMETER, FROZEN_PARAMETER, UNKNOWN -> "forward does not read it";
    };
  }

  private WeightRow row(Network.Parameter parameter) {
    List<WeightRow.WeightTensor> sources =
        parameter.value().bases().stream()
            .distinct()
            .map(
                base ->
                    new WeightRow.WeightTensor(
                        names.of(base).get(0), base.dims(), base.element().lowerName()))
            .toList();
    return new WeightRow(
        List.of(converted(parameter)), sources, parameter.value().describe(), "", "");
  }

  private static WeightRow.WeightTensor converted(Network.Parameter parameter) {
    return new WeightRow.WeightTensor(
        parameter.name(), parameter.value().dims(), parameter.value().element().checkpointName());
  }
}
