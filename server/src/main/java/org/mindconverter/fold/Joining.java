// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import java.util.List;

/** Several tensors as one. */
public final class Joining {
  private Joining() {}

  /** One behind the other along an axis. */
  public static NumericTensor concat(List<NumericTensor> parts, long axis) {
    NumericTensor first = parts.get(0);
    int at = Places.axis(axis, first.rank());
    long size = 0;
    for (NumericTensor part : parts) {
      Elementwise.requireSame(first, part);
      if (part.rank() != first.rank()
          || !Places.with(part.dims(), at, 0).equals(Places.with(first.dims(), at, 0))) {
        throw FoldException.misfit(
            "%s and %s cannot be joined".formatted(first.dims(), part.dims()));
      }
      size += part.dims().get(at);
    }
    List<Long> dims = Places.with(first.dims(), at, size);
    long[] strides = Places.strides(dims);
    Assembly result = new Assembly(first.element(), dims);
    long start = 0;
    for (NumericTensor part : parts) {
      int[] places = Places.strided(part.dims(), strides, start);
      for (int i = 0; i < places.length; i++) {
        result.set(places[i], part, i);
      }
      start += part.dims().get(at) * strides[at];
    }
    return result.finish();
  }
}
