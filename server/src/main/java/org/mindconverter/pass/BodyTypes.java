// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Attributes;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.op.BodyRule;
import org.mindconverter.op.NodeFacts;

/**
 * Finds types for the inputs of graphs inside of a node that hold in every round: what comes back
 * with another size than it had has a size of its own.
 */
final class BodyTypes {
  // Each round can only forget sizes; a rank that changes is forgotten at once.
  private static final int MOST_ROUNDS = 4;

  private final BodyRule rule;
  private final NodeFacts facts;

  BodyTypes(BodyRule rule, NodeFacts facts) {
    this.rule = rule;
    this.facts = facts;
  }

  /** The node with its graphs simplified, as far as holds in every round. */
  Node walked(SimplificationWalk outer) throws ConversionException {
    Attributes attributes = facts.attributes();
    for (Map.Entry<String, Attribute> entry : facts.attributes().byName().entrySet()) {
      if (entry.getValue() instanceof Attribute.SubGraph body) {
        attributes =
            attributes.with(entry.getKey(), new Attribute.SubGraph(walked(body.value(), outer)));
      }
    }
    return facts.node().withAttributes(attributes);
  }

  private Graph walked(Graph body, SimplificationWalk outer) throws ConversionException {
    List<ValueType> types = new ArrayList<>(rule.inputs(facts));
    if (types.size() != body.inputs().size()) {
      throw facts.malformed(
          "its graph takes %d values and is given %d"
              .formatted(body.inputs().size(), types.size()));
    }
    for (int i = 0; i < types.size(); i++) {
      Operand input = new Operand.Use(body.inputs().get(i).name());
      types.set(i, KnownValues.merged(types.get(i), body.valueType(input)));
    }
    for (int round = 0; round < MOST_ROUNDS && outer.mayTry(); round++) {
      Graph walked = outer.inside(body.withInputTypes(types)).run();
      List<ValueType> wider = widened(types, walked);
      if (wider.equals(types)) {
        return walked;
      }
      types = wider;
    }
    return outer.inside(body.withInputTypes(unsized(types, body))).run();
  }

  private List<ValueType> widened(List<ValueType> types, Graph walked) throws ConversionException {
    List<ValueType> wider = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      OptionalInt output = rule.comesBack(facts, i);
      if (output.isPresent() && output.getAsInt() >= walked.outputs().size()) {
        throw facts.malformed("its graph has too few outputs");
      }
      wider.add(
          output.isEmpty()
              ? types.get(i)
              : widened(
                  types.get(i),
                  walked.valueType(walked.outputs().get(output.getAsInt()).value()),
                  walked.inputs().get(i).name()));
    }
    return wider;
  }

  private static ValueType widened(ValueType before, ValueType after, String input) {
    if (before instanceof TensorType one && after instanceof TensorType other) {
      return widened(one, other, input);
    }
    if (before instanceof ListType one && after instanceof ListType other) {
      // An empty list says nothing of its elements.
      TensorType element =
          one.length().is(0) ? other.element() : widened(one.element(), other.element(), input);
      return one.length().equals(other.length())
          ? new ListType(element, one.length())
          : ListType.ofAnyLength(input, element);
    }
    return before;
  }

  private static TensorType widened(TensorType before, TensorType after, String input) {
    ElementType element =
        before.element() == ElementType.UNDEFINED ? after.element() : before.element();
    if (before.shape().isEmpty() || after.shape().isEmpty()) {
      return new TensorType(element, Optional.empty());
    }
    if (before.shape().get().rank() != after.shape().get().rank()) {
      return new TensorType(element, Optional.empty());
    }
    Shape shape = before.shape().get();
    for (int axis = 0; axis < shape.rank(); axis++) {
      if (!shape.dim(axis).equals(after.shape().get().dim(axis))) {
        shape = shape.with(axis, Dim.symbol(input + ".d" + axis));
      }
    }
    return TensorType.of(element, shape);
  }

  private List<ValueType> unsized(List<ValueType> types, Graph body) {
    List<ValueType> unsized = new ArrayList<>();
    for (int i = 0; i < types.size(); i++) {
      boolean varies = rule.comesBack(facts, i).isPresent();
      unsized.add(varies ? unsized(types.get(i), body.inputs().get(i).name()) : types.get(i));
    }
    return unsized;
  }

  private static ValueType unsized(ValueType type, String input) {
    if (type instanceof ListType list) {
      return ListType.ofAnyLength(input, (TensorType) unsized(list.element(), input));
    }
    return type instanceof TensorType tensor
        ? new TensorType(tensor.element(), Optional.empty())
        : type;
  }

  /** The node's results: sizes that only its graphs know of are new ones to the outside. */
  static List<ValueType> seenFromOutside(
      List<? extends ValueType> results, NodeFacts facts, KnownValues known) {
    List<ValueType> seen = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      ValueType type = results.get(i);
      if (type instanceof TensorType tensor) {
        type = seenFromOutside(tensor, i, facts, known);
      } else if (type instanceof ListType list) {
        TensorType element = seenFromOutside(list.element(), i, facts, known);
        Dim length = known.isKnown(list.length()) ? list.length() : facts.freshLength(i);
        type = new ListType(element, length);
      }
      seen.add(type);
    }
    return seen;
  }

  private static TensorType seenFromOutside(
      TensorType tensor, int output, NodeFacts facts, KnownValues known) {
    TensorType type = tensor;
    for (int axis = 0; axis < type.shape().map(Shape::rank).orElse(0); axis++) {
      Shape shape = type.shape().get();
      if (!known.isKnown(shape.dim(axis))) {
        type = type.withShape(shape.with(axis, facts.fresh(output, axis)));
      }
    }
    return type;
  }
}
