// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.source.ScopeReader;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Scope;
import org.mindconverter.ir.Tensor;

/** Parses GraphProto and NodeProto. */
final class GraphParser {
  /** A graph signature names every parameter, so it grows with the model. */
  private static final int LONGEST_GRAPH_METADATA = 8 << 20;

  private static final int LONGEST_NODE_METADATA = 1 << 14;
  // The innermost calls stand last; what leads to them from outside is of less use.
  private static final int STACK_TRACE_BYTES = 1 << 14;

  private final ProtoCursor cursor;
  private final HeapBudget budget;
  private final TensorParser tensors;
  private final TypeParser types;
  private final AttributeParser attributes;
  private final ScopeReader scopes = new ScopeReader();
  private final int maxNodes;
  private Onnx.Opsets opsets = new Onnx.Opsets();
  private int nodes;

  GraphParser(ProtoCursor cursor, HeapBudget budget, TensorParser tensors, int maxNodes) {
    this.cursor = cursor;
    this.budget = budget;
    this.tensors = tensors;
    this.types = new TypeParser(cursor, budget);
    this.attributes = new AttributeParser(cursor, budget, tensors, this);
    this.maxNodes = maxNodes;
  }

  /** The versions that nodes parsed from here on refer to; they may be filled later. */
  void useOpsets(Onnx.Opsets other) {
    opsets = other;
  }

  AttributeParser attributes() {
    return attributes;
  }

  TypeParser types() {
    return types;
  }

  /** The graph that stands next. */
  Onnx.Graph parse() throws ConversionException, IOException {
    String name = "";
    List<Onnx.Node> nodesHere = new ArrayList<>();
    List<Tensor> initializers = new ArrayList<>();
    List<String> sparse = new ArrayList<>();
    List<Onnx.Value> inputs = new ArrayList<>();
    List<Onnx.Value> outputs = new ArrayList<>();
    List<Onnx.Value> values = new ArrayList<>();
    Map<String, String> metadata = Map.of();
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> nodesHere.add(node());
        case 2 -> name = cursor.name();
        case 5 -> initializers.add(tensors.parse("an initializer without a name"));
        case 11 -> inputs.add(types.value());
        case 12 -> outputs.add(types.value());
        case 13 -> values.add(types.value());
        case 15 -> sparse.add(sparseName());
        case 16 -> metadata = types.withEntry(metadata, LONGEST_GRAPH_METADATA);
        default -> cursor.skip();
      }
    }
    return new Onnx.Graph(name, nodesHere, initializers, sparse, inputs, outputs, values, metadata);
  }

  /** The node that stands next. */
  Onnx.Node node() throws ConversionException, IOException {
    budget.charge(6 * HeapBudget.OBJECT);
    if (++nodes > maxNodes) {
      throw cursor.limit("has more than %d nodes".formatted(maxNodes));
    }
    NodeFields fields = new NodeFields();
    cursor.enter();
    while (cursor.next()) {
      read(fields);
    }
    if (fields.type.isEmpty()) {
      throw cursor.malformed("has a node without an operator");
    }
    return new Onnx.Node(
        fields.name,
        new OpId(fields.domain, fields.type),
        fields.overload,
        List.copyOf(fields.inputs),
        List.copyOf(fields.outputs),
        List.copyOf(fields.attributes),
        scope(fields),
        opsets);
  }

  private Scope scope(NodeFields fields) throws ConversionException {
    long before = scopes.heapBytes();
    Scope scope = scopes.read(fields.metadata);
    // Most nodes share their scope with others: the texts just read are garbage.
    budget.release(fields.metadataBytes);
    budget.charge(scopes.heapBytes() - before);
    return scope;
  }

  private void read(NodeFields fields) throws ConversionException, IOException {
    switch (cursor.field()) {
      case 1 -> fields.inputs.add(cursor.name());
      case 2 -> fields.outputs.add(cursor.name());
      case 3 -> fields.name = cursor.name();
      case 4 -> fields.type = cursor.name();
      case 5 -> fields.attributes.add(attributes.parse(fields.origin()));
      case 7 -> fields.domain = cursor.name();
      case 8 -> fields.overload = cursor.name();
      case 9 -> {
        long left = budget.left();
        readMetadata(fields.metadata);
        fields.metadataBytes += left - budget.left();
      }
      default -> cursor.skip();
    }
  }

  /** Takes what tells the scope, and no more: the rest is as long as the model itself. */
  private void readMetadata(Map<String, String> metadata) throws ConversionException, IOException {
    String key = "";
    cursor.enter();
    while (cursor.next()) {
      if (cursor.field() == 1) {
        key = cursor.name();
      } else if (cursor.field() != 2) {
        cursor.skip();
      } else {
        switch (key) {
          case ScopeReader.NAME_SCOPES, ScopeReader.CLASS_HIERARCHY, ScopeReader.FX_NODE ->
              metadata.put(key, cursor.text(LONGEST_NODE_METADATA).orElse(""));
          case ScopeReader.STACK_TRACE -> metadata.put(key, cursor.textTail(STACK_TRACE_BYTES));
          default -> cursor.skip();
        }
      }
    }
  }

  /** The name of a SparseTensorProto, which is that of its values. */
  private String sparseName() throws ConversionException, IOException {
    String name = "";
    cursor.enter();
    while (cursor.next()) {
      if (cursor.field() == 1) {
        name = tensors.parse("a sparse initializer").name();
      } else {
        cursor.skip();
      }
    }
    return name;
  }

  /** The fields of one node while they are gathered. */
  private static final class NodeFields {
    private String name = "";
    private String type = "";
    private String domain = "";
    private String overload = "";
    private final List<String> inputs = new ArrayList<>(4);
    private final List<String> outputs = new ArrayList<>(2);
    private final List<Onnx.Attribute> attributes = new ArrayList<>(4);
    private final Map<String, String> metadata = new HashMap<>(8);
    private long metadataBytes;

    private String origin() {
      return name.isEmpty() ? type : name;
    }
  }
}
