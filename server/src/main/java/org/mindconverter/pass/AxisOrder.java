// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;

/**
 * How the elements of a tensor lie after layout changes: every dimension as the run of the base's
 * axes that it goes over, outermost first. A dimension of size 1 goes over none.
 */
record AxisOrder(Shape base, List<List<Integer>> dims) {
  AxisOrder {
    dims = dims.stream().map(List::copyOf).toList();
  }

  /** As the base itself has them. */
  static AxisOrder of(Shape base) {
    return new AxisOrder(
        base, IntStream.range(0, base.rank()).mapToObj(i -> axes(base, List.of(i))).toList());
  }

  private static List<Integer> axes(Shape base, List<Integer> candidates) {
    return candidates.stream().filter(axis -> !base.dim(axis).is(1)).toList();
  }

  /** After a transposition. */
  AxisOrder transposed(List<Long> order) {
    return new AxisOrder(base, order.stream().map(axis -> dims.get(axis.intValue())).toList());
  }

  /** After a change of shape; nothing where that takes an axis of the base apart. */
  Optional<AxisOrder> reshaped(Shape shape) {
    List<Integer> left = new ArrayList<>();
    dims.forEach(left::addAll);
    List<List<Integer>> taken = new ArrayList<>();
    for (Dim dim : shape.dims()) {
      List<Integer> run = new ArrayList<>();
      Dim size = Dim.of(1);
      while (!size.equals(dim)) {
        if (left.isEmpty()) {
          return Optional.empty();
        }
        run.add(left.remove(0));
        size = size.times(base.dim(run.get(run.size() - 1)));
      }
      taken.add(run);
    }
    return left.isEmpty() ? Optional.of(new AxisOrder(base, taken)) : Optional.empty();
  }

  /** The one transposition that leads here from the base, where one does. */
  Optional<List<Long>> transposition() {
    if (dims.size() != base.rank() || dims.stream().anyMatch(run -> run.size() > 1)) {
      return Optional.empty();
    }
    Set<Integer> used = new HashSet<>();
    dims.forEach(used::addAll);
    List<Integer> ofSizeOne =
        new ArrayList<>(
            IntStream.range(0, base.rank()).filter(axis -> !used.contains(axis)).boxed().toList());
    List<Long> order = new ArrayList<>();
    for (List<Integer> run : dims) {
      order.add((long) (run.isEmpty() ? ofSizeOne.remove(0) : run.get(0)));
    }
    return Optional.of(order);
  }
}
