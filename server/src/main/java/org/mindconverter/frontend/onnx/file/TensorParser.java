// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor;
import org.mindconverter.frontend.wire.ProtoCursor.Slice;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;

/** Parses TensorProto. Data stays in the file: raw, of fixed width, or as varints. */
final class TensorParser {
  /** Varints of up to so many bytes are decoded at once: shapes, axes, small tables. */
  private static final int EAGER_BYTES = 1 << 10;

  private static final String REMEDY = "export the model again: its tensor is damaged";

  private final TensorData.SliceReader reader;
  private final Path file;
  private final ProtoCursor cursor;
  private final HeapBudget budget;
  private final ExternalFiles external;
  private final TypeParser types;

  TensorParser(
      TensorData.SliceReader reader,
      Path file,
      ProtoCursor cursor,
      HeapBudget budget,
      ExternalFiles external) {
    this.reader = reader;
    this.file = file;
    this.cursor = cursor;
    this.budget = budget;
    this.external = external;
    this.types = new TypeParser(cursor, budget);
  }

  /**
   * The tensor that stands next.
   *
   * @param owner what errors name when the tensor has no name
   */
  Tensor parse(String owner) throws ConversionException, IOException {
    TensorFields fields = fields();
    String origin = fields.name.isEmpty() ? owner : fields.name;
    ElementType element =
        ElementType.ofOnnx(fields.type)
            .filter(type -> type != ElementType.UNDEFINED)
            .orElseThrow(() -> damaged(origin, "has the unknown type " + fields.type));
    if (fields.dims.stream().anyMatch(d -> d < 0)) {
      throw damaged(origin, "has the negative dimensions " + fields.dims);
    }
    return new Tensor(fields.name, element, fields.dims, data(fields, element, origin));
  }

  private TensorFields fields() throws ConversionException, IOException {
    budget.charge(4 * HeapBudget.OBJECT);
    TensorFields fields = new TensorFields(budget);
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> cursor.varints(fields::addDim);
        case 2 -> fields.type = cursor.varint();
        case 3 -> throw cursor.malformed("has a tensor in segments");
        case 4, 5, 7, 10, 11 -> fields.typed(cursor.field()).read(cursor);
        case 6 -> {
          fields.strings++;
          cursor.skip();
        }
        case 8 -> fields.name = cursor.name();
        case 9 -> fields.raw = Optional.of(cursor.slice());
        case 13 -> fields.external = types.withEntry(fields.external, 4096);
        case 14 -> fields.isExternal = cursor.varint() == 1;
        default -> cursor.skip();
      }
    }
    return fields;
  }

  private TensorData data(TensorFields fields, ElementType element, String origin)
      throws ConversionException, IOException {
    long expected = byteLength(element, fields, origin);
    if (fields.sources() > 1) {
      throw damaged(origin, "has its data twice: raw, typed or in another file");
    }
    TensorData data;
    if (fields.isExternal) {
      data = external.data(origin, Map.copyOf(fields.external), expected);
    } else if (fields.raw.isPresent()) {
      data = slice(fields.raw.get());
    } else if (fields.typed.isPresent()) {
      data = typed(fields.typed.get(), element, origin);
    } else {
      data = TensorData.of(new byte[0]);
    }
    if (data.length() != expected) {
      throw damaged(
          origin,
          "has %d bytes of data, but its type %s and shape %s ask for %d"
              .formatted(data.length(), element.lowerName(), fields.dims, expected));
    }
    return data;
  }

  private static long byteLength(ElementType element, TensorFields fields, String origin)
      throws ConversionException {
    try {
      long count = fields.dims.stream().reduce(1L, Math::multiplyExact);
      if (element == ElementType.STRING && count != fields.strings) {
        throw damaged(origin, "has %d strings, not %d".formatted(fields.strings, count));
      }
      return Tensor.byteLength(element, fields.dims);
    } catch (ArithmeticException e) {
      throw damaged(origin, "has the shape %s, which no file can hold".formatted(fields.dims));
    }
  }

  private TensorData typed(TypedNumbers numbers, ElementType element, String origin)
      throws ConversionException, IOException {
    if (numbers.field() != typedField(element)) {
      throw damaged(origin, "has its data in a field that is not for " + element.lowerName());
    }
    if (numbers.refusal().isPresent()) {
      throw new ConversionException(
          ErrorCode.LIMIT_EXCEEDED,
          origin,
          numbers.refusal().get(),
          "save the model with raw tensor data, as current exporters do");
    }
    int elementBytes = elementBytes(element);
    if (numbers.packed().isEmpty()) {
      return numbers.loose(elementBytes);
    }
    Slice slice = numbers.packed().get();
    if (numbers.isFixedWidth()) {
      return slice(slice);
    }
    VarintData data =
        VarintData.scan(reader, file, slice, elementBytes)
            .orElseThrow(() -> damaged(origin, "has numbers that end in the middle"));
    if (data.length() > EAGER_BYTES) {
      budget.charge(data.heapBytes());
      return data;
    }
    budget.charge(data.length());
    return TensorData.of(data.bytes());
  }

  private TensorData slice(Slice slice) {
    return new TensorData.FileSlice(reader, file, slice.offset(), slice.length());
  }

  /** Number of the field that holds elements of that type when they are not raw. */
  private static int typedField(ElementType element) {
    return switch (element) {
      case FLOAT32, COMPLEX64 -> 4;
      case FLOAT64, COMPLEX128 -> 10;
      case INT64 -> 7;
      case UINT32, UINT64 -> 11;
      default -> 5;
    };
  }

  /** Bytes that one typed number stands for: types under a byte come packed into bytes. */
  private static int elementBytes(ElementType element) {
    return switch (element) {
      case COMPLEX64 -> Float.BYTES;
      case COMPLEX128 -> Double.BYTES;
      default -> Math.max(1, element.bits() / 8);
    };
  }

  private static ConversionException damaged(String origin, String what) {
    return new ConversionException(ErrorCode.MALFORMED_MODEL, origin, what, REMEDY);
  }
}
