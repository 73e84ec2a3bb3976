// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

/**
 * The shapes of ONNX's Attention with its heads apart.
 *
 * @param query (batch, query heads, queries, size of a head)
 * @param key (batch, key heads, new keys, size of a head)
 * @param value (batch, key heads, new keys, size of a value's head)
 * @param past how many keys come from a cache, in front of the new ones
 * @param joined whether query, key and value have three axes, of which the last holds all heads
 */
record AttentionHeads(Shape query, Shape key, Shape value, Dim past, boolean joined) {
  private static final int JOINED_RANK = 3;
  private static final int APART_RANK = 4;

  /** Those of a node; nothing where a shape is not known. */
  static Optional<AttentionHeads> of(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty() || node.shape(2).isEmpty()) {
      return Optional.empty();
    }
    Dim past = Dim.of(0);
    if (node.has(4)) {
      if (node.shape(4).isEmpty() || node.shape(4).get().rank() != APART_RANK) {
        return Optional.empty();
      }
      past = node.shape(4).get().dim(2);
    }
    int rank = node.shape(0).get().rank();
    if (rank != JOINED_RANK && rank != APART_RANK) {
      throw node.malformed("a query of %s".formatted(node.shape(0).get()));
    }
    for (int input = 1; input < 3; input++) {
      if (node.shape(input).get().rank() != rank) {
        throw node.malformed("query, key and value of different ranks");
      }
    }
    boolean joined = rank == JOINED_RANK;
    Shape query = apart(node, 0, "q_num_heads", joined);
    Shape key = apart(node, 1, "kv_num_heads", joined);
    Shape value = apart(node, 2, "kv_num_heads", joined);
    return Optional.of(new AttentionHeads(query, key, value, past, joined));
  }

  private static Shape apart(NodeFacts node, int input, String attribute, boolean joined)
      throws ConversionException {
    Shape shape = node.shape(input).get();
    if (!joined) {
      return shape;
    }
    long heads = node.integer(attribute, 0);
    if (heads <= 0) {
      throw node.malformed("attribute '%s' is missing".formatted(attribute));
    }
    Dim size = shape.dim(2).floorDiv(Dim.of(heads));
    return new Shape(List.of(shape.dim(0), Dim.of(heads), shape.dim(1), size));
  }

  /** How many keys there are. */
  Dim keys() {
    return past.plus(key.dim(2));
  }

  /** The types of result, present key, present value and scores. */
  List<TensorType> results(ElementType keys, ElementType values) {
    Shape result =
        joined
            ? new Shape(List.of(query.dim(0), query.dim(2), query.dim(1).times(value.dim(3))))
            : query.with(3, value.dim(3));
    return List.of(
        TensorType.of(keys, result),
        TensorType.of(keys, key.with(2, keys())),
        TensorType.of(values, value.with(2, keys())),
        TensorType.of(keys, query.with(3, keys())));
  }
}
