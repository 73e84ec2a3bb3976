// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.Objects;

/**
 * An operator: its domain and type.
 *
 * @param domain empty for the standard domain, however the model spells it
 */
public record OpId(String domain, String type) implements Comparable<OpId> {
  /** The domain of operators that only passes introduce. */
  public static final String INTERNAL = "mindconverter";

  /** Neither is null; the standard domain's long name is its short one. */
  public OpId {
    domain = domain.equals("ai.onnx") ? "" : domain;
    Objects.requireNonNull(type);
  }

  /** An operator of the standard domain. */
  public static OpId onnx(String type) {
    return new OpId("", type);
  }

  /** An operator of the internal domain. */
  public static OpId internal(String type) {
    return new OpId(INTERNAL, type);
  }

  /** As reports write it: {@code onnx::Conv}, {@code com.microsoft::Gelu}. */
  public String qualified() {
    return (domain.isEmpty() ? "onnx" : domain) + "::" + type;
  }

  @Override
  public int compareTo(OpId other) {
    int byDomain = domain.compareTo(other.domain);
    return byDomain != 0 ? byDomain : type.compareTo(other.type);
  }

  @Override
  public String toString() {
    return qualified();
  }
}
