// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.OptionalType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators on values that may be missing, which are Python's None. */
final class Optionals {
  private Optionals() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Optional")
        .infer(node -> List.of(new OptionalType(node.valueType(0))))
        .since(15)
        .lower(Optionals::wrap);
    ops.onnx("OptionalGetElement")
        .infer(node -> List.of(held(node.valueType(0))))
        .since(15, 18)
        .lower(node -> Lowered.of(node.value(0)));
    ops.onnx("OptionalHasElement")
        .infer(node -> List.of(TensorType.of(ElementType.BOOL, Shape.SCALAR)))
        .since(15, 18)
        .lower(Optionals::ask);
  }

  private static ValueType held(ValueType type) {
    return type instanceof OptionalType optional ? optional.value() : type;
  }

  private static Lowered wrap(NodeReading node) throws Refusal {
    node.without("type", "None has no type");
    return Lowered.of(node.has(0) ? node.value(0) : Py.none());
  }

  private static Lowered ask(NodeReading node) throws Refusal {
    PyExpr there =
        node.has(0) ? Py.binary(node.value(0), PyExpr.Operator.IS_NOT, Py.none()) : Py.bool(false);
    return Lowered.of(Py.call("ms.tensor", there));
  }
}
