// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.mindconverter.ir.ElementType;

/**
 * Writes a GraphProto. Nodes say what they read and define in one text: {@code "x, w -> y"}; a name
 * that is left out is an empty input.
 */
public final class OnnxGraph {
  private final ProtoBytes bytes = new ProtoBytes();

  /** A graph of that name, empty so far. */
  public static OnnxGraph named(String name) {
    OnnxGraph graph = new OnnxGraph();
    graph.bytes.text(2, name);
    return graph;
  }

  /** A node without a name. */
  public OnnxGraph node(String type, String wiring, OnnxAttr... attributes) {
    return node(Node.of(type, wiring).with(attributes));
  }

  /** A node. */
  public OnnxGraph node(Node node) {
    bytes.message(1, node.toProto());
    return this;
  }

  /** An input; dimensions are whole numbers or texts, an empty text being unknown. */
  public OnnxGraph input(String name, ElementType type, Object... dims) {
    bytes.message(11, value(name, type, dims));
    return this;
  }

  /** An output. */
  public OnnxGraph output(String name, ElementType type, Object... dims) {
    bytes.message(12, value(name, type, dims));
    return this;
  }

  /** An output of which nothing but the name is told. */
  public OnnxGraph output(String name) {
    bytes.message(12, new ProtoBytes().text(1, name));
    return this;
  }

  /** The type of a value in between. */
  public OnnxGraph type(String name, ElementType type, Object... dims) {
    bytes.message(13, value(name, type, dims));
    return this;
  }

  /** The type of a value, with metadata: {@code key, value, key, value}. */
  public OnnxGraph described(
      String name, ElementType type, Object[] dims, Map<String, String> metadata) {
    ProtoBytes value = value(name, type, dims);
    metadata.forEach((key, text) -> value.message(4, entry(key, text)));
    bytes.message(13, value);
    return this;
  }

  /** An initializer. */
  public OnnxGraph initializer(OnnxTensor tensor) {
    bytes.message(5, tensor.fields());
    return this;
  }

  /** Metadata of the graph. */
  public OnnxGraph metadata(String key, String value) {
    bytes.message(16, entry(key, value));
    return this;
  }

  /** Any field. */
  public ProtoBytes toProto() {
    return bytes;
  }

  static ProtoBytes entry(String key, String value) {
    return new ProtoBytes().text(1, key).text(2, value);
  }

  private static ProtoBytes value(String name, ElementType type, Object... dims) {
    ProtoBytes shape = new ProtoBytes();
    for (Object dim : dims) {
      shape.message(
          1,
          dim instanceof Number size
              ? new ProtoBytes().varint(1, size.longValue())
              : new ProtoBytes().text(2, dim.toString()));
    }
    ProtoBytes tensor = new ProtoBytes().varint(1, type.onnxNumber()).message(2, shape);
    return new ProtoBytes().text(1, name).message(2, new ProtoBytes().message(1, tensor));
  }

  /** Writes a NodeProto. */
  public static final class Node {
    private final String wiring;
    private final String type;
    private String name = "";
    private String domain = "";
    private OnnxAttr[] attributes = {};
    private final Map<String, String> metadata = new LinkedHashMap<>();

    private Node(String type, String wiring) {
      this.type = type;
      this.wiring = wiring;
    }

    /** A node of that operator. */
    public static Node of(String type, String wiring) {
      return new Node(type, wiring);
    }

    /** With a name. */
    public Node named(String newName) {
      name = newName;
      return this;
    }

    /** Of that domain. */
    public Node in(String newDomain) {
      domain = newDomain;
      return this;
    }

    /** With attributes. */
    public Node with(OnnxAttr... newAttributes) {
      attributes = newAttributes.clone();
      return this;
    }

    /** With metadata. */
    public Node metadata(String key, String value) {
      metadata.put(key, value);
      return this;
    }

    /** The message. */
    public ProtoBytes toProto() {
      ProtoBytes bytes = new ProtoBytes();
      String[] sides = wiring.split("->", -1);
      names(bytes, 1, sides[0]);
      names(bytes, 2, sides[1]);
      if (!name.isEmpty()) {
        bytes.text(3, name);
      }
      bytes.text(4, type);
      for (OnnxAttr attribute : attributes) {
        bytes.message(5, attribute.toProto());
      }
      if (!domain.isEmpty()) {
        bytes.text(7, domain);
      }
      metadata.forEach((key, value) -> bytes.message(9, entry(key, value)));
      return bytes;
    }

    private static void names(ProtoBytes bytes, int field, String side) {
      if (side.isBlank()) {
        return;
      }
      for (String value : side.split(",", -1)) {
        bytes.text(field, value.strip());
      }
    }
  }
}
