// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend;

/**
 * How much a model may ask of a reader before it is refused with LIMIT_EXCEEDED.
 *
 * @param nodes nodes of all graphs of the model, after its functions have been inlined
 * @param depth how deep messages may nest: a graph inside of a graph takes three levels
 * @param callDepth how deep functions may call functions, graphs inside of nodes counted too
 * @param nameBytes bytes of one name
 * @param heapBytes heap for the model's structure, by estimate; tensors stay on disk
 * @param expansion how many times the bytes of the sent tensor files all tensors together may have,
 *     so that a small file cannot stand for a huge checkpoint
 */
public record ReaderLimits(
    int nodes, int depth, int callDepth, int nameBytes, long heapBytes, int expansion) {
  private static final int MIB = 1 << 20;

  /** Refuses limits that let nothing through. */
  public ReaderLimits {
    if (nodes <= 0
        || depth <= 0
        || callDepth <= 0
        || nameBytes <= 0
        || heapBytes <= 0
        || expansion <= 0) {
      throw new IllegalArgumentException("a limit is above zero");
    }
  }

  /** Limits for a conversion that has that heap: a quarter of it holds the model's structure. */
  public static ReaderLimits forHeap(long heapBytes) {
    return new ReaderLimits(1_000_000, 100, 64, 4096, Math.max(16 * MIB, heapBytes / 4), 4);
  }
}
