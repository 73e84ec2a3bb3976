// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.dims;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.DimExpression;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.OptionalType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;

/**
 * Reads dimensions as files write them. A dimension that nothing is told of gets a symbol of its
 * own, made of the value's name and the axis.
 */
public final class DimReader {
  /** What shape inference of the onnx package writes where it knows nothing. */
  private static final Pattern UNKNOWN = Pattern.compile("unk__[0-9]+");

  /** Estimated heap of an expression of a symbol or two. */
  private static final int SYMBOL_BYTES = 1 << 10;

  private final HeapBudget budget;
  private final Map<String, DimExpression> frozen;
  private final Map<String, Dim> read = new HashMap<>();

  /**
   * A reader.
   *
   * @param frozen symbols that stand for something that is known
   * @param budget pays for dimensions that are not numbers
   */
  public DimReader(Map<String, DimExpression> frozen, HeapBudget budget) {
    this.frozen = Map.copyOf(frozen);
    this.budget = budget;
  }

  /** The type of that value. */
  public ValueType type(Onnx.Value value) throws ConversionException {
    ValueType type = tensorType(value);
    List<Onnx.Wrapper> wrappers = value.type().wrappers();
    for (int i = wrappers.size() - 1; i >= 0; i--) {
      if (wrappers.get(i) == Onnx.Wrapper.OPTIONAL) {
        type = new OptionalType(type);
      } else if (type instanceof TensorType tensor) {
        type = ListType.ofAnyLength(value.name(), tensor);
      } else {
        return TensorType.UNKNOWN; // sequences of sequences: no operator makes them
      }
    }
    return type;
  }

  private TensorType tensorType(Onnx.Value value) throws ConversionException {
    if (!value.type().ranked()) {
      return new TensorType(value.type().element(), Optional.empty());
    }
    List<Dim> dims = new ArrayList<>();
    for (Onnx.DimText dim : value.type().dims()) {
      dims.add(dim(value.name(), dims.size(), dim));
    }
    return TensorType.of(value.type().element(), new Shape(dims));
  }

  private Dim dim(String value, int axis, Onnx.DimText dim) throws ConversionException {
    if (dim.size().isPresent()) {
      return Dim.of(dim.size().getAsLong());
    }
    String text = dim.text().strip();
    Dim known = read.get(text);
    if (known != null) {
      return known;
    }
    budget.charge(SYMBOL_BYTES + (long) value.length() + text.length());
    if (isUnknown(text)) {
      return Dim.symbol(value + ".d" + axis);
    }
    Dim dimension = parse(text);
    read.put(text, dimension);
    return dimension;
  }

  /** Whether the text tells nothing. */
  static boolean isUnknown(String text) {
    return text.isEmpty() || UNKNOWN.matcher(text).matches();
  }

  private Dim parse(String text) {
    return DimParser.parse(text, frozen)
        .orElseGet(() -> frozen.getOrDefault(text, DimExpression.symbol(text)))
        .toDim();
  }
}
