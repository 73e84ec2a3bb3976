// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.util.List;

/**
 * How an array is cut into bands: one place of every axis before the cut one, a range of that, and
 * all of those behind it.
 *
 * @param axis the cut axis
 * @param length places of the cut axis in a band; the last band may have fewer
 */
record Bands(int axis, long length) {
  /** The largest bands, up to that size, of an array that has an axis and elements. */
  static Bands of(WeightLayout layout, int bandBytes) {
    List<Long> dims = layout.dims();
    long most = Math.max(1, bandBytes / layout.elementBytes());
    int axis = dims.size() - 1;
    long inner = 1;
    while (axis > 0 && inner * dims.get(axis) <= most) {
      inner *= dims.get(axis);
      axis--;
    }
    return new Bands(axis, Math.min(most / inner, dims.get(axis)));
  }
}
