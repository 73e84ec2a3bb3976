// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.mindconverter.diag.ConversionException;

/** Axes, which in ONNX may count from the end. */
final class Axes {
  private Axes() {}

  /** The axis counted from the front. */
  static int front(NodeFacts node, long axis, int rank) throws ConversionException {
    long front = axis < 0 ? axis + rank : axis;
    if (front < 0 || front >= rank) {
      throw node.malformed("axis %d lies outside of rank %d".formatted(axis, rank));
    }
    return (int) front;
  }

  /** Different axes counted from the front, in the order given. */
  static List<Integer> front(NodeFacts node, List<Long> axes, int rank) throws ConversionException {
    List<Integer> result = new ArrayList<>();
    Set<Integer> seen = new HashSet<>();
    for (long axis : axes) {
      int front = front(node, axis, rank);
      if (!seen.add(front)) {
        throw node.malformed("axis %d is named twice".formatted(axis));
      }
      result.add(front);
    }
    return result;
  }
}
