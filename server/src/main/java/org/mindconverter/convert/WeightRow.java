// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.List;
import java.util.Objects;

/**
 * What became of one weight of the source: a row of the weight map.
 *
 * @param converted the checkpoint's side; empty when not converted
 * @param source the source's side
 * @param transform how the values changed; empty when the bytes are the same
 * @param reason why nothing was converted; empty otherwise
 * @param aliasOf first name of the tied weight; empty otherwise
 */
public record WeightRow(
    List<WeightTensor> converted,
    List<WeightTensor> source,
    String transform,
    String reason,
    String aliasOf) {
  public WeightRow {
    converted = List.copyOf(converted);
    source = List.copyOf(source);
    Objects.requireNonNull(transform);
    Objects.requireNonNull(reason);
    Objects.requireNonNull(aliasOf);
  }

  /**
   * A tensor as one side sees it.
   *
   * @param dataType MindSpore's spelling on the converted side, numpy's on the source side
   */
  public record WeightTensor(String name, List<Long> shape, String dataType) {
    public WeightTensor {
      Objects.requireNonNull(name);
      shape = List.copyOf(shape);
      Objects.requireNonNull(dataType);
    }
  }
}
