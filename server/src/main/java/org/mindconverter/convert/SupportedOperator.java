// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.List;
import java.util.Objects;

/**
 * An operator that has a mapping.
 *
 * @param domain empty for the standard one
 * @param type such as {@code Conv}
 * @param sinceVersions opset versions at which the operator changed and that are mapped, growing
 */
public record SupportedOperator(String domain, String type, List<Integer> sinceVersions) {
  public SupportedOperator {
    Objects.requireNonNull(domain);
    Objects.requireNonNull(type);
    sinceVersions = List.copyOf(sinceVersions);
  }
}
