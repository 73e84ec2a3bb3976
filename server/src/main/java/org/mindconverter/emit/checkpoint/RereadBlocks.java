// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.ir.TensorData;

/**
 * Guards against reading data many times over. Where every band takes a few bytes from everywhere
 * (the transpose of a very tall matrix), the piece is first cut into blocks that are read once
 * each, and kept in the scratch file in the result's order. Costs disk space and time for the
 * piece's size once more, instead of a multiple that grows with it.
 */
final class RereadBlocks {
  /** Direct reading may cost this many times as much as the way over the scratch file. */
  private static final double PATIENCE = 2;

  private final ScratchFile scratch;
  private final BandWriter writer;

  RereadBlocks(ScratchFile scratch, BandWriter writer) {
    this.scratch = scratch;
    this.writer = writer;
  }

  /** The same result, in pieces that are fit for bands. */
  WeightLayout apply(WeightLayout layout) throws IOException {
    List<WeightLayout.Piece> pieces = new ArrayList<>();
    for (WeightLayout.Piece piece : layout.pieces()) {
      Optional<Cut> cut = cut(piece.view());
      if (cut.isPresent()) {
        keep(piece, cut.get(), pieces);
      } else {
        pieces.add(piece);
      }
    }
    return new WeightLayout(layout.elementBytes(), layout.dims(), pieces);
  }

  /** Blocks of so many places of an axis. */
  private record Cut(int axis, long length) {}

  private void keep(WeightLayout.Piece piece, Cut cut, List<WeightLayout.Piece> kept)
      throws IOException {
    int axis = cut.axis();
    long size = piece.view().axes().get(axis).size();
    for (long start = 0; start < size; start += cut.length()) {
      long length = Math.min(cut.length(), size - start);
      StridedView block = piece.view().sliced(axis, start, length);
      WeightLayout layout = WeightLayout.of(block);
      TensorData data = scratch.keep(layout.byteLength(), out -> writer.write(layout, out));
      StridedView stored = StridedView.contiguous(data, block.elementBytes(), block.dims());
      kept.add(new WeightLayout.Piece(piece.at(), stored).moved(axis, start));
    }
  }

  private Optional<Cut> cut(StridedView view) {
    WeightLayout layout = WeightLayout.of(view);
    if (layout.byteLength() <= writer.bandBytes()) {
      return Optional.empty();
    }
    // Of the axes along which a band extends, the one whose places are farthest apart in the data.
    Optional<Integer> axis =
        IntStream.range(Bands.of(layout, writer.bandBytes()).axis(), view.axes().size())
            .boxed()
            .filter(i -> view.axes().get(i).size() > 1)
            .max(Comparator.comparingLong(i -> view.axes().get(i).stride()));
    return axis.map(i -> new Cut(i, blockLength(layout, i)))
        .filter(cut -> cost(view) > PATIENCE * cost(view, cut));
  }

  private long blockLength(WeightLayout layout, int axis) {
    long size = layout.dims().get(axis);
    long place = layout.byteLength() / size;
    return Math.max(1, Math.min(size, writer.bandBytes() / place));
  }

  /** Cost of reading block by block, writing, and reading again. */
  private double cost(StridedView view, Cut cut) {
    double blocks = (double) view.axes().get(cut.axis()).size() / cut.length();
    return blocks * cost(view.sliced(cut.axis(), 0, cut.length()))
        + 2.0 * view.count() * view.elementBytes();
  }

  /** Cost of reading band by band. */
  private double cost(StridedView view) {
    WeightLayout layout = WeightLayout.of(view);
    Bands bands = Bands.of(layout, writer.bandBytes());
    double count = (double) layout.dims().get(bands.axis()) / bands.length();
    WeightLayout band = layout.sliced(bands.axis(), 0, bands.length());
    for (int i = 0; i < bands.axis(); i++) {
      count *= layout.dims().get(i);
      band = band.sliced(i, 0, 1);
    }
    return count * BoxPlan.of(band.view(), BandWriter.strides(band)).cost();
  }
}
