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
 * ONNX's RotaryEmbedding: pairs of features turned by the angle of their position. The formula is
 * that of "RoFormer: Enhanced Transformer with Rotary Position Embedding" (Su et al., 2021),
 * section 3.4.
 */
final class RotaryEmbedding {
  private static final int COSINES = 1;
  private static final int SINES = 2;
  private static final int POSITIONS = 3;
  private static final int FEATURES = 3;

  private final NodeReading node;
  private final Shape split;
  private final ElementType computing;
  private final Lowered.Steps steps = new Lowered.Steps();

  private RotaryEmbedding(NodeReading node) throws Refusal {
    this.node = node;
    this.split = split(node);
    this.computing = Kernel.REALS.computing(node.element(0));
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("RotaryEmbedding")
        .infer(TypeRules::sameAsFirst)
        .since(23)
        .lower(node -> new RotaryEmbedding(node).lowered());
  }

  /** The input's shape with its heads on an axis of their own. */
  private static Shape split(NodeReading node) throws Refusal {
    Shape shape = node.shape(0);
    Dim heads = Dim.of(node.integer("num_heads", 0));
    if (shape.rank() == 4) {
      return shape;
    }
    if (shape.rank() != 3 || heads.is(0)) {
      throw new Refusal("an input of rank %d without a number of heads".formatted(shape.rank()));
    }
    return new Shape(List.of(shape.dim(0), shape.dim(1), heads, shape.dim(2).floorDiv(heads)));
  }

  private boolean isJoined() throws Refusal {
    return node.rank(0) == 3;
  }

  private Lowered lowered() throws Refusal {
    long rotated = node.integer("rotary_embedding_dim", 0);
    boolean interleaved = node.integer("interleaved", 0) != 0;
    PyExpr given = Kernel.cast(node.value(0), node.element(0), computing);
    PyExpr x = isJoined() ? steps.add("x", reshaped(given, split.dims())) : steps.named("x", given);
    boolean partly = rotated != 0 && !split.dim(FEATURES).is(rotated);
    Dim width = rotated == 0 ? split.dim(FEATURES) : Dim.of(rotated);
    PyExpr turning =
        partly && interleaved ? steps.add("turning", upTo(x, NodeReading.dim(width))) : x;
    PyExpr turned = interleaved ? interleaved(turning, width) : halves(turning, width);
    if (partly) {
      turned = steps.add("turned", turned);
      PyExpr rest = Slice.along(x, FEATURES, Py.range(Optional.of(Py.num(rotated)), none()));
      turned = Py.call("ops.cat", Py.tuple(turned, rest), Py.num(-1));
    }
    turned = isJoined() ? steps.named("turned", turned) : turned;
    PyExpr result = isJoined() ? Py.method(turned, "flatten").with("start_dim", Py.num(2)) : turned;
    return steps.result(Kernel.cast(result, computing, node.element(0)));
  }

  /** Each feature of the first half is paired with one of the second. */
  private PyExpr halves(PyExpr x, Dim width) throws Refusal {
    PyExpr half = NodeReading.dim(width.floorDiv(Dim.of(2)));
    boolean whole = width.equals(split.dim(FEATURES));
    PyExpr first = steps.add("first", upTo(x, half));
    PyExpr end = NodeReading.dim(width);
    PyExpr behind = Py.range(Optional.of(half), whole ? none() : Optional.of(end));
    PyExpr second = steps.add("second", Slice.along(x, FEATURES, behind));
    return Py.call("ops.cat", turned(first, second), Py.num(-1));
  }

  /** Each feature is paired with its neighbour. */
  private PyExpr interleaved(PyExpr x, Dim width) throws Refusal {
    List<Dim> dims = new ArrayList<>(split.dims().subList(0, FEATURES));
    dims.add(width.floorDiv(Dim.of(2)));
    dims.add(Dim.of(2));
    PyExpr pairs = steps.add("pairs", reshaped(x, dims));
    PyExpr first = steps.add("first", Slice.along(pairs, 4, Py.num(0)));
    PyExpr second = steps.add("second", Slice.along(pairs, 4, Py.num(1)));
    PyExpr turned = Py.call("ops.stack", turned(first, second), Py.num(-1));
    return Py.method(turned, "flatten").with("start_dim", Py.num(FEATURES));
  }

  private PyExpr turned(PyExpr first, PyExpr second) throws Refusal {
    PyExpr cos = steps.add("cos", angles(COSINES));
    PyExpr sin = steps.add("sin", angles(SINES));
    return Py.tuple(
        Py.minus(Py.times(first, cos), Py.times(second, sin)),
        Py.plus(Py.times(first, sin), Py.times(second, cos)));
  }

  /** Sines or cosines of each position, the same for all heads. */
  private PyExpr angles(int input) throws Refusal {
    PyExpr table = Kernel.cast(node.value(input), node.element(input), computing);
    PyExpr rows =
        node.has(POSITIONS)
            ? Py.call("ops.gather", table, node.value(POSITIONS), Py.num(0))
            : table;
    return Py.call("ops.expand_dims", rows, Py.num(isJoined() ? 2 : 1));
  }

  private static PyExpr upTo(PyExpr x, PyExpr stop) {
    return Slice.along(x, FEATURES, Py.range(none(), Optional.of(stop)));
  }

  private static PyExpr reshaped(PyExpr x, List<Dim> dims) {
    return Py.method(x, "reshape", Py.tuple(dims.stream().map(NodeReading::dim).toList()));
  }

  private static Optional<PyExpr> none() {
    return Optional.empty();
  }
}
