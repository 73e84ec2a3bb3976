// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a model says about the tensors of the object that it was exported from. Stands among the
 * facts of a graph, so that passes carry it along.
 *
 * @param tensors in the source's order
 */
public record SourceFacts(List<SourceTensor> tensors) {
  private static final String PREFIX = "source.";

  /** Copies. */
  public SourceFacts {
    tensors = List.copyOf(tensors);
  }

  /** What that graph's model says. */
  public static SourceFacts of(Graph graph) {
    List<SourceTensor> tensors = new ArrayList<>();
    graph
        .facts()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PREFIX)) {
                String[] parts = value.split("=", 2);
                tensors.add(
                    new SourceTensor(
                        key.substring(PREFIX.length()),
                        Role.valueOf(parts[0]),
                        parts.length > 1 ? Optional.of(parts[1]) : Optional.empty()));
              }
            });
    return new SourceFacts(tensors);
  }

  /** As facts of a graph. */
  public Map<String, String> toFacts() {
    Map<String, String> facts = new LinkedHashMap<>();
    for (SourceTensor tensor : tensors) {
      String stored = tensor.stored().map(name -> "=" + name).orElse("");
      facts.put(PREFIX + tensor.name(), tensor.role() + stored);
    }
    return facts;
  }

  /** The tensor of that name, if the model speaks of it. */
  public Optional<SourceTensor> tensor(String name) {
    return tensors.stream().filter(t -> t.name().equals(name)).findFirst();
  }

  /**
   * One tensor of the source.
   *
   * @param name such as {@code layer1.0.conv1.weight}
   * @param stored name of the tensor in the model that holds its values: another one's where the
   *     two are tied; empty where the model has no use for it
   */
  public record SourceTensor(String name, Role role, Optional<String> stored) {
    /** None is null. */
    public SourceTensor {
      Objects.requireNonNull(name);
      Objects.requireNonNull(role);
      Objects.requireNonNull(stored);
    }

    /** Whether its values stand under another tensor's name. */
    public boolean isTied() {
      return stored.isPresent() && !stored.get().equals(name);
    }
  }

  /** What the source uses a tensor for. */
  public enum Role {
    /** Trained, or frozen. */
    PARAMETER,
    /** Kept in the state_dict, not trained. */
    BUFFER,
    /** Not kept in the state_dict. */
    NON_PERSISTENT_BUFFER,
    /** A tensor that the source's code holds. */
    CONSTANT
  }
}
