// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Poolings over windows that keep the mean. */
final class AveragePooling {
  private AveragePooling() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("AveragePool")
        .infer(Pooling::infer)
        .since(7, 10, 11, 19, 22)
        .lower(AveragePooling::lower);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    Pooling.requireFloat(node.element(0));
    Window window = Pooling.window(node);
    if (window.dilations().stream().anyMatch(d -> d != 1)) {
      throw new Refusal("attribute 'dilations' above 1 in an average");
    }
    boolean counted = node.integer("count_include_pad", 0) != 0;
    Lowered.Steps steps = new Lowered.Steps();
    Optional<List<PyExpr>> open = window.openPads(node.shape(0), steps);
    if (open.isPresent()) {
      return steps.result(padded(node, window.withoutCeil(), open.get(), counted, steps));
    }
    List<Long> pads = window.fixedPads(node.shape(0));
    if (!window.isBelowHalf(pads)) {
      if (window.ceil() && !window.countsAlike(node.shape(0), pads)) {
        throw new Refusal("attribute 'ceil_mode' with different padding on two sides");
      }
      List<PyExpr> numbers = pads.stream().map(Py::num).toList();
      return steps.result(padded(node, window, numbers, counted, steps));
    }
    Cell cell = Pooling.cell("nn.AvgPool%dd", "avgpool", window, pads);
    boolean padded = pads.stream().anyMatch(p -> p != 0);
    cell = padded && !counted ? cell.arg("count_include_pad", Py.bool(false)) : cell;
    return Lowered.of(cell.call(node.value(0)));
  }

  // MindSpore pads both sides alike. Padded beforehand, what lies outside counts: the mean of ones
  // and zeros tells how much of each window lies inside.
  private static PyExpr padded(
      NodeReading node, Window window, List<PyExpr> pads, boolean counted, Lowered.Steps steps)
      throws Refusal {
    PyExpr x = node.value(0);
    ConstantPadding padding = ConstantPadding.of(node, pads);
    PyExpr padded = steps.add("padded", padding.zeros(x));
    if (counted) {
      List<Long> none = Collections.nCopies(pads.size(), 0L);
      return Pooling.cell("nn.AvgPool%dd", "avgpool", window, none).call(padded);
    }
    PyExpr first = Py.range(Optional.empty(), Optional.of(Py.num(1)));
    PyExpr ones = Py.call("ops.ones_like", Py.index(x, first, first));
    PyExpr inside = steps.add("inside", padding.zeros(ones));
    return Py.divide(mean(padded, window), mean(inside, window));
  }

  private static PyExpr mean(PyExpr x, Window window) {
    PyExpr.Call call =
        Py.call(
            "ops.avg_pool%dd".formatted(window.axes()),
            x,
            Window.compact(window.kernel()),
            Window.compact(window.strides()));
    return window.ceil() ? call.with("ceil_mode", Py.bool(true)) : call;
  }
}
