// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor;
import org.mindconverter.ir.Attribute;

/** Parses AttributeProto: the declared kind decides which of its fields is the value. */
final class AttributeParser {
  /** Longer texts are data that no operator of the standard asks for. */
  private static final int LONGEST_TEXT = 1 << 16;

  private static final int BOXED_NUMBER = 24;

  private final ProtoCursor cursor;
  private final HeapBudget budget;
  private final TensorParser tensors;
  private final GraphParser graphs;

  AttributeParser(ProtoCursor cursor, HeapBudget budget, TensorParser tensors, GraphParser graphs) {
    this.cursor = cursor;
    this.budget = budget;
    this.tensors = tensors;
    this.graphs = graphs;
  }

  /**
   * The attribute that stands next.
   *
   * @param owner the node, for errors
   */
  Onnx.Attribute parse(String owner) throws ConversionException, IOException {
    budget.charge(2 * HeapBudget.OBJECT);
    Fields fields = new Fields();
    cursor.enter();
    while (cursor.next()) {
      read(fields, owner);
    }
    if (!fields.referred.isEmpty()) {
      return new Onnx.Reference(fields.name, fields.referred);
    }
    int kind = fields.kind == 0 ? fields.seenKind : fields.kind;
    if (kind == Kind.GRAPH) {
      return new Onnx.Nested(
          fields.name, fields.graph.orElseThrow(() -> hollow(owner, fields.name)));
    }
    return new Onnx.Plain(fields.name, value(fields, kind, owner));
  }

  private void read(Fields fields, String owner) throws ConversionException, IOException {
    switch (cursor.field()) {
      case 1 -> fields.name = cursor.name();
      case 2 -> fields.real = fields.seen(Kind.REAL, cursor.real());
      case 3 -> fields.integer = fields.seen(Kind.INT, cursor.varint());
      case 4 -> fields.text = fields.seen(Kind.TEXT, cursor.text(LONGEST_TEXT));
      case 5 -> fields.tensor = fields.seen(Kind.TENSOR, Optional.of(tensors.parse(owner)));
      case 6 -> fields.graph = fields.seen(Kind.GRAPH, Optional.of(graphs.parse()));
      case 7 -> {
        fields.seen(Kind.REALS, 0);
        cursor.reals(v -> addNumber(fields.reals, v));
      }
      case 8 -> {
        fields.seen(Kind.INTS, 0);
        cursor.varints(v -> addNumber(fields.integers, v));
      }
      case 9 -> fields.texts.add(fields.seen(Kind.TEXTS, cursor.text(LONGEST_TEXT)));
      case 20 -> fields.kind = (int) Math.min(Kind.NAMES.length, cursor.varint());
      case 21 -> fields.referred = cursor.name();
      default -> {
        fields.seen(kindOfField(cursor.field()), 0);
        cursor.skip();
      }
    }
  }

  private <T> void addNumber(List<T> list, T number) throws ConversionException {
    budget.charge(BOXED_NUMBER);
    list.add(number);
  }

  private static int kindOfField(int field) {
    return switch (field) {
      case 10 -> Kind.TENSORS;
      case 11 -> Kind.GRAPHS;
      case 14 -> Kind.TYPE;
      case 15 -> Kind.TYPES;
      case 22 -> Kind.SPARSE_TENSOR;
      case 23 -> Kind.SPARSE_TENSORS;
      default -> Kind.NONE;
    };
  }

  private static Attribute value(Fields fields, int kind, String owner) throws ConversionException {
    return switch (kind) {
      case Kind.REAL -> new Attribute.Real(fields.real);
      case Kind.INT -> new Attribute.Int(fields.integer);
      case Kind.TEXT -> text(fields.text);
      case Kind.TENSOR ->
          new Attribute.Const(fields.tensor.orElseThrow(() -> hollow(owner, fields.name)));
      case Kind.REALS -> new Attribute.Reals(fields.reals);
      case Kind.INTS -> new Attribute.Ints(fields.integers);
      case Kind.TEXTS -> texts(fields.texts);
      case Kind.TENSORS,
          Kind.GRAPHS,
          Kind.SPARSE_TENSOR,
          Kind.SPARSE_TENSORS,
          Kind.TYPE,
          Kind.TYPES ->
          new Attribute.Other(Kind.NAMES[kind]);
      default -> throw hollow(owner, fields.name);
    };
  }

  private static Attribute text(Optional<String> text) {
    return text.<Attribute>map(Attribute.Text::new).orElse(new Attribute.Other("long text"));
  }

  private static Attribute texts(List<Optional<String>> texts) {
    return texts.stream().allMatch(Optional::isPresent)
        ? new Attribute.Texts(texts.stream().flatMap(Optional::stream).toList())
        : new Attribute.Other("long texts");
  }

  private static ConversionException hollow(String owner, String attribute) {
    return new ConversionException(
        ErrorCode.MALFORMED_MODEL,
        owner,
        "its attribute '%s' has no value of the kind that it declares".formatted(attribute),
        "export the model again: it is not a valid ONNX file");
  }

  /** Numbers of AttributeProto.AttributeType. */
  private static final class Kind {
    static final int NONE = 0;
    static final int REAL = 1;
    static final int INT = 2;
    static final int TEXT = 3;
    static final int TENSOR = 4;
    static final int GRAPH = 5;
    static final int REALS = 6;
    static final int INTS = 7;
    static final int TEXTS = 8;
    static final int TENSORS = 9;
    static final int GRAPHS = 10;
    static final int SPARSE_TENSOR = 11;
    static final int SPARSE_TENSORS = 12;
    static final int TYPE = 13;
    static final int TYPES = 14;

    static final String[] NAMES = {
      "",
      "float",
      "int",
      "text",
      "tensor",
      "graph",
      "floats",
      "ints",
      "texts",
      "tensors",
      "graphs",
      "sparse tensor",
      "sparse tensors",
      "type",
      "types"
    };
  }

  /** The fields of one attribute while they are gathered. */
  private static final class Fields {
    private String name = "";
    private String referred = "";
    private int kind;
    private int seenKind;
    private float real;
    private long integer;
    private Optional<String> text = Optional.of("");
    private Optional<org.mindconverter.ir.Tensor> tensor = Optional.empty();
    private Optional<Onnx.Graph> graph = Optional.empty();
    private final List<Float> reals = new ArrayList<>(0);
    private final List<Long> integers = new ArrayList<>(0);
    private final List<Optional<String>> texts = new ArrayList<>(0);

    /** Remembers which value was there, for files from before kinds were declared. */
    <T> T seen(int kindOfValue, T value) {
      seenKind = kindOfValue == Kind.NONE ? seenKind : kindOfValue;
      return value;
    }
  }
}
