// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.Set;

/**
 * What a {@link Hole} is for.
 *
 * @param hole the place, or one that no template has where all instances have the same literal
 * @param attribute the member in whose construction it stands, or the step's variable
 * @param name what the constructor or function around it calls it
 * @param dense whether that makes a fully connected layer
 * @param inConstruct whether it stands in {@code construct}
 * @param absentIn the instances without it
 */
record Slot(
    Hole hole,
    String attribute,
    String name,
    boolean dense,
    boolean inConstruct,
    Set<Integer> absentIn) {
  private static final Set<String> SIZES =
      Set.of("num_features", "num_channels", "normalized_shape", "embedding_size", "size");
  private static final Set<String> WHOLE = Set.of("channels", "features", "dim");

  /** Whether it counts channels, of which layers that follow each other share the number. */
  boolean countsChannels() {
    return SIZES.contains(name)
        || WHOLE.contains(name)
        || name.endsWith("_channels")
        || name.endsWith("_features");
  }

  /** Whether it is the number that a layer takes. */
  boolean isTaken() {
    return name.startsWith("in_") || WHOLE.contains(name);
  }

  /** Whether it is the number that a layer makes. */
  boolean isMade() {
    return name.startsWith("out_") || WHOLE.contains(name) || name.equals("num_features");
  }

  boolean isAlways() {
    return absentIn.isEmpty();
  }
}
