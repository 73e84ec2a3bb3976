// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.FLOAT64;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * ONNX's Attention: scaled dot-product attention of many heads, with a cache of keys and values,
 * masks and a soft cap. The formula is that of "Attention Is All You Need" (Vaswani et al., 2017),
 * section 3.2.1.
 */
final class DotProductAttention {
  private static final Kernel KERNEL = Kernel.of(FLOAT32, FLOAT64);
  private static final long DOUBLE = 11; // of ONNX's element types

  private final NodeReading node;
  private final AttentionHeads heads;
  private final ElementType element;
  private final ElementType computing;
  private final Lowered.Steps steps = new Lowered.Steps();

  private DotProductAttention(NodeReading node, AttentionHeads heads) throws Refusal {
    this.node = node;
    this.heads = heads;
    this.element = node.element(0);
    this.computing = KERNEL.computing(element);
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Attention")
        .infer(DotProductAttention::infer)
        .since(23, 24, 25)
        .lower(DotProductAttention::lower);
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    ElementType keys = node.element(0);
    ElementType values = node.element(2);
    Optional<AttentionHeads> heads = AttentionHeads.of(node);
    if (heads.isPresent()) {
      return heads.get().results(keys, values);
    }
    TensorType unknown = new TensorType(keys, Optional.empty());
    return List.of(unknown, unknown, new TensorType(values, Optional.empty()), unknown);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    Optional<AttentionHeads> heads;
    try {
      heads = AttentionHeads.of(node.facts());
    } catch (ConversionException e) {
      throw new Refusal(e.getMessage());
    }
    return new DotProductAttention(
            node, heads.orElseThrow(() -> new Refusal("a rank that is not known")))
        .lowered();
  }

  private Lowered lowered() throws Refusal {
    if (node.has(4) && node.has(6)) {
      throw new Refusal("a cache inside and one outside");
    }
    node.integer("q_num_heads", 0);
    node.integer("kv_num_heads", 0);
    PyExpr query = apart("query", 0, heads.query());
    PyExpr key = withPast("key", apart("key", 1, heads.key()), 4);
    PyExpr value = withPast("value", apart("value", 2, heads.value()), 5);
    List<PyExpr> kinds = new ArrayList<>();
    PyExpr scores = steps.add("scores", scores(query, repeated("key", key)));
    kinds.add(scores);
    scores = capped(scores);
    kinds.add(scores);
    AttentionMask mask = new AttentionMask(node, heads, computing, steps);
    scores = mask.applied(scores);
    kinds.add(scores);
    PyExpr weights = steps.add("weights", softmax(scores, mask));
    kinds.add(weights);
    PyExpr values = Kernel.cast(repeated("value", value), node.element(2), computing);
    PyExpr result = Py.call("ops.matmul", weights, values);
    PyExpr shown = kinds.get((int) node.integer("qk_matmul_output_mode", 0));
    return steps.results(
        List.of(
            Kernel.cast(together(result), computing, element),
            key,
            value,
            Kernel.cast(shown, computing, element)));
  }

  /** With its heads on an axis of their own. */
  private PyExpr apart(String hint, int input, Shape shape) throws Refusal {
    PyExpr x = node.value(input);
    if (!heads.joined()) {
      return x;
    }
    List<PyExpr> dims = new ArrayList<>();
    for (int axis : new int[] {0, 2, 1}) {
      dims.add(NodeReading.dim(shape.dim(axis)));
    }
    dims.add(Py.num(-1));
    PyExpr split = Py.method(x, "reshape", Py.tuple(dims));
    return steps.add(hint, Py.method(split, "transpose", Py.ints(List.of(0, 2, 1, 3))));
  }

  private PyExpr together(PyExpr result) {
    return heads.joined()
        ? Py.method(Py.method(result, "transpose", Py.ints(List.of(0, 2, 1, 3))), "flatten")
            .with("start_dim", Py.num(2))
        : result;
  }

  private PyExpr withPast(String hint, PyExpr x, int input) throws Refusal {
    return node.has(input)
        ? steps.add(hint, Py.call("ops.cat", Py.tuple(node.value(input), x), Py.num(2)))
        : x;
  }

  /** For each head of the query its own: several may share one. */
  private PyExpr repeated(String hint, PyExpr x) {
    Dim queries = heads.query().dim(1);
    Dim keys = heads.key().dim(1);
    if (queries.equals(keys)) {
      return x;
    }
    PyExpr times = NodeReading.dim(queries.floorDiv(keys));
    return steps.add(hint + "s", Py.call("ops.repeat_interleave", x, times, Py.num(1)));
  }

  private PyExpr scores(PyExpr query, PyExpr key) throws Refusal {
    PyExpr turned = Py.method(key, "transpose", Py.ints(List.of(0, 1, 3, 2)));
    PyExpr product =
        Py.call(
            "ops.matmul",
            Kernel.cast(query, element, computing),
            Kernel.cast(turned, node.element(1), computing));
    return Py.times(product, scale());
  }

  private PyExpr scale() throws Refusal {
    if (node.has("scale")) {
      return Py.num(node.real("scale", 1));
    }
    Dim size = heads.query().dim(3);
    return size.size().isPresent()
        ? Py.num((float) (1 / Math.sqrt((double) size.size().getAsLong())))
        : Py.binary(NodeReading.dim(size), PyExpr.Operator.POWER, Py.num(-0.5f));
  }

  private PyExpr capped(PyExpr scores) {
    float cap = node.real("softcap", 0);
    return cap == 0
        ? scores
        : steps.add(
            "scores", Py.times(Py.call("ops.tanh", Py.divide(scores, Py.num(cap))), Py.num(cap)));
  }

  // In at least the precision that is asked for.
  private PyExpr softmax(PyExpr scores, AttentionMask mask) {
    ElementType wide = node.integer("softmax_precision", 1) == DOUBLE ? FLOAT64 : computing;
    PyExpr x = Kernel.cast(scores, computing, wide);
    PyExpr weights =
        mask.mayHideAll()
            ? Softmaxes.masked(steps, steps.named("scores", x), -1, 0f)
            : Softmaxes.softmax(x, -1);
    return Kernel.cast(weights, wide, computing);
  }
}
