// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.PyExpr;

/** The operator If: one of two graphs, whose results have one type. */
final class Branching {
  private Branching() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("If")
        .bodies(BodyRule.WITHOUT_INPUTS)
        .infer(Branching::infer)
        .since(1, 11, 13, 16, 19, 21, 23, 24, 25)
        .lower(Branching::lower);
  }

  private static List<ValueType> infer(NodeFacts node) throws ConversionException {
    Graph then = node.graph("then_branch");
    Graph otherwise = node.graph("else_branch");
    int count = node.node().outputs().size();
    if (then.outputs().size() != count || otherwise.outputs().size() != count) {
      throw node.malformed("its branches do not have as many outputs as it has");
    }
    List<ValueType> types = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      types.add(
          either(
              node,
              i,
              then.valueType(then.outputs().get(i).value()),
              otherwise.valueType(otherwise.outputs().get(i).value())));
    }
    return types;
  }

  private static ValueType either(NodeFacts node, int output, ValueType one, ValueType other) {
    if (one instanceof TensorType tensor && other instanceof TensorType second) {
      return either(node, output, tensor, second);
    }
    if (one instanceof ListType list && other instanceof ListType second) {
      boolean same = list.length().equals(second.length());
      TensorType element = either(node, output, list.element(), second.element());
      return new ListType(element, same ? list.length() : node.freshLength(output));
    }
    return one.equals(other) ? one : TensorType.UNKNOWN;
  }

  private static TensorType either(NodeFacts node, int output, TensorType one, TensorType other) {
    ElementType element = one.element() == ElementType.UNDEFINED ? other.element() : one.element();
    boolean ranked =
        one.shape().isPresent()
            && other.shape().isPresent()
            && one.shape().get().rank() == other.shape().get().rank();
    if (!ranked) {
      return new TensorType(element, Optional.empty());
    }
    Shape shape = one.shape().get();
    for (int axis = 0; axis < shape.rank(); axis++) {
      Dim dim = shape.dim(axis);
      if (!dim.equals(other.shape().get().dim(axis))) {
        shape = shape.with(axis, node.fresh(output, axis));
      }
    }
    return TensorType.of(element, shape);
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    Body then = node.body("then_branch");
    Body otherwise = node.body("else_branch");
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr condition = node.value(0);
    List<References.Temporary> variables = new ArrayList<>();
    for (int i = 0; i < node.outputCount(); i++) {
      if (node.wants(i)) {
        refuseWhatGraphsMixUp(then.outputValueType(i), otherwise.outputValueType(i));
      }
      variables.add(steps.variable(then.outputHint(i)));
    }
    List<Step> body = block(node, then, variables, steps);
    steps.add(new Step.Branch(condition, body, block(node, otherwise, variables, steps)));
    return steps.results(List.copyOf(variables));
  }

  // Seen in MindSpore 2.10: of lists of other lengths, GRAPH mode makes one list of the wrong
  // elements without a word, and a number of what is a list on one side only.
  private static void refuseWhatGraphsMixUp(ValueType one, ValueType other) throws Refusal {
    boolean tensors = one instanceof TensorType && other instanceof TensorType;
    boolean lists =
        one instanceof ListType list
            && other instanceof ListType second
            && list.length().equals(second.length());
    if (!tensors && !lists) {
      throw new Refusal("its results are lists of different lengths, or not both there");
    }
  }

  private static List<Step> block(
      NodeReading node, Body branch, List<References.Temporary> variables, Lowered.Steps steps)
      throws Refusal {
    Lowered.Steps inner = steps.block();
    List<PyExpr> results = branch.write(List.of(), inner);
    for (int i = 0; i < results.size(); i++) {
      if (node.wants(i)) {
        inner.assign(variables.get(i), results.get(i));
      }
    }
    return inner.list();
  }
}
