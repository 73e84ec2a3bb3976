// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.TensorData;

/**
 * Where the elements of a weight are found: boxes of the result, each a view of some data. The
 * boxes do not overlap, and leave nothing out.
 *
 * @param pieces none when the weight has no elements
 */
record WeightLayout(int elementBytes, List<Long> dims, List<Piece> pieces) {
  /**
   * One box.
   *
   * @param at where it begins in the result
   */
  record Piece(List<Long> at, StridedView view) {
    Piece {
      at = List.copyOf(at);
    }

    Piece transposed(List<Integer> order) {
      return new Piece(order.stream().map(at::get).toList(), view.transposed(order));
    }

    /** The same box elsewhere. */
    Piece moved(int axis, long by) {
      List<Long> moved = new ArrayList<>(at);
      moved.set(axis, at.get(axis) + by);
      return new Piece(moved, view);
    }

    /** What of it lies in a range of the result, as a piece of that range. */
    Stream<Piece> sliced(int axis, long start, long length) {
      long first = at.get(axis);
      long from = Math.max(first, start);
      long to = Math.min(first + view.axes().get(axis).size(), start + length);
      if (from >= to) {
        return Stream.empty();
      }
      StridedView part = view.sliced(axis, from - first, to - from);
      return Stream.of(new Piece(at, part).moved(axis, from - first - start));
    }
  }

  WeightLayout {
    dims = List.copyOf(dims);
    pieces = List.copyOf(pieces);
  }

  /** One view that shows everything. */
  static WeightLayout of(StridedView view) {
    List<Long> origin = view.axes().stream().map(a -> 0L).toList();
    List<Piece> pieces = view.count() == 0 ? List.of() : List.of(new Piece(origin, view));
    return new WeightLayout(view.elementBytes(), view.dims(), pieces);
  }

  long byteLength() {
    return dims.stream().reduce((long) elementBytes, (a, b) -> a * b);
  }

  /** Whether one view shows everything. */
  boolean isOneView() {
    return pieces.size() == 1;
  }

  /** The view that shows everything. */
  StridedView view() {
    return pieces.get(0).view();
  }

  WeightLayout transposed(List<Integer> order) {
    return new WeightLayout(
        elementBytes,
        order.stream().map(dims::get).toList(),
        pieces.stream().map(p -> p.transposed(order)).toList());
  }

  WeightLayout sliced(int axis, long start, long length) {
    return new WeightLayout(
        elementBytes,
        with(axis, length),
        pieces.stream().flatMap(p -> p.sliced(axis, start, length)).toList());
  }

  private List<Long> with(int axis, long size) {
    List<Long> changed = new ArrayList<>(dims);
    changed.set(axis, size);
    return changed;
  }

  WeightLayout converted(ElementType from, ElementType to) {
    List<Piece> converted = new ArrayList<>();
    for (Piece piece : pieces) {
      TensorData data = new ConvertedData(piece.view().data(), from, to);
      converted.add(new Piece(piece.at(), piece.view().withData(data, to.bytes())));
    }
    return new WeightLayout(to.bytes(), dims, converted);
  }

  /** Several, one behind the other along an axis. */
  static WeightLayout joined(List<WeightLayout> parts, int axis) {
    List<Piece> pieces = new ArrayList<>();
    long end = 0;
    for (WeightLayout part : parts) {
      for (Piece piece : part.pieces) {
        pieces.add(piece.moved(axis, end));
      }
      end += part.dims.get(axis);
    }
    WeightLayout first = parts.get(0);
    return new WeightLayout(first.elementBytes, first.with(axis, end), pieces);
  }
}
