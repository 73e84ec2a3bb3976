// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.fold.NumericTensor;
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
import org.mindconverter.ir.WeightExpression;

/** A node, and what is known about its operands: all that inference and folding may ask. */
public final class NodeFacts {
  private final Node node;
  private final Knowledge known;

  /** The node at its place. */
  public NodeFacts(Node node, Knowledge known) {
    this.node = node;
    this.known = known;
  }

  /** The node itself. */
  public Node node() {
    return node;
  }

  /** Its attributes. */
  public Attributes attributes() {
    return node.attributes();
  }

  /** Version of the operator's domain that the model asks for. */
  public int opset() {
    return node.opset();
  }

  /** Number of inputs written down, absent ones in between included. */
  public int inputCount() {
    return node.inputs().size();
  }

  /** Whether that input is given. */
  public boolean has(int input) {
    return !(node.input(input) instanceof Operand.Absent);
  }

  /** Type of that input; UNKNOWN when absent. */
  public TensorType type(int input) {
    return known.type(node.input(input));
  }

  /** What is known of that input, be it a tensor or not. */
  public ValueType valueType(int input) {
    return known.valueType(node.input(input));
  }

  /** Element type of that input; UNDEFINED when not known. */
  public ElementType element(int input) {
    return type(input).element();
  }

  /** Shape of that input, where its rank is known. */
  public Optional<Shape> shape(int input) {
    return type(input).shape();
  }

  /** That input's elements, where they are known and few. */
  public Optional<NumericTensor> constant(int input) {
    Operand operand = node.input(input);
    if (operand instanceof Operand.Constant c && NumericTensor.isReadable(c.tensor())) {
      return Optional.of(NumericTensor.of(c.tensor()));
    }
    Optional<List<Dim>> contents = contents(input);
    if (contents.isEmpty() || !contents.get().stream().allMatch(d -> d instanceof Dim.Known)) {
      return Optional.empty();
    }
    long[] values = contents.get().stream().mapToLong(d -> d.size().getAsLong()).toArray();
    Shape shape = shape(input).orElse(Shape.of(values.length));
    return Optional.of(
        NumericTensor.ofIntegers(element(input), shape.sizes().orElseThrow(), values));
  }

  /**
   * Elements of a whole-number or truth-value input of rank 0 or 1 as dimensions, where they are
   * known.
   */
  public Optional<List<Dim>> contents(int input) {
    Operand operand = node.input(input);
    if (operand instanceof Operand.Use use) {
      return known.contents(use.value());
    }
    boolean vector =
        operand instanceof Operand.Constant c
            && (c.tensor().element().isInteger() || c.tensor().element() == ElementType.BOOL)
            && c.tensor().dims().size() <= 1
            && NumericTensor.isReadable(c.tensor());
    if (!vector) {
      return Optional.empty();
    }
    NumericTensor tensor = NumericTensor.of(((Operand.Constant) operand).tensor());
    return Optional.of(Arrays.stream(tensor.integers()).mapToObj(Dim::of).toList());
  }

  /** That input as a parameter's value, where it is a parameter or a constant. */
  public Optional<WeightExpression> weight(int input) {
    Operand operand = node.input(input);
    if (operand instanceof Operand.Weight weight) {
      return Optional.of(weight.expression());
    }
    return operand instanceof Operand.Constant constant
        ? Optional.of(WeightExpression.of(constant.tensor()))
        : Optional.empty();
  }

  /** Whole numbers of a constant input, or nothing when absent or not constant. */
  public Optional<List<Long>> integers(int input) {
    return constant(input).filter(t -> !t.element().isFloating()).map(NumericTensor::toLongs);
  }

  /** A whole-number attribute, or its default. */
  public long integer(String name, long otherwise) {
    return attributes().integer(name).orElse(otherwise);
  }

  /** A real attribute, or its default. */
  public float real(String name, float otherwise) {
    return (float) attributes().real(name).orElse(otherwise);
  }

  /** A list of whole numbers, or its default. */
  public List<Long> integers(String name, List<Long> otherwise) {
    return attributes().integers(name).orElse(otherwise);
  }

  /** A text attribute, or its default. */
  public String text(String name, String otherwise) {
    return attributes().text(name).orElse(otherwise);
  }

  /** A dimension of an output that nothing is known about: a symbol of its own. */
  public Dim fresh(int output, int axis) {
    return Dim.symbol(node.output(output).orElse(node.name()) + ".d" + axis);
  }

  /** The length of an output that is a list, of which nothing is known. */
  public Dim freshLength(int output) {
    return ListType.lengthOf(node.output(output).orElse(node.name()));
  }

  /** A shape of such dimensions. */
  public Shape freshShape(int output, int rank) {
    Dim[] dims = new Dim[rank];
    Arrays.setAll(dims, axis -> fresh(output, axis));
    return new Shape(List.of(dims));
  }

  /** The graph under that name, which must be there. */
  public Graph graph(String name) throws ConversionException {
    return attributes().graph(name).orElseThrow(() -> malformed("'%s' is missing".formatted(name)));
  }

  /** What is thrown when the model contradicts the operator's definition. */
  public ConversionException malformed(String what) {
    return new ConversionException(
        ErrorCode.MALFORMED_GRAPH,
        node.name(),
        "%s: %s".formatted(node.op().qualified(), what),
        "check the model with the tool that made it; it breaks the operator's definition");
  }
}
