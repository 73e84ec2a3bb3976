// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.WeightExpression;

/**
 * A parameter of a checkpoint.
 *
 * @param name what the network calls it
 */
public record CheckpointEntry(String name, WeightExpression weight) {
  /** Refuses what a checkpoint cannot hold; ask {@link #canHold} before. */
  public CheckpointEntry {
    Objects.requireNonNull(weight);
    if (name.isEmpty() || !StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      throw new IllegalArgumentException("not a parameter's name: '" + name + "'");
    }
    if (!canHold(weight.element(), weight.dims())) {
      throw new IllegalArgumentException(
          "%s: a checkpoint holds no %s%s".formatted(name, weight.element(), weight.dims()));
    }
    if (!weight.bases().stream().allMatch(base -> base.element().isMindSpore())) {
      throw new IllegalArgumentException(name + " reads elements that cannot be converted");
    }
  }

  /**
   * Whether a checkpoint can hold a parameter of that type and shape. Not one of shape (0,), which
   * MindSpore would read as a scalar.
   */
  public static boolean canHold(ElementType element, List<Long> dims) {
    return element.isMindSpore() && !dims.equals(List.of(0L));
  }
}
