// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT32;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * ONNX's LinearAttention, all steps at once rather than one after the other.
 *
 * <p>Written out, the state after step t is exp(G_t) S_0 + sum over s ≤ t of exp(G_t − G_s) k_s
 * u_s', where G adds up the decays. Without the delta rule u is the value; with it, u_t = β_t (v_t
 * − what the state before already answers to k_t), a triangular system of equations.
 */
final class LinearAttention {
  private static final int QUERY = 0;
  private static final int KEY = 1;
  private static final int VALUE = 2;
  private static final int PAST = 3;
  private static final int DECAY = 4;
  private static final int BETA = 5;
  private static final int TIME = 2; // axis of (batch, heads, time, features)

  private final NodeReading node;
  private final boolean isGated;
  private final boolean isDelta;
  private final Dim queryHeads;
  private final Dim keyHeads;
  private final Lowered.Steps steps = new Lowered.Steps();

  private LinearAttention(NodeReading node) throws Refusal {
    this.node = node;
    String rule = node.text("update_rule", "gated_delta");
    if (!List.of("linear", "gated", "delta", "gated_delta").contains(rule)) {
      throw new Refusal("attribute 'update_rule' of '%s'".formatted(rule));
    }
    this.isGated = rule.startsWith("gated");
    this.isDelta = rule.endsWith("delta");
    this.queryHeads = Dim.of(node.requireInteger("q_num_heads"));
    this.keyHeads = Dim.of(node.requireInteger("kv_num_heads"));
  }

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("LinearAttention")
        .infer(LinearAttention::infer)
        .since(27)
        .lower(node -> new LinearAttention(node).lowered());
  }

  private static List<TensorType> infer(NodeFacts node) {
    ElementType state = node.has(PAST) ? node.element(PAST) : node.element(QUERY);
    Dim queryHeads = Dim.of(node.integer("q_num_heads", 1));
    Dim heads = Dim.of(node.integer("kv_num_heads", 1));
    if (node.shape(QUERY).isEmpty() || node.shape(KEY).isEmpty() || node.shape(VALUE).isEmpty()) {
      TensorType open = TensorType.of(node.element(QUERY), node.freshShape(0, 3));
      return List.of(open, TensorType.of(state, node.freshShape(1, 4)));
    }
    Shape query = node.shape(QUERY).get();
    Dim keys = node.shape(KEY).get().dim(2).floorDiv(heads);
    Dim values = node.shape(VALUE).get().dim(2).floorDiv(heads);
    Shape last = new Shape(List.of(query.dim(0), heads, keys, values));
    return List.of(
        TensorType.of(node.element(QUERY), query.with(2, queryHeads.times(values))),
        TensorType.of(state, last));
  }

  private Lowered lowered() throws Refusal {
    node.without("chunk_size", "it only tunes how the same is computed");
    PyExpr query = steps.add("query", apart(QUERY, queryHeads));
    PyExpr key = steps.add("key", apart(KEY, keyHeads));
    PyExpr value = steps.add("value", apart(VALUE, keyHeads));
    Optional<PyExpr> decayed = decayed();
    Optional<PyExpr> span = decayed.isPresent() ? Optional.of(span(decayed.get())) : decayed;
    Optional<PyExpr> past = past();
    PyExpr fading = decayed.isPresent() ? steps.add("fading", exp(decayed.get())) : Py.num(1);
    PyExpr update =
        isDelta
            ? steps.add("update", corrected(key, value, faded(key, fading), span, past))
            : value;
    PyExpr links = product(query, repeated(key), span.map(this::repeated), 0);
    PyExpr answer = Py.call("ops.matmul", links, repeated(update));
    if (past.isPresent()) {
      PyExpr before = decayed.isPresent() ? repeated(fading) : fading;
      answer = Py.plus(answer, Py.call("ops.matmul", faded(query, before), repeated(past.get())));
    }
    PyExpr turned = Py.method(Py.times(answer, scale()), "transpose", Py.ints(List.of(0, 2, 1, 3)));
    PyExpr output = Py.method(turned, "flatten").with("start_dim", Py.num(2));
    return steps.results(
        List.of(
            Kernel.cast(output, FLOAT32, node.element(QUERY)),
            Kernel.cast(state(key, update, decayed, past), FLOAT32, node.outputType(1).element())));
  }

  /** With heads on an axis of their own, in front of time. */
  private PyExpr apart(int input, Dim heads) throws Refusal {
    Shape shape = node.shape(input);
    List<Dim> dims = List.of(shape.dim(0), shape.dim(1), heads, shape.dim(2).floorDiv(heads));
    PyExpr x = Kernel.cast(node.value(input), node.element(input), FLOAT32);
    PyExpr split = Py.method(x, "reshape", Py.tuple(dims.stream().map(NodeReading::dim).toList()));
    return Py.method(split, "transpose", Py.ints(List.of(0, 2, 1, 3)));
  }

  /** Decays up to each step, or nothing where nothing fades. */
  private Optional<PyExpr> decayed() throws Refusal {
    if (!isGated) {
      if (node.has(DECAY)) {
        node.withoutInput(DECAY, "the update rule has no gate");
      }
      return Optional.empty();
    }
    PyExpr decay = apart(DECAY, keyHeads);
    return Optional.of(steps.add("decayed", Py.call("ops.cumsum", decay, Py.num(TIME))));
  }

  /** What is left at one step of a key of another, for each feature; nothing of later ones. */
  private PyExpr span(PyExpr decayed) throws Refusal {
    PyExpr between =
        steps.add(
            "between",
            Py.minus(
                Py.call("ops.expand_dims", decayed, Py.num(3)),
                Py.call("ops.expand_dims", decayed, Py.num(2))));
    PyExpr time = NodeReading.dim(node.shape(QUERY).dim(1));
    PyExpr square = Py.call("ops.ones", Py.tuple(time, time), Dtypes.of(FLOAT32));
    PyExpr later = Py.call("ops.expand_dims", Py.call("ops.triu", square, Py.num(1)), Py.num(-1));
    PyExpr hidden = Py.binary(later, PyExpr.Operator.GREATER, Py.num(0));
    return steps.add(
        "span", exp(Py.method(between, "masked_fill", hidden, Py.num(Float.NEGATIVE_INFINITY))));
  }

  private static PyExpr exp(PyExpr e) {
    return Py.call("ops.exp", e);
  }

  private static PyExpr faded(PyExpr x, PyExpr fading) {
    return fading.equals(Py.num(1)) ? x : Py.times(x, fading);
  }

  private Optional<PyExpr> past() throws Refusal {
    return node.has(PAST)
        ? Optional.of(
            steps.named("past", Kernel.cast(node.value(PAST), node.element(PAST), FLOAT32)))
        : Optional.empty();
  }

  /**
   * How much each step asks of those up to it.
   *
   * @param diagonal the last one that counts: 0 is the step itself
   */
  private PyExpr product(PyExpr left, PyExpr right, Optional<PyExpr> span, long diagonal) {
    if (span.isEmpty()) {
      PyExpr turned = Py.method(right, "transpose", Py.ints(List.of(0, 1, 3, 2)));
      return lower(Py.call("ops.matmul", left, turned), diagonal);
    }
    PyExpr pairs =
        Py.times(
            Py.times(Py.call("ops.expand_dims", left, Py.num(3)), span.get()),
            Py.call("ops.expand_dims", right, Py.num(2)));
    PyExpr sums = Py.method(pairs, "sum", Py.num(-1));
    return diagonal == 0 ? sums : lower(sums, diagonal);
  }

  private static PyExpr lower(PyExpr x, long diagonal) {
    return diagonal == 0 ? Py.call("ops.tril", x) : Py.call("ops.tril", x, Py.num(diagonal));
  }

  /** What each step adds to the state by the delta rule. */
  private PyExpr corrected(
      PyExpr key, PyExpr value, PyExpr fadedKey, Optional<PyExpr> span, Optional<PyExpr> past)
      throws Refusal {
    PyExpr rate = steps.add("rate", rate());
    PyExpr known =
        past.isPresent() ? Py.minus(value, Py.call("ops.matmul", fadedKey, past.get())) : value;
    PyExpr time = NodeReading.dim(node.shape(QUERY).dim(1));
    PyExpr links = Py.times(rate, product(key, key, span, -1));
    PyExpr system = Py.plus(links, Py.call("ops.eye", time, time, Dtypes.of(FLOAT32)));
    return Py.call("ops.matrix_solve", steps.add("system", system), Py.times(rate, known));
  }

  /** One number for each head and step, or for each step. */
  private PyExpr rate() throws Refusal {
    return apart(BETA, node.shape(BETA).dim(2));
  }

  /** For each head of the query its own. */
  private PyExpr repeated(PyExpr x) {
    if (queryHeads.equals(keyHeads)) {
      return x;
    }
    PyExpr times = NodeReading.dim(queryHeads.floorDiv(keyHeads));
    return Py.call("ops.repeat_interleave", x, times, Py.num(1));
  }

  private PyExpr scale() throws Refusal {
    float scale = node.real("scale", 0);
    if (scale != 0) {
      return Py.num(scale);
    }
    Dim size = node.shape(QUERY).dim(2).floorDiv(queryHeads);
    return size.size().isPresent()
        ? Py.num((float) (1 / Math.sqrt((double) size.size().getAsLong())))
        : Py.binary(NodeReading.dim(size), PyExpr.Operator.POWER, Py.num(-0.5f));
  }

  /** The state after the last step. */
  private PyExpr state(PyExpr key, PyExpr update, Optional<PyExpr> decayed, Optional<PyExpr> past) {
    PyExpr left = key;
    Optional<PyExpr> before = past;
    if (decayed.isPresent()) {
      Optional<PyExpr> last = Optional.of(Py.num(-1));
      PyExpr end =
          steps.add("end", Slice.along(decayed.get(), TIME, Py.range(last, Optional.empty())));
      left = Py.times(key, exp(Py.minus(end, decayed.get())));
      PyExpr rows = Py.method(exp(end), "transpose", Py.ints(List.of(0, 1, 3, 2)));
      before = past.map(state -> Py.times(rows, state));
    }
    PyExpr turned = Py.method(left, "transpose", Py.ints(List.of(0, 1, 3, 2)));
    PyExpr added = Py.call("ops.matmul", turned, update);
    return before.map(state -> Py.plus(state, added)).orElse(added);
  }
}
