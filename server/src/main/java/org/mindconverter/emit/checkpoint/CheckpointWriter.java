// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Writes checkpoints that {@code mindspore.load_checkpoint} reads. For one thread. */
public final class CheckpointWriter {
  private final WeightBytes weights;
  private final long sliceBytes;

  /** A writer of any number of checkpoints. */
  public CheckpointWriter(ScratchSpace scratch) {
    this(scratch, EntryEncoding.SLICE_BYTES);
  }

  CheckpointWriter(ScratchSpace scratch, long sliceBytes) {
    this.weights = new WeightBytes(scratch);
    this.sliceBytes = sliceBytes;
  }

  /**
   * Exact number of bytes that a checkpoint of these takes.
   *
   * @throws IllegalArgumentException two have the same name
   */
  public long size(List<CheckpointEntry> entries) {
    requireDistinctNames(entries);
    return entries.stream()
        .mapToLong(entry -> new EntryEncoding(entry, sliceBytes).size())
        .reduce(0, Math::addExact);
  }

  /**
   * Writes all; does not close.
   *
   * @throws IllegalArgumentException two have the same name
   * @throws IOException as {@link WeightBytes#write} says
   */
  public void write(List<CheckpointEntry> entries, OutputStream out) throws IOException {
    requireDistinctNames(entries);
    for (CheckpointEntry entry : entries) {
      write(entry, out);
    }
  }

  /**
   * Writes one more parameter: a checkpoint is its parameters one behind the other, under names
   * that the caller keeps distinct.
   */
  public void write(CheckpointEntry entry, OutputStream out) throws IOException {
    long length = WeightBytes.length(entry.weight());
    EntryEncoding encoding = new EntryEncoding(entry, sliceBytes);
    SlicedContent content = SlicedContent.open(encoding, sliceBytes, length, out);
    weights.write(entry.weight(), content);
    content.close();
  }

  private static void requireDistinctNames(List<CheckpointEntry> entries) {
    Set<String> names = new HashSet<>();
    for (CheckpointEntry entry : entries) {
      if (!names.add(entry.name())) {
        // The loader would take both for slices of one parameter.
        throw new IllegalArgumentException("two parameters are called " + entry.name());
      }
    }
  }
}
