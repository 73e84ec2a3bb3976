// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * A cell of MindSpore's: its constructor and its parameters. Equal cells with parameters are one
 * cell used twice.
 *
 * @param type such as {@code nn.Conv2d}
 * @param hint what to call its attribute when the source gives no name
 */
public record Cell(
    String type, List<PyExpr.Argument> arguments, List<Parameter> parameters, String hint) {
  private static final Set<String> RUNNING_STATISTICS = Set.of("moving_mean", "moving_variance");

  /** Copies. */
  public Cell {
    Objects.requireNonNull(type);
    arguments = List.copyOf(arguments);
    parameters = List.copyOf(parameters);
    Objects.requireNonNull(hint);
  }

  /** A cell without arguments and parameters yet. */
  public static Cell of(String type, String hint) {
    return new Cell(type, List.of(), List.of(), hint);
  }

  /** With one more positional argument. */
  public Cell arg(PyExpr value) {
    return with(PyExpr.Argument.of(value));
  }

  /** With one more positional whole number. */
  public Cell arg(long value) {
    return arg(Py.num(value));
  }

  /** With one more keyword argument. */
  public Cell arg(String name, PyExpr value) {
    return with(PyExpr.Argument.named(name, value));
  }

  /** With one more keyword argument, unless it is the cell's default. */
  public Cell argUnless(String name, PyExpr value, PyExpr usual) {
    return value.equals(usual) ? this : arg(name, value);
  }

  /** With parameters of that element type; float32 is what cells have by themselves. */
  public Cell typed(ElementType element) {
    return argUnless("dtype", Dtypes.of(element), Dtypes.of(ElementType.FLOAT32));
  }

  private Cell with(PyExpr.Argument argument) {
    List<PyExpr.Argument> more = new ArrayList<>(arguments);
    more.add(argument);
    return new Cell(type, more, parameters, hint);
  }

  /**
   * With one more parameter.
   *
   * @param leaf the attribute that the cell keeps it under
   */
  public Cell parameter(String leaf, WeightExpression value) {
    List<Parameter> more = new ArrayList<>(parameters);
    more.add(new Parameter(leaf, value));
    return new Cell(type, arguments, more, hint);
  }

  /** The cell at work. */
  public References.CellCall call(PyExpr... inputs) {
    return new References.CellCall(this, List.of(inputs), Optional.empty());
  }

  /** The constructor's call. */
  public PyExpr constructor() {
    return new PyExpr.Call(Py.name(type), arguments);
  }

  /** A parameter of a cell, under the cell's own name for it. */
  public record Parameter(String leaf, WeightExpression value) {
    /** Neither is null. */
    public Parameter {
      Objects.requireNonNull(leaf);
      Objects.requireNonNull(value);
    }

    /** Whether cells train it: all but their running statistics. */
    public boolean isTrained() {
      return !RUNNING_STATISTICS.contains(leaf.substring(leaf.lastIndexOf('.') + 1));
    }
  }
}
