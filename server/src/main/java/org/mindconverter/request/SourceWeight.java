// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.request;

import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * One tensor of the object that the model was exported from, as its owner knows it.
 *
 * @param name state_dict name, such as {@code layer1.0.conv1.weight}
 * @param shape dimensions; empty for a scalar
 * @param dataType numpy's spelling, or {@code bfloat16}
 * @param sha256 lower-case hex digest of the little-endian, row-major bytes; empty when not known
 * @param aliasOf first name of the same storage; empty unless this is a further name
 */
public record SourceWeight(
    String name, List<Long> shape, String dataType, String sha256, Role role, String aliasOf) {
  public SourceWeight {
    Objects.requireNonNull(name);
    shape = List.copyOf(shape);
    Objects.requireNonNull(dataType);
    Objects.requireNonNull(sha256);
    Objects.requireNonNull(role);
    Objects.requireNonNull(aliasOf);
  }

  /** The hex form of a digest's bytes. */
  public static String hex(byte[] digest) {
    return HexFormat.of().formatHex(digest);
  }

  /** What the source uses a tensor for. */
  public enum Role {
    /** Not known. */
    UNKNOWN,
    /** Trained. */
    PARAMETER,
    /** A parameter that the source has frozen. */
    FROZEN_PARAMETER,
    /** Kept in the state_dict, not trained. */
    BUFFER,
    /** Not kept in the state_dict. */
    NON_PERSISTENT_BUFFER
  }
}
