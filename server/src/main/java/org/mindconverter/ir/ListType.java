// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.Objects;

/**
 * A list of tensors: what ONNX calls a sequence.
 *
 * @param element what is known of each of them
 * @param length how many there are
 */
public record ListType(TensorType element, Dim length) implements ValueType {
  private static final String BEFORE = "len(";
  private static final String BEHIND = ")";

  /** Neither is null. */
  public ListType {
    Objects.requireNonNull(element);
    Objects.requireNonNull(length);
  }

  /** A list of which nothing tells how long it is: its length is a symbol of its own. */
  public static ListType ofAnyLength(String value, TensorType element) {
    return new ListType(element, lengthOf(value));
  }

  /** The length of the list of that name. */
  public static Dim lengthOf(String value) {
    return Dim.symbol(BEFORE + value + BEHIND);
  }

  /** Whether a number is made of lengths of lists alone, which graphs of MindSpore have fixed. */
  public static boolean isOfLengths(Dim number) {
    return number.expression().symbols().stream()
        .allMatch(symbol -> symbol.startsWith(BEFORE) && symbol.endsWith(BEHIND));
  }

  @Override
  public String toString() {
    return "list of " + element;
  }
}
