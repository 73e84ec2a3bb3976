// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.mindconverter.ir.ElementBytes;
import org.mindconverter.ir.ElementCast;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.WeightExpression;

/** A weight's bytes, element by element, straight from each expression's definition. */
final class NaiveEvaluation {
  private NaiveEvaluation() {}

  static byte[] bytes(WeightExpression weight) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long count = weight.dims().stream().reduce(1L, (a, b) -> a * b);
    for (long flat = 0; flat < count; flat++) {
      bytes.writeBytes(element(weight, index(flat, weight.dims())));
    }
    return bytes.toByteArray();
  }

  private static byte[] element(WeightExpression weight, List<Long> index) throws IOException {
    if (weight instanceof WeightExpression.Base base) {
      byte[] element = new byte[base.element().bytes()];
      long position = flat(index, base.dims()) * element.length;
      base.tensor().data().read(position, ByteBuffer.wrap(element));
      return element;
    }
    if (weight instanceof WeightExpression.Transposed transposed) {
      List<Long> inner = new ArrayList<>(index);
      for (int i = 0; i < index.size(); i++) {
        inner.set(transposed.axes().get(i), index.get(i));
      }
      return element(transposed.of(), inner);
    }
    if (weight instanceof WeightExpression.Reshaped reshaped) {
      return element(reshaped.of(), index(flat(index, reshaped.dims()), reshaped.of().dims()));
    }
    if (weight instanceof WeightExpression.Sliced sliced) {
      return element(sliced.of(), moved(index, sliced.axis(), sliced.start()));
    }
    if (weight instanceof WeightExpression.Concatenated joined) {
      return joined(joined, index);
    }
    if (weight instanceof WeightExpression.Converted converted) {
      byte[] inner = element(converted.of(), index);
      return converted(inner, converted.of().element(), converted.element());
    }
    throw new AssertionError(weight);
  }

  private static byte[] joined(WeightExpression.Concatenated joined, List<Long> index)
      throws IOException {
    long start = 0;
    for (WeightExpression part : joined.parts()) {
      long size = part.dims().get(joined.axis());
      if (index.get(joined.axis()) < start + size) {
        return element(part, moved(index, joined.axis(), -start));
      }
      start += size;
    }
    throw new AssertionError(index);
  }

  private static byte[] converted(byte[] element, ElementType from, ElementType to) {
    if (from == to) {
      return element;
    }
    ByteBuffer source = ByteBuffer.wrap(element).order(ByteOrder.LITTLE_ENDIAN);
    ByteBuffer target = ByteBuffer.allocate(to.bytes()).order(ByteOrder.LITTLE_ENDIAN);
    double[] real = new double[1];
    long[] whole = new long[1];
    if (from.isFloating()) {
      ElementBytes.getReals(from, source, real, 1);
      whole[0] = to.isFloating() ? 0 : ElementCast.toWhole(to, real[0]);
    } else {
      ElementBytes.getIntegers(from, source, whole, 1);
      real[0] = to.isFloating() ? ElementCast.toReal(to, from, whole[0]) : 0;
    }
    if (to.isFloating()) {
      ElementBytes.putReals(to, real, 1, target);
    } else {
      ElementBytes.putIntegers(to, whole, 1, target);
    }
    return target.array();
  }

  private static List<Long> moved(List<Long> index, int axis, long by) {
    List<Long> moved = new ArrayList<>(index);
    moved.set(axis, index.get(axis) + by);
    return moved;
  }

  private static long flat(List<Long> index, List<Long> dims) {
    long flat = 0;
    for (int i = 0; i < dims.size(); i++) {
      flat = flat * dims.get(i) + index.get(i);
    }
    return flat;
  }

  private static List<Long> index(long flat, List<Long> dims) {
    Long[] index = new Long[dims.size()];
    long rest = flat;
    for (int i = index.length - 1; i >= 0; i--) {
      index[i] = rest % dims.get(i);
      rest /= dims.get(i);
    }
    return List.of(index);
  }
}
