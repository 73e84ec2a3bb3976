// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.Knowledge;

/** What a walk over a graph has learned of the values so far. */
final class KnownValues implements Knowledge {
  private final Map<String, TensorType> types = new LinkedHashMap<>();
  private final Map<String, List<Dim>> contents = new LinkedHashMap<>();

  void learn(String value, TensorType type) {
    types.put(value, type);
  }

  void learnContents(String value, List<Dim> elements) {
    contents.put(value, elements);
  }

  Map<String, TensorType> types() {
    return types;
  }

  Map<String, List<Dim>> contents() {
    return contents;
  }

  @Override
  public TensorType type(Operand operand) {
    if (operand instanceof Operand.Use use) {
      return types.getOrDefault(use.value(), TensorType.UNKNOWN);
    }
    if (operand instanceof Operand.Constant constant) {
      return constant.tensor().type();
    }
    if (operand instanceof Operand.Weight weight) {
      WeightExpression e = weight.expression();
      return TensorType.of(e.element(), Shape.ofSizes(e.dims()));
    }
    return TensorType.UNKNOWN;
  }

  @Override
  public Optional<List<Dim>> contents(String value) {
    return Optional.ofNullable(contents.get(value));
  }

  /** Our own finding, completed by what the model says where that is more. */
  static TensorType merged(TensorType own, TensorType model) {
    ElementType element = own.element() == ElementType.UNDEFINED ? model.element() : own.element();
    if (own.shape().isEmpty()) {
      return new TensorType(element, model.shape());
    }
    if (model.shape().isEmpty() || model.shape().get().rank() != own.shape().get().rank()) {
      return new TensorType(element, own.shape());
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < own.shape().get().rank(); i++) {
      Dim mine = own.shape().get().dim(i);
      Dim theirs = model.shape().get().dim(i);
      dims.add(mine instanceof Dim.Symbolic && theirs instanceof Dim.Known ? theirs : mine);
    }
    return TensorType.of(element, new Shape(dims));
  }
}
