// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor;
import org.mindconverter.frontend.wire.ProtoCursor.Slice;
import org.mindconverter.ir.TensorData;

/**
 * The numbers of one typed field of a tensor: one packed piece, as every writer leaves it, or
 * single numbers, which are kept in memory up to {@link #MOST_LOOSE}.
 */
final class TypedNumbers {
  /** Single numbers that one tensor may have. */
  static final int MOST_LOOSE = 1 << 17;

  private final int field;
  private final HeapBudget budget;
  private Optional<Slice> packed = Optional.empty();
  private long[] loose = new long[0];
  private int looseCount;
  private boolean foreign;
  private Optional<String> refusal = Optional.empty();

  TypedNumbers(int field, HeapBudget budget) {
    this.field = field;
    this.budget = budget;
  }

  /** Takes what stands next. */
  void read(ProtoCursor cursor) throws ConversionException, IOException {
    if (packed.isPresent() || (cursor.isDelimited() && looseCount > 0)) {
      refusal = Optional.of("its numbers stand in several pieces");
      cursor.skip();
    } else if (cursor.isDelimited()) {
      Slice slice = cursor.slice();
      packed = slice.length() == 0 ? Optional.empty() : Optional.of(slice);
    } else if (looseCount == MOST_LOOSE) {
      refusal = Optional.of("more than %d numbers have a field each".formatted(MOST_LOOSE));
      cursor.skip();
    } else {
      addLoose(cursor.bits());
    }
  }

  private void addLoose(long bits) throws ConversionException {
    if (looseCount == loose.length) {
      int larger = Math.max(8, 2 * looseCount);
      budget.charge((long) Long.BYTES * (larger - looseCount));
      loose = Arrays.copyOf(loose, larger);
    }
    loose[looseCount++] = bits;
  }

  /** Why they are not taken, which cannot be told before the tensor's name is known. */
  Optional<String> refusal() {
    return refusal;
  }

  void addForeign() {
    foreign = true;
  }

  boolean hasForeign() {
    return foreign;
  }

  int field() {
    return field;
  }

  Optional<Slice> packed() {
    return packed;
  }

  /** Whether packed numbers are little-endian bytes already. */
  boolean isFixedWidth() {
    return field == 4 || field == 10;
  }

  /** The single numbers as bytes. */
  TensorData loose(int elementBytes) throws ConversionException {
    budget.charge((long) looseCount * elementBytes);
    ByteBuffer bytes =
        ByteBuffer.allocate(looseCount * elementBytes + Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < looseCount; i++) {
      // The bytes past the element are overwritten by the next, or cut off.
      bytes.putLong(i * elementBytes, loose[i]);
    }
    return TensorData.of(Arrays.copyOf(bytes.array(), looseCount * elementBytes));
  }
}
