// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.DimExpression;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

/**
 * Reads dimensions as files write them. A dimension that nothing is told of gets a symbol of its
 * own, made of the value's name and the axis.
 */
final class DimReader {
  /** What shape inference of the onnx package writes where it knows nothing. */
  private static final Pattern UNKNOWN = Pattern.compile("unk__[0-9]+");

  private final Map<String, DimExpression> frozen;
  private final Map<String, Dim> read = new HashMap<>();

  /**
   * A reader.
   *
   * @param frozen symbols that stand for something that is known
   */
  DimReader(Map<String, DimExpression> frozen) {
    this.frozen = Map.copyOf(frozen);
  }

  /** The type of that value. */
  TensorType type(Onnx.Value value) {
    if (!value.type().ranked()) {
      return new TensorType(value.type().element(), Optional.empty());
    }
    List<Dim> dims = new ArrayList<>();
    for (Onnx.DimText dim : value.type().dims()) {
      dims.add(dim(value.name(), dims.size(), dim));
    }
    return TensorType.of(value.type().element(), new Shape(dims));
  }

  private Dim dim(String value, int axis, Onnx.DimText dim) {
    if (dim.size().isPresent()) {
      return Dim.of(dim.size().getAsLong());
    }
    String text = dim.text().strip();
    if (isUnknown(text)) {
      return Dim.symbol(value + ".d" + axis);
    }
    return read.computeIfAbsent(text, this::parse);
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
