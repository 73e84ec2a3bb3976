// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mindconverter.v1.ConversionSummary;
import org.mindconverter.v1.ReportEntry;
import org.mindconverter.v1.WeightMapping;

/**
 * What a conversion made.
 *
 * @param script the network
 * @param checkpoint its weights; absent when it has none
 * @param report the findings, in the order they were made
 * @param weightMap what became of each weight of the source
 * @param summary counts and signatures
 */
public record ConversionResult(
    Path script,
    Optional<Path> checkpoint,
    List<ReportEntry> report,
    List<WeightMapping> weightMap,
    ConversionSummary summary) {
  /** Nothing is null. */
  public ConversionResult {
    Objects.requireNonNull(script);
    Objects.requireNonNull(checkpoint);
    report = List.copyOf(report);
    weightMap = List.copyOf(weightMap);
    Objects.requireNonNull(summary);
  }

  /** Whether every operator was converted, so that the network runs as it is. */
  public boolean isComplete() {
    return summary.getPlaceholderOperators() == 0;
  }
}
