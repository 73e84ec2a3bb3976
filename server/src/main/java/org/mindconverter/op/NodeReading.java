// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * A node as a mapping reads it. Remembers what was read: an attribute or operand that a mapping
 * never looked at would be lost in silence, so {@link #unread} makes the framework refuse instead.
 */
public final class NodeReading {
  private final NodeFacts facts;
  private final Knowledge known;
  private final Bodies bodies;
  private final Set<String> readAttributes = new HashSet<>();
  private final Set<Integer> readInputs = new HashSet<>();

  /** A node without graphs at its place, with the types of its results known. */
  public NodeReading(NodeFacts facts, Knowledge known) {
    this(facts, known, Bodies.NONE);
  }

  /**
   * The node at its place, with the types of its results known.
   *
   * @param bodies maps the graphs inside of it
   */
  public NodeReading(NodeFacts facts, Knowledge known, Bodies bodies) {
    this.facts = facts;
    this.known = known;
    this.bodies = bodies;
  }

  /** What was never read: attributes by name, operands by position; given ones only. */
  public List<String> unread() {
    List<String> lost = new ArrayList<>();
    for (String name : facts.attributes().names()) {
      if (!readAttributes.contains(name)) {
        lost.add("attribute '" + name + "'");
      }
    }
    for (int i = 0; i < facts.inputCount(); i++) {
      if (facts.has(i) && !readInputs.contains(i)) {
        lost.add("input " + i);
      }
    }
    return lost;
  }

  /** The facts that it reads; what is asked of them directly does not count as read. */
  NodeFacts facts() {
    return facts;
  }

  /** Version of the operator's domain that the model asks for. */
  public int opset() {
    return facts.opset();
  }

  /** Number of inputs written down. */
  public int inputCount() {
    return facts.inputCount();
  }

  /** Number of outputs written down. */
  public int outputCount() {
    return facts.node().outputs().size();
  }

  /** Whether the model wants that output. */
  public boolean wants(int output) {
    return facts.node().output(output).isPresent();
  }

  /** Whether that input is given. */
  public boolean has(int input) {
    return facts.has(input);
  }

  /** Type of that input. */
  public TensorType type(int input) {
    return facts.type(input);
  }

  /** Type of that output; UNKNOWN when it is not wanted. */
  public TensorType outputType(int output) {
    return facts
        .node()
        .output(output)
        .map(v -> known.type(new Operand.Use(v)))
        .orElse(TensorType.UNKNOWN);
  }

  /** What is known of that input, be it a tensor or not. */
  public ValueType valueType(int input) {
    return facts.valueType(input);
  }

  /** Element type of that input. */
  public ElementType element(int input) throws Refusal {
    ElementType element = facts.element(input);
    if (element == ElementType.UNDEFINED) {
      throw new Refusal("the element type of input %d is not known".formatted(input));
    }
    return element;
  }

  /** Shape of that input. */
  public Shape shape(int input) throws Refusal {
    return facts
        .shape(input)
        .orElseThrow(() -> new Refusal("the rank of input %d is not known".formatted(input)));
  }

  /** Shape of that output. */
  public Shape outputShape(int output) throws Refusal {
    return outputType(output)
        .shape()
        .orElseThrow(() -> new Refusal("the rank of output %d is not known".formatted(output)));
  }

  /**
   * Whether that input holds elements in every run: its sizes come from those of the network's
   * inputs, which are not empty, and from nothing that a run chooses.
   */
  public boolean isNeverEmpty(int input) {
    return facts
        .shape(input)
        .filter(shape -> shape.dims().stream().allMatch(this::isNeverZero))
        .isPresent();
  }

  private boolean isNeverZero(Dim dim) {
    return !dim.is(0) && known.sizesOfInputs().containsAll(dim.expression().symbols());
  }

  /** Number of dimensions of that input. */
  public int rank(int input) throws Refusal {
    return shape(input).rank();
  }

  /** Size of that input along an axis. */
  public long size(int input, int axis) throws Refusal {
    OptionalLong size = shape(input).dim(axis).size();
    if (size.isEmpty()) {
      throw new Refusal("input %d has no fixed size along axis %d".formatted(input, axis));
    }
    return size.getAsLong();
  }

  /** An axis attribute or element, counted from the front. */
  public int axis(long axis, int rank) throws Refusal {
    long front = axis < 0 ? axis + rank : axis;
    if (front < 0 || front >= rank) {
      throw new Refusal("axis %d lies outside of rank %d".formatted(axis, rank));
    }
    return (int) front;
  }

  /** That input as an expression. */
  public PyExpr value(int input) throws Refusal {
    readInputs.add(input);
    Operand operand = facts.node().input(input);
    if (operand instanceof Operand.Use use) {
      return new References.ValueRef(use.value());
    }
    if (operand instanceof Operand.Constant constant) {
      if (!constant.tensor().element().isMindSpore()) {
        throw new Refusal(
            "input %d is %s, which MindSpore has no tensors of"
                .formatted(input, constant.tensor().element().lowerName()));
      }
      return new References.ConstRef(constant.tensor());
    }
    if (operand instanceof Operand.Weight weight) {
      return new References.WeightRef(weight.expression());
    }
    throw new Refusal("input %d is missing".formatted(input));
  }

  /** All inputs from that position on. */
  public List<PyExpr> values(int from) throws Refusal {
    List<PyExpr> values = new ArrayList<>();
    for (int i = from; i < inputCount(); i++) {
      values.add(value(i));
    }
    return values;
  }

  /**
   * That input as a Python number where it is a constant of one element or a dimension, else as
   * {@link #value}. For operands whose rank and element type do not matter to the result.
   */
  public PyExpr number(int input) throws Refusal {
    Optional<PyExpr> number = constant(input).flatMap(NodeReading::asNumber);
    if (number.isPresent()) {
      return number.get();
    }
    Optional<List<Dim>> contents = facts.contents(input).filter(c -> c.size() == 1);
    if (contents.isEmpty()) {
      return value(input);
    }
    readInputs.add(input);
    return dim(contents.get().get(0));
  }

  private static Optional<PyExpr> asNumber(NumericTensor t) {
    if (t.size() != 1) {
      return Optional.empty();
    }
    return Optional.of(numberOf(t, 0));
  }

  /** One element as a Python number. */
  public static PyExpr numberOf(NumericTensor t, int index) {
    return switch (t.element()) {
      case BOOL -> Py.bool(t.integer(index) != 0);
      case FLOAT64 -> Py.num(t.real(index));
      case FLOAT32, FLOAT16, BFLOAT16 -> Py.num((float) t.real(index));
      default -> Py.num(t.integer(index));
    };
  }

  /** That input as a parameter's value. */
  public WeightExpression weight(int input) throws Refusal {
    Operand operand = facts.node().input(input);
    readInputs.add(input);
    if (operand instanceof Operand.Weight weight) {
      return weight.expression();
    }
    if (operand instanceof Operand.Constant constant) {
      return WeightExpression.of(constant.tensor());
    }
    throw new Refusal("input %d is computed, not a parameter".formatted(input));
  }

  /** Whether that input is a parameter of the source. */
  public boolean isParameter(int input) {
    return facts.node().input(input) instanceof Operand.Weight;
  }

  /** Where in the source's module tree the node came from. */
  public Scope scope() {
    return facts.node().scope();
  }

  /** Whether that input is a parameter or a constant, so that {@link #weight} has it. */
  public boolean isWeight(int input) {
    Operand operand = facts.node().input(input);
    return operand instanceof Operand.Weight || operand instanceof Operand.Constant;
  }

  /** That input's elements, where they are known and few. */
  public Optional<NumericTensor> constant(int input) {
    Optional<NumericTensor> constant = facts.constant(input);
    if (constant.isPresent()) {
      readInputs.add(input);
    }
    return constant;
  }

  /** That input's elements, which must be known. */
  public NumericTensor requireConstant(int input) throws Refusal {
    return constant(input)
        .orElseThrow(() -> new Refusal("input %d is not a constant".formatted(input)));
  }

  /** Whole numbers of a constant input. */
  public List<Long> requireIntegers(int input) throws Refusal {
    NumericTensor tensor = requireConstant(input);
    if (tensor.element().isFloating()) {
      throw new Refusal("input %d is not of whole numbers".formatted(input));
    }
    return tensor.toLongs();
  }

  /** Elements of a shape-like input as dimensions, where they are known. */
  public Optional<List<Dim>> contents(int input) {
    Optional<List<Dim>> contents = facts.contents(input);
    if (contents.isPresent()) {
      readInputs.add(input);
    }
    return contents;
  }

  /** A dimension as an expression: a number, or {@code x.shape[i]} of a value that carries it. */
  public static PyExpr dim(Dim dim) {
    return dim.size().isPresent() ? Py.num(dim.size().getAsLong()) : new References.DimRef(dim);
  }

  /** A whole-number attribute, or its default. */
  public long integer(String name, long otherwise) {
    readAttributes.add(name);
    return facts.integer(name, otherwise);
  }

  /** A whole-number attribute that must be there. */
  public long requireInteger(String name) throws Refusal {
    readAttributes.add(name);
    return facts
        .attributes()
        .integer(name)
        .orElseThrow(() -> new Refusal("attribute '%s' is missing".formatted(name)));
  }

  /** A real attribute, where the node has it. */
  public OptionalDouble real(String name) {
    readAttributes.add(name);
    return facts.attributes().real(name);
  }

  /** A real attribute, or its default. */
  public float real(String name, float otherwise) {
    readAttributes.add(name);
    return facts.real(name, otherwise);
  }

  /** A text attribute, or its default. */
  public String text(String name, String otherwise) {
    readAttributes.add(name);
    return facts.text(name, otherwise);
  }

  /** A list of whole numbers, where it is given. */
  public Optional<List<Long>> integers(String name) {
    readAttributes.add(name);
    return facts.attributes().integers(name);
  }

  /** A list of texts, where it is given. */
  public Optional<List<String>> texts(String name) {
    readAttributes.add(name);
    return facts.attributes().texts(name);
  }

  /** The graph under that name, which must be there. */
  public Body body(String name) throws Refusal {
    readAttributes.add(name);
    return facts
        .attributes()
        .graph(name)
        .map(graph -> new Body(graph, bodies))
        .orElseThrow(() -> new Refusal("attribute '%s' is missing".formatted(name)));
  }

  /** Whether that attribute is given. Does not count as reading it. */
  public boolean has(String attribute) {
    return facts.attributes().names().contains(attribute);
  }

  /** Any attribute, where it is given. */
  public Optional<Attribute> attribute(String name) {
    readAttributes.add(name);
    return Optional.ofNullable(facts.attributes().byName().get(name));
  }

  /** Says that an attribute or input changes nothing in this case, and why. */
  public void without(String attribute, String because) {
    if (because.isBlank()) {
      throw new IllegalArgumentException("say why " + attribute + " does not matter");
    }
    readAttributes.add(attribute);
  }

  /** Says that an input changes nothing in this case, and why. */
  public void withoutInput(int input, String because) {
    if (because.isBlank()) {
      throw new IllegalArgumentException("say why input " + input + " does not matter");
    }
    readInputs.add(input);
  }
}
