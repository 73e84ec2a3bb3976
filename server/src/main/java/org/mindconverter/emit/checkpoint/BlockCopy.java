// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Puts the elements of one array in memory into another order. Works in small blocks of the two
 * axes that are innermost on either side, so that both sides stay in the processor's cache.
 */
final class BlockCopy {
  private static final int BLOCK = 32;
  private static final VarHandle SHORTS = view(short[].class);
  private static final VarHandle INTS = view(int[].class);
  private static final VarHandle LONGS = view(long[].class);

  private final byte[] source;
  private final byte[] target;
  private final int elementBytes;

  BlockCopy(byte[] source, byte[] target, int elementBytes) {
    this.source = source;
    this.target = target;
    this.elementBytes = elementBytes;
  }

  private static VarHandle view(Class<?> array) {
    return MethodHandles.byteArrayViewVarHandle(array, ByteOrder.nativeOrder());
  }

  /** Bytes from one place of an axis to the next on either side. */
  record Axis(int size, int from, int to) {
    /** An axis of one place. */
    static final Axis SINGLE = new Axis(1, 0, 0);
  }

  /** Copies the whole source, whose first element goes there. */
  void copy(List<Axis> axes, int at) {
    List<Axis> outer = new ArrayList<>(axes);
    Axis row = axes.stream().min(Comparator.comparingInt(Axis::to)).orElse(Axis.SINGLE);
    outer.remove(row);
    Axis column = outer.stream().min(Comparator.comparingInt(Axis::from)).orElse(Axis.SINGLE);
    outer.remove(column);
    walk(outer, 0, at, row, column);
  }

  private void walk(List<Axis> outer, int from, int to, Axis row, Axis column) {
    if (outer.isEmpty()) {
      plane(from, to, row, column);
      return;
    }
    Axis axis = outer.get(0);
    List<Axis> rest = outer.subList(1, outer.size());
    for (int i = 0; i < axis.size(); i++) {
      walk(rest, from + i * axis.from(), to + i * axis.to(), row, column);
    }
  }

  private void plane(int from, int to, Axis row, Axis column) {
    for (int c = 0; c < column.size(); c += BLOCK) {
      for (int r = 0; r < row.size(); r += BLOCK) {
        int length = Math.min(BLOCK, row.size() - r);
        int end = Math.min(c + BLOCK, column.size());
        for (int i = c; i < end; i++) {
          int blockFrom = from + r * row.from() + i * column.from();
          int blockTo = to + r * row.to() + i * column.to();
          strip(blockFrom, row.from(), blockTo, row.to(), length);
        }
      }
    }
  }

  private void strip(int from, int fromStep, int to, int toStep, int length) {
    switch (elementBytes) {
      case 1 -> {
        for (int i = 0; i < length; i++) {
          target[to + i * toStep] = source[from + i * fromStep];
        }
      }
      case 2 -> {
        for (int i = 0; i < length; i++) {
          SHORTS.set(target, to + i * toStep, (short) SHORTS.get(source, from + i * fromStep));
        }
      }
      case 4 -> {
        for (int i = 0; i < length; i++) {
          INTS.set(target, to + i * toStep, (int) INTS.get(source, from + i * fromStep));
        }
      }
      case 8 -> {
        for (int i = 0; i < length; i++) {
          LONGS.set(target, to + i * toStep, (long) LONGS.get(source, from + i * fromStep));
        }
      }
      default -> {
        for (int i = 0; i < length; i++) {
          System.arraycopy(source, from + i * fromStep, target, to + i * toStep, elementBytes);
        }
      }
    }
  }
}
