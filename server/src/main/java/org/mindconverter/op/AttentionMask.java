// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * Which keys the queries of ONNX's Attention attend to. A query stands behind all keys of the
 * cache, or behind as many keys as are told not to be padding.
 */
final class AttentionMask {
  private static final PyExpr NONE = Py.num(Float.NEGATIVE_INFINITY);

  private final NodeReading node;
  private final AttentionHeads heads;
  private final ElementType computing;
  private final Lowered.Steps steps;
  private final List<PyExpr> allowed = new ArrayList<>();
  private Optional<PyExpr> keys = Optional.empty();

  AttentionMask(
      NodeReading node, AttentionHeads heads, ElementType computing, Lowered.Steps steps) {
    this.node = node;
    this.heads = heads;
    this.computing = computing;
    this.steps = steps;
  }

  /**
   * The scores with what the mask adds to them, and nothing but -inf where a query does not attend.
   */
  PyExpr applied(PyExpr scores) throws Refusal {
    PyExpr masked = node.has(3) ? withGiven(scores) : scores;
    addPlaces();
    return allowed.stream()
        .reduce((a, b) -> Py.binary(a, PyExpr.Operator.BIT_AND, b))
        .map(all -> steps.add("scores", Py.call("ops.where", all, masked, NONE)))
        .orElse(masked);
  }

  private PyExpr withGiven(PyExpr scores) throws Refusal {
    PyExpr mask = overAllKeys();
    if (node.element(3) == ElementType.BOOL) {
      allowed.add(mask);
      return scores;
    }
    return steps.add("scores", Py.plus(scores, Kernel.cast(mask, node.element(3), computing)));
  }

  // Keys behind the end of a short mask are not attended to.
  private PyExpr overAllKeys() throws Refusal {
    Shape shape = node.shape(3);
    Dim given = shape.dim(-1);
    Dim all = heads.keys();
    if (given.equals(all)) {
      return node.value(3);
    }
    allowed.add(Py.binary(keys(), PyExpr.Operator.LESS, NodeReading.dim(given)));
    PyExpr last = NodeReading.dim(given.minus(Dim.of(1)));
    PyExpr nearest = Py.call("ops.clamp", keys(), Py.num(0), last);
    return Py.call("ops.gather", node.value(3), nearest, Py.num(shape.rank() - 1));
  }

  private void addPlaces() throws Refusal {
    boolean causal = node.integer("is_causal", 0) != 0;
    long left = node.integer("left_window_size", -1);
    long right = node.integer("right_window_size", -1);
    if (!causal && left < 0 && right < 0 && !node.has(6)) {
      return;
    }
    if (causal || left >= 0 || right >= 0) {
      PyExpr queries = steps.add("queries", queries());
      if (causal) {
        allowed.add(Py.binary(keys(), PyExpr.Operator.LESS_EQUAL, queries));
      }
      if (left >= 0) {
        PyExpr first = Py.minus(queries, Py.num(left));
        allowed.add(Py.binary(keys(), PyExpr.Operator.GREATER_EQUAL, first));
      }
      if (right >= 0) {
        PyExpr last = Py.plus(queries, Py.num(right));
        allowed.add(Py.binary(keys(), PyExpr.Operator.LESS_EQUAL, last));
      }
    }
    if (node.has(6)) {
      allowed.add(Py.binary(keys(), PyExpr.Operator.LESS, lengths()));
    }
  }

  /** Where the keys stand. */
  private PyExpr keys() {
    if (keys.isEmpty()) {
      PyExpr places = Py.call("ops.arange", NodeReading.dim(heads.keys()));
      keys = Optional.of(steps.add("keys", places));
    }
    return keys.get();
  }

  /** Where the queries stand among the keys, one below the other. */
  private PyExpr queries() throws Refusal {
    PyExpr count = NodeReading.dim(heads.query().dim(2));
    PyExpr rows = Py.method(Py.call("ops.arange", count), "expand_dims", Py.num(1));
    if (node.has(6)) {
      return Py.plus(rows, Py.minus(lengths(), count));
    }
    return heads.past().is(0) ? rows : Py.plus(rows, NodeReading.dim(heads.past()));
  }

  /** How many keys are no padding, for each batch. */
  private PyExpr lengths() throws Refusal {
    return Py.method(node.value(6), "reshape", Py.ints(List.of(-1, 1, 1, 1)));
  }

  /** Whether a query may be left without any key. */
  boolean mayHideAll() {
    return node.has(3)
        || node.has(6)
        || node.integer("left_window_size", -1) >= 0
        || node.integer("right_window_size", -1) >= 0;
  }
}
