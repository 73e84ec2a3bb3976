// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.mindconverter.ir.ElementBytes;
import org.mindconverter.ir.ElementCast;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.TensorData;

/** Data whose elements change their type while they are read. For one thread. */
final class ConvertedData implements TensorData {
  private static final int BATCH = 4096;

  private final TensorData source;
  private final ElementType from;
  private final ElementType to;
  private final ByteBuffer bytes;
  private final double[] reals = new double[BATCH];
  private final long[] integers = new long[BATCH];

  ConvertedData(TensorData source, ElementType from, ElementType to) {
    this.source = source;
    this.from = from;
    this.to = to;
    this.bytes = ByteBuffer.allocate(BATCH * from.bytes()).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Override
  public long length() {
    return source.length() / from.bytes() * to.bytes();
  }

  @Override
  public void read(long position, ByteBuffer target) throws IOException {
    if (position % to.bytes() != 0 || target.remaining() % to.bytes() != 0) {
      throw new IllegalArgumentException("an element of %s would be cut".formatted(to));
    }
    ByteOrder order = target.order();
    target.order(ByteOrder.LITTLE_ENDIAN);
    long next = position / to.bytes() * from.bytes();
    while (target.hasRemaining()) {
      int count = Math.min(BATCH, target.remaining() / to.bytes());
      bytes.clear().limit(count * from.bytes());
      source.read(next, bytes);
      bytes.flip();
      next += bytes.remaining();
      convert(count, target);
    }
    target.order(order);
  }

  private void convert(int count, ByteBuffer target) {
    if (from.isFloating()) {
      ElementBytes.getReals(from, bytes, reals, count);
    } else {
      ElementBytes.getIntegers(from, bytes, integers, count);
    }
    if (to.isFloating()) {
      toReals(count);
      ElementBytes.putReals(to, reals, count, target);
    } else {
      toIntegers(count);
      ElementBytes.putIntegers(to, integers, count, target);
    }
  }

  private void toReals(int count) {
    if (!from.isFloating()) {
      for (int i = 0; i < count; i++) {
        reals[i] = ElementCast.toReal(to, from, integers[i]);
      }
    }
  }

  private void toIntegers(int count) {
    for (int i = 0; i < count; i++) {
      integers[i] =
          from.isFloating() ? ElementCast.toWhole(to, reals[i]) : ElementCast.wrap(to, integers[i]);
    }
  }
}
