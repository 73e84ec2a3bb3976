// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Functions applied to every element that networks put between layers. */
final class Activations {
  private Activations() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Relu")
        .infer(TypeRules::sameAsFirst)
        .since(1, 6, 13, 14)
        .lower(node -> cellOrFunction("nn.ReLU", "relu", "ops.relu", node.value(0)));
  }

  private static Lowered cellOrFunction(String type, String hint, String function, PyExpr x) {
    return Lowered.of(Cell.of(type, hint).call(x).or(Py.call(function, x)));
  }
}
