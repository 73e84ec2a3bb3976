// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

/** Writes an AttributeProto: {@code OnnxAttr.of("axis", 1)}. */
public final class OnnxAttr {
  private final ProtoBytes bytes;

  private OnnxAttr(ProtoBytes bytes) {
    this.bytes = bytes;
  }

  private static ProtoBytes named(String name, int kind) {
    return new ProtoBytes().text(1, name).varint(20, kind);
  }

  /** A whole number. */
  public static OnnxAttr of(String name, long value) {
    return new OnnxAttr(named(name, 2).varint(3, value));
  }

  /** A real number. */
  public static OnnxAttr of(String name, float value) {
    return new OnnxAttr(named(name, 1).real(2, value));
  }

  /** Text. */
  public static OnnxAttr of(String name, String value) {
    return new OnnxAttr(named(name, 3).text(4, value));
  }

  /** A tensor. */
  public static OnnxAttr of(String name, OnnxTensor value) {
    return new OnnxAttr(named(name, 4).message(5, value.fields()));
  }

  /** A graph. */
  public static OnnxAttr of(String name, OnnxGraph value) {
    return new OnnxAttr(named(name, 5).message(6, value.toProto()));
  }

  /** Whole numbers. */
  public static OnnxAttr ints(String name, long... values) {
    return new OnnxAttr(named(name, 7).packed(8, values));
  }

  /** Real numbers. */
  public static OnnxAttr floats(String name, float... values) {
    return new OnnxAttr(named(name, 6).packed(7, values));
  }

  /** Texts. */
  public static OnnxAttr texts(String name, String... values) {
    ProtoBytes bytes = named(name, 8);
    for (String value : values) {
      bytes.text(9, value);
    }
    return new OnnxAttr(bytes);
  }

  /** Inside of a function: the value that the call gives for another attribute. */
  public static OnnxAttr ref(String name, int kind, String referred) {
    return new OnnxAttr(named(name, kind).text(21, referred));
  }

  /** Whatever the fields say. */
  public static OnnxAttr raw(ProtoBytes bytes) {
    return new OnnxAttr(bytes);
  }

  ProtoBytes toProto() {
    return bytes;
  }
}
