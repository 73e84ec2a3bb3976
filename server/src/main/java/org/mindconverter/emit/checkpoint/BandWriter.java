// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * Writes layouts band by band. A band is a part of the result that fits into memory and whose bytes
 * follow each other. For one thread.
 */
final class BandWriter {
  private final BoxReader reader = new BoxReader();
  private final int bandBytes;
  private byte[] band = new byte[0];

  /**
   * A writer of many layouts.
   *
   * @param bandBytes of the largest band; as many again are used where elements change their order
   */
  BandWriter(int bandBytes) {
    this.bandBytes = bandBytes;
  }

  int bandBytes() {
    return bandBytes;
  }

  void write(WeightLayout layout, OutputStream out) throws IOException {
    if (layout.isOneView() && layout.view().isContiguous()) {
      StridedView view = layout.view();
      long start = view.offset() * view.elementBytes();
      ContiguousBytes.copy(view.data(), start, layout.byteLength(), out);
    } else if (!layout.pieces().isEmpty()) {
      writeBands(layout, 0, Bands.of(layout, bandBytes), out);
    }
  }

  private void writeBands(WeightLayout layout, int axis, Bands bands, OutputStream out)
      throws IOException {
    long length = axis < bands.axis() ? 1 : bands.length();
    long size = layout.dims().get(axis);
    for (long start = 0; start < size; start += length) {
      WeightLayout part = layout.sliced(axis, start, Math.min(length, size - start));
      if (axis < bands.axis()) {
        writeBands(part, axis + 1, bands, out);
      } else {
        writeBand(part, out);
      }
    }
  }

  private void writeBand(WeightLayout part, OutputStream out) throws IOException {
    ContiguousBytes.refuseWhenInterrupted();
    int bytes = Math.toIntExact(part.byteLength());
    if (band.length < bytes) {
      band = new byte[bytes];
    }
    long[] strides = strides(part);
    for (WeightLayout.Piece piece : part.pieces()) {
      long at = 0;
      for (int i = 0; i < strides.length; i++) {
        at += piece.at().get(i) * strides[i];
      }
      reader.read(piece.view(), band, Math.toIntExact(at), strides);
    }
    out.write(band, 0, bytes);
  }

  /** Bytes from one place of an axis to the next in a row-major array. */
  static long[] strides(WeightLayout layout) {
    List<Long> dims = layout.dims();
    long[] strides = new long[dims.size()];
    long stride = layout.elementBytes();
    for (int i = strides.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims.get(i);
    }
    return strides;
  }
}
