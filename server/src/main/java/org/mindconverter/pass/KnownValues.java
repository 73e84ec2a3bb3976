// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.pass;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.Knowledge;

/** What a walk over a graph has learned of the values so far. */
final class KnownValues implements Knowledge {
  private final Optional<KnownValues> outer;
  private final Map<String, ValueType> types = new LinkedHashMap<>();
  private final Map<String, List<Dim>> contents = new LinkedHashMap<>();
  private final Set<String> symbols = new HashSet<>();

  /** Of the graph of a network. */
  KnownValues() {
    this(Optional.empty());
  }

  /** Of a graph inside of a node: what is known around it, it knows too. */
  KnownValues(KnownValues outer) {
    this(Optional.of(outer));
  }

  private KnownValues(Optional<KnownValues> outer) {
    this.outer = outer;
  }

  void learn(String value, ValueType type) {
    types.put(value, type);
    if (type instanceof ListType list) {
      symbols.addAll(list.length().expression().symbols());
    }
    if (type instanceof TensorType tensor) {
      for (Dim dim : tensor.shape().map(Shape::dims).orElse(List.of())) {
        symbols.addAll(dim.expression().symbols());
      }
    }
  }

  /** Whether something was learned of that value, here or around. */
  boolean isLearned(String value) {
    return types.containsKey(value) || outer.filter(o -> o.isLearned(value)).isPresent();
  }

  /** Whether a dimension is said in symbols that values known here have. */
  boolean isKnown(Dim dim) {
    return dim.expression().symbols().stream().allMatch(this::isKnown);
  }

  private boolean isKnown(String symbol) {
    return symbols.contains(symbol) || outer.filter(o -> o.isKnown(symbol)).isPresent();
  }

  void learnContents(String value, List<Dim> elements) {
    contents.put(value, elements);
  }

  Map<String, ValueType> types() {
    return types;
  }

  Map<String, List<Dim>> contents() {
    return contents;
  }

  @Override
  public ValueType valueType(Operand operand) {
    if (operand instanceof Operand.Use use) {
      ValueType here = types.get(use.value());
      return here != null ? here : outer.map(o -> o.valueType(operand)).orElse(TensorType.UNKNOWN);
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
    return Optional.ofNullable(contents.get(value)).or(() -> outer.flatMap(o -> o.contents(value)));
  }

  /** Our own finding, completed by what the model says where that is more. */
  static ValueType merged(ValueType own, ValueType model) {
    if (own instanceof TensorType mine && model instanceof TensorType theirs) {
      return merged(mine, theirs);
    }
    return own.equals(TensorType.UNKNOWN) ? model : own;
  }

  private static TensorType merged(TensorType own, TensorType model) {
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
