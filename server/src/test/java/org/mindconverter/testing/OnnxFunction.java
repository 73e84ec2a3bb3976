// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

/** Writes a FunctionProto: {@code OnnxFunction.of("my", "Twice", "a -> b").node(...)}. */
public final class OnnxFunction {
  private final ProtoBytes bytes = new ProtoBytes();

  private OnnxFunction() {}

  /** A function with its inputs and outputs, on opset 17 of the standard operators. */
  public static OnnxFunction of(String domain, String name, String wiring) {
    return of(domain, name, wiring, 17);
  }

  /** The same on another opset. */
  public static OnnxFunction of(String domain, String name, String wiring, int opset) {
    OnnxFunction function = new OnnxFunction();
    function.bytes.text(1, name).text(10, domain);
    function.bytes.message(9, new ProtoBytes().text(1, "").varint(2, opset));
    String[] sides = wiring.split("->", -1);
    for (int side = 0; side < 2; side++) {
      for (String value : sides[side].split(",", -1)) {
        if (!value.isBlank()) {
          function.bytes.text(4 + side, value.strip());
        }
      }
    }
    return function;
  }

  /** A node of its body. */
  public OnnxFunction node(String type, String wiring, OnnxAttr... attributes) {
    return node(OnnxGraph.Node.of(type, wiring).with(attributes));
  }

  /** A node of its body. */
  public OnnxFunction node(OnnxGraph.Node node) {
    bytes.message(7, node.toProto());
    return this;
  }

  /** An attribute that a call must give. */
  public OnnxFunction required(String attribute) {
    bytes.text(6, attribute);
    return this;
  }

  /** An attribute with a value for calls that give none. */
  public OnnxFunction optional(OnnxAttr attribute) {
    bytes.message(11, attribute.toProto());
    return this;
  }

  ProtoBytes toProto() {
    return bytes;
  }
}
