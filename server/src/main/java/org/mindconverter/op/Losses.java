// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** How far scores of classes are from the classes that they should name. */
final class Losses {
  private Losses() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("NegativeLogLikelihoodLoss")
        .infer(node -> List.of(loss(node)))
        .since(12, 13, 22)
        .lower(
            node -> {
              ElementType element = node.element(0);
              ElementType computing = Kernel.REALS.computing(element);
              PyExpr x = Kernel.cast(node.value(0), element, computing);
              return Lowered.of(Kernel.cast(likelihood(node, x, computing), computing, element));
            });
    ops.onnx("SoftmaxCrossEntropyLoss")
        .infer(node -> List.of(loss(node), node.type(0)))
        .since(12, 13)
        .lower(Losses::crossEntropy);
  }

  private static TensorType loss(NodeFacts node) {
    boolean each = node.text("reduction", "mean").equals("none");
    Optional<Shape> shape = each ? node.shape(1) : Optional.of(Shape.SCALAR);
    return new TensorType(node.element(0), shape);
  }

  private static Lowered crossEntropy(NodeReading node) throws Refusal {
    ElementType element = node.element(0);
    ElementType computing = Kernel.REALS.computing(element);
    PyExpr x = Kernel.cast(node.value(0), element, computing);
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr scores = steps.add("log_prob", Py.call("ops.log_softmax", x, Py.num(1)));
    PyExpr loss = likelihood(node, scores, computing);
    return steps.results(
        List.of(Kernel.cast(loss, computing, element), Kernel.cast(scores, computing, element)));
  }

  private static PyExpr likelihood(NodeReading node, PyExpr scores, ElementType computing)
      throws Refusal {
    String reduction = node.text("reduction", "mean");
    if (!List.of("none", "sum", "mean").contains(reduction)) {
      throw new Refusal("attribute 'reduction' is '%s'".formatted(reduction));
    }
    PyExpr.Call call = Py.call("ops.nll_loss", scores, node.value(1));
    if (node.has(2)) {
      call = call.with("weight", Kernel.cast(node.value(2), node.element(2), computing));
    }
    if (node.attribute("ignore_index").isPresent()) {
      call = call.with("ignore_index", Py.num(node.integer("ignore_index", 0)));
    }
    return reduction.equals("mean") ? call : call.with("reduction", Py.text(reduction));
  }
}
