// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.op.EinsumEquation.Label;
import org.mindconverter.python.PyExpr;

/**
 * The operator Einsum, which MindSpore has no kernel for on a CPU: operand by operand, as products
 * of matrices.
 */
final class Einsum {
  private static final Kernel PRODUCTS = Kernel.NUMBERS.wrapping();

  private Einsum() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Einsum")
        .infer(node -> List.of(new TensorType(node.element(0), result(node))))
        .since(12, 28)
        .lower(Einsum::lower);
  }

  private static Optional<Shape> result(NodeFacts node) throws ConversionException {
    List<Shape> shapes = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      node.shape(i).ifPresent(shapes::add);
    }
    if (shapes.size() < node.inputCount()) {
      return Optional.empty();
    }
    String text = node.text("equation", "");
    EinsumEquation equation =
        EinsumEquation.parse(text, shapes.stream().map(Shape::rank).toList())
            .orElseThrow(
                () -> node.malformed("'%s' does not fit operands %s".formatted(text, shapes)));
    Map<Label, Dim> sizes = new HashMap<>();
    for (int i = 0; i < shapes.size(); i++) {
      for (int axis = 0; axis < shapes.get(i).rank(); axis++) {
        Label label = equation.operands().get(i).get(axis);
        Dim size = shapes.get(i).dim(axis);
        sizes.put(label, agreed(node, sizes.getOrDefault(label, size), size));
      }
    }
    return Optional.of(new Shape(equation.result().stream().map(sizes::get).toList()));
  }

  private static Dim agreed(NodeFacts node, Dim a, Dim b) throws ConversionException {
    return Shape.broadcast(new Shape(List.of(a)), new Shape(List.of(b)))
        .orElseThrow(() -> node.malformed("axes of one letter are of %s and %s".formatted(a, b)))
        .dim(0);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    List<Integer> ranks = new ArrayList<>();
    for (int i = 0; i < node.inputCount(); i++) {
      ranks.add(node.rank(i));
    }
    EinsumEquation equation =
        EinsumEquation.parse(node.text("equation", ""), ranks)
            .orElseThrow(() -> new Refusal("attribute 'equation' does not fit the operands"));
    Lowered.Steps steps = new Lowered.Steps();
    EinsumTerm term = term(node, equation, 0).onDiagonals();
    for (int i = 1; i < ranks.size(); i++) {
      EinsumTerm next = term(node, equation, i).onDiagonals();
      List<Label> needed = equation.neededFrom(i + 1);
      term =
          term.summedExcept(needed, next.labels())
              .times(next.summedExcept(needed, term.labels()), needed, steps);
    }
    EinsumTerm result = term.summedExcept(equation.result(), List.of()).inOrder(equation.result());
    return steps.result(Kernel.cast(result.value(), result.element(), node.element(0)));
  }

  private static EinsumTerm term(NodeReading node, EinsumEquation equation, int operand)
      throws Refusal {
    ElementType element = node.element(operand);
    if (element == ElementType.BOOL) {
      throw new Refusal("input %d holds truth values".formatted(operand));
    }
    ElementType computing = PRODUCTS.computing(element);
    PyExpr value = Kernel.cast(node.value(operand), element, computing);
    return new EinsumTerm(
        value, equation.operands().get(operand), node.shape(operand).dims(), computing);
  }
}
