// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;

/** What the source knows of a stored tensor: its names, its own first, and whether it trains it. */
public final class SourceNames {
  private final Map<String, List<String>> byTensor = new HashMap<>();
  private final Set<String> frozen = new HashSet<>();
  private Optional<Set<String>> trained = Optional.empty();

  /** Notes that a stored tensor is also known by that name. */
  public void add(String tensor, String name) {
    List<String> names = byTensor.computeIfAbsent(tensor, t -> new ArrayList<>(List.of(t)));
    if (!names.contains(name)) {
      names.add(name);
    }
  }

  /** Notes that the source does not train a stored tensor. */
  public void freeze(String tensor) {
    frozen.add(tensor);
  }

  /** Notes that the source trains the tensors of those names, and nothing else. */
  public void trainOnly(Set<String> sourceNames) {
    trained = Optional.of(Set.copyOf(sourceNames));
  }

  /** Whether the source trains a stored tensor, as far as anybody knows. */
  public boolean isTrained(Tensor tensor) {
    return tensor.element().isFloating()
        && trained
            .map(all -> of(tensor).stream().anyMatch(all::contains))
            .orElse(!frozen.contains(tensor.name()));
  }

  /** Whether the source is known to have a parameter of one of the tensor's names. */
  boolean isParameter(Tensor tensor) {
    return trained.filter(all -> of(tensor).stream().anyMatch(all::contains)).isPresent();
  }

  /** Whether the source trains any of the stored tensors that a weight is made of. */
  boolean isTrained(WeightExpression weight) {
    return weight.bases().stream().anyMatch(this::isTrained);
  }

  /** The names of a stored tensor. */
  public List<String> of(Tensor tensor) {
    return byTensor.getOrDefault(tensor.name(), List.of(tensor.name()));
  }

  /** The names of the stored tensor that a weight begins with. */
  public List<String> of(WeightExpression weight) {
    return of(weight.bases().get(0));
  }
}
