// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.Casting;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.PyExpr;

/** Changes of the element type. */
final class Casts {
  private static final String ONLY_SMALL_FLOATS = "it concerns floats of 8 bits, which are refused";

  private Casts() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Cast")
        .infer(node -> infer(node, named(node)))
        .contents(node -> ShapeArithmetic.cast(node, named(node)))
        .fold(node -> fold(node, named(node)))
        .layout(node -> layout(node, named(node)))
        .alias(node -> alias(node, named(node)))
        .since(6, 9, 13, 19, 21, 23, 24, 25, 28)
        .lower(
            node -> {
              long number = node.requireInteger("to");
              return lower(node, ElementType.ofOnnx(number).orElse(ElementType.UNDEFINED));
            });
    ops.onnx("CastLike")
        .infer(node -> infer(node, node.element(1)))
        .contents(node -> ShapeArithmetic.cast(node, node.element(1)))
        .fold(node -> fold(node, node.element(1)))
        .layout(node -> layout(node, node.element(1)))
        .alias(node -> alias(node, node.element(1)))
        .since(15, 19, 21, 23, 24, 25)
        .lower(
            node -> {
              ElementType to = node.element(1);
              node.withoutInput(1, "only its type is asked for");
              return lower(node, to);
            });
  }

  private static ElementType named(NodeFacts node) throws ConversionException {
    long number = node.integer("to", 0);
    return ElementType.ofOnnx(number)
        .filter(type -> type != ElementType.UNDEFINED)
        .orElseThrow(() -> node.malformed("there is no element type " + number));
  }

  private static List<TensorType> infer(NodeFacts node, ElementType to) {
    return List.of(node.type(0).withElement(to));
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node, ElementType to) {
    return to.isMindSpore()
        ? node.constant(0).map(a -> List.of(Casting.cast(a, to)))
        : Optional.empty();
  }

  private static OptionalInt alias(NodeFacts node, ElementType to) {
    return to != ElementType.UNDEFINED && node.element(0) == to
        ? OptionalInt.of(0)
        : OptionalInt.empty();
  }

  private static Optional<List<WeightExpression>> layout(NodeFacts node, ElementType to) {
    return node.node().input(0) instanceof Operand.Weight weight
            && weight.expression().element().isMindSpore()
            && to.isMindSpore()
        ? Optional.of(List.of(weight.expression().converted(to)))
        : Optional.empty();
  }

  private static Lowered lower(NodeReading node, ElementType to) throws Refusal {
    if (!to.isMindSpore()) {
      throw new Refusal(
          "attribute 'to' names %s, which MindSpore has not".formatted(to.lowerName()));
    }
    ElementType from = node.element(0);
    if (!from.isMindSpore()) {
      throw new Refusal("MindSpore has no tensors of " + from.lowerName());
    }
    node.without("saturate", ONLY_SMALL_FLOATS);
    node.without("round_mode", ONLY_SMALL_FLOATS);
    PyExpr x = node.value(0);
    return Lowered.of(Kernel.cast(x, from, to));
  }
}
