// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor;
import org.mindconverter.ir.ElementType;

/** Parses ValueInfoProto, TypeProto and what they hold. */
final class TypeParser {
  // Standard ONNX has a sequence in an optional, and nothing deeper.
  private static final int DEEPEST_TYPE = 4;
  private static final int LONGEST_METADATA = 1 << 10;

  private final ProtoCursor cursor;
  private final HeapBudget budget;

  TypeParser(ProtoCursor cursor, HeapBudget budget) {
    this.cursor = cursor;
    this.budget = budget;
  }

  /** A ValueInfoProto. */
  Onnx.Value value() throws ConversionException, IOException {
    budget.charge(2 * HeapBudget.OBJECT);
    String name = "";
    Onnx.Type type = Onnx.Type.UNKNOWN;
    Map<String, String> metadata = Map.of();
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> name = cursor.name();
        case 2 -> type = type(0);
        case 4 -> metadata = withEntry(metadata, LONGEST_METADATA);
        default -> cursor.skip();
      }
    }
    return new Onnx.Value(name, type, metadata);
  }

  /** The same with the StringStringEntryProto that stands next, unless its value is too long. */
  Map<String, String> withEntry(Map<String, String> entries, int longest)
      throws ConversionException, IOException {
    Map<String, String> more = entries.isEmpty() ? new HashMap<>(8) : entries;
    budget.charge(HeapBudget.OBJECT);
    String key = "";
    String value = "";
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> key = cursor.name();
        case 2 -> value = cursor.text(longest).orElse("");
        default -> cursor.skip();
      }
    }
    more.put(key, value);
    return more;
  }

  /** A TypeProto; what is made of no tensors is an unknown type. */
  private Onnx.Type type(int depth) throws ConversionException, IOException {
    Onnx.Type type = Onnx.Type.UNKNOWN;
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> type = tensorType();
        case 4 -> type = wrapped(Onnx.Wrapper.SEQUENCE, depth);
        case 9 -> type = wrapped(Onnx.Wrapper.OPTIONAL, depth);
        default -> cursor.skip();
      }
    }
    return type;
  }

  private Onnx.Type wrapped(Onnx.Wrapper wrapper, int depth)
      throws ConversionException, IOException {
    Onnx.Type type = Onnx.Type.UNKNOWN;
    cursor.enter();
    while (cursor.next()) {
      if (cursor.field() == 1 && depth < DEEPEST_TYPE) {
        type = type(depth + 1).wrapped(wrapper);
      } else {
        cursor.skip();
      }
    }
    return type;
  }

  private Onnx.Type tensorType() throws ConversionException, IOException {
    ElementType element = ElementType.UNDEFINED;
    boolean ranked = false;
    List<Onnx.DimText> dims = List.of();
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> element = ElementType.ofOnnx(cursor.varint()).orElse(ElementType.UNDEFINED);
        case 2 -> {
          ranked = true;
          dims = shape();
        }
        default -> cursor.skip();
      }
    }
    return Onnx.Type.tensor(element, ranked, dims);
  }

  private List<Onnx.DimText> shape() throws ConversionException, IOException {
    List<Onnx.DimText> dims = new ArrayList<>();
    cursor.enter();
    while (cursor.next()) {
      if (cursor.field() == 1) {
        budget.charge(HeapBudget.OBJECT);
        dims.add(dim());
      } else {
        cursor.skip();
      }
    }
    return dims;
  }

  private Onnx.DimText dim() throws ConversionException, IOException {
    OptionalLong size = OptionalLong.empty();
    String text = "";
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> size = OptionalLong.of(cursor.varint());
        case 2 -> text = cursor.name();
        default -> cursor.skip();
      }
    }
    // Some exporters write -1 where they know nothing.
    boolean known = size.isPresent() && size.getAsLong() >= 0;
    return new Onnx.DimText(known ? size : OptionalLong.empty(), text);
  }
}
