// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.WeightExpression;

/**
 * The bytes of weights, little-endian and row-major, made while they are written. For one thread.
 *
 * <p>Takes at most about 17 MiB of memory whatever a weight's size. Most weights need nothing else;
 * two kinds pass through a temporary file of their size: a reshape of elements in changed order
 * that is itself taken apart again, and a transpose whose result has rows of megabytes.
 */
public final class WeightBytes {
  private static final int BAND_BYTES = 8 << 20;

  private final ScratchSpace space;
  private final BandWriter writer;

  /** Makes none yet. */
  public WeightBytes(ScratchSpace space) {
    this(space, BAND_BYTES);
  }

  WeightBytes(ScratchSpace space, int bandBytes) {
    this.space = Objects.requireNonNull(space);
    this.writer = new BandWriter(bandBytes);
  }

  /** Number of bytes that a weight takes. */
  public static long length(WeightExpression weight) {
    return Tensor.byteLength(weight.element(), weight.dims());
  }

  /**
   * Writes all of a weight's bytes; does not close.
   *
   * @throws ScratchFullException there is no room for the temporary file
   * @throws IOException the source cannot be read, the target not written, or the thread was
   *     interrupted
   */
  public void write(WeightExpression weight, OutputStream out) throws IOException {
    try (ScratchFile scratch = new ScratchFile(space)) {
      for (WeightExpression part : sequence(weight)) {
        WeightLayout layout = layout(part, scratch);
        writer.write(new RereadBlocks(scratch, writer).apply(layout), out);
      }
    }
  }

  /** The weights whose bytes, one behind the other, are those of this one. */
  private static List<WeightExpression> sequence(WeightExpression weight) {
    if (weight instanceof WeightExpression.Reshaped reshaped) {
      return sequence(reshaped.of());
    }
    if (weight instanceof WeightExpression.Converted converted) {
      return sequence(converted.of()).stream()
          .map(part -> part.converted(converted.element()))
          .toList();
    }
    if (weight instanceof WeightExpression.Concatenated joined
        && joined.dims().subList(0, joined.axis()).stream().allMatch(d -> d == 1)) {
      return joined.parts().stream().flatMap(part -> sequence(part).stream()).toList();
    }
    return List.of(weight);
  }

  private WeightLayout layout(WeightExpression weight, ScratchFile scratch) throws IOException {
    if (weight instanceof WeightExpression.Base base) {
      return whole(base.tensor().data(), base);
    }
    if (weight instanceof WeightExpression.Transposed transposed) {
      return layout(transposed.of(), scratch).transposed(transposed.axes());
    }
    if (weight instanceof WeightExpression.Sliced sliced) {
      return layout(sliced.of(), scratch).sliced(sliced.axis(), sliced.start(), sliced.length());
    }
    if (weight instanceof WeightExpression.Concatenated joined) {
      List<WeightLayout> parts = new ArrayList<>();
      for (WeightExpression part : joined.parts()) {
        parts.add(layout(part, scratch));
      }
      return WeightLayout.joined(parts, joined.axis());
    }
    if (weight instanceof WeightExpression.Converted converted) {
      ElementType from = converted.of().element();
      return layout(converted.of(), scratch).converted(from, converted.element());
    }
    if (weight instanceof WeightExpression.Reshaped reshaped) {
      return reshaped(reshaped, scratch);
    }
    throw new AssertionError(weight);
  }

  private WeightLayout reshaped(WeightExpression.Reshaped reshaped, ScratchFile scratch)
      throws IOException {
    WeightLayout inner = layout(reshaped.of(), scratch);
    if (inner.pieces().isEmpty()) {
      return new WeightLayout(inner.elementBytes(), reshaped.dims(), List.of());
    }
    if (inner.isOneView()) {
      Optional<StridedView> view = inner.view().reshaped(reshaped.dims());
      if (view.isPresent()) {
        return WeightLayout.of(view.get());
      }
    }
    WeightLayout ready = new RereadBlocks(scratch, writer).apply(inner);
    return whole(scratch.keep(ready.byteLength(), out -> writer.write(ready, out)), reshaped);
  }

  private static WeightLayout whole(TensorData data, WeightExpression weight) {
    return WeightLayout.of(StridedView.contiguous(data, weight.element().bytes(), weight.dims()));
  }
}
