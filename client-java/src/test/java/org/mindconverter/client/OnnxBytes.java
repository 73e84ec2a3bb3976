// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;

/** ONNX messages by field number; the project has no generated classes for them. */
final class OnnxBytes {
  private OnnxBytes() {}

  static ByteString message(int field, ByteString... contents) {
    Field.Builder value = Field.newBuilder();
    for (ByteString content : contents) {
      value.addLengthDelimited(content);
    }
    return UnknownFieldSet.newBuilder().addField(field, value.build()).build().toByteString();
  }

  static ByteString text(int field, String text) {
    return message(field, ByteString.copyFromUtf8(text));
  }

  static ByteString number(int field, long number) {
    Field value = Field.newBuilder().addVarint(number).build();
    return UnknownFieldSet.newBuilder().addField(field, value).build().toByteString();
  }

  /** A TensorProto whose data lies in a file. */
  static ByteString externalTensor(String location) {
    return message(13, text(1, "offset").concat(text(2, "4")))
        .concat(message(13, text(1, "location").concat(text(2, location))));
  }

  /** A ModelProto whose graph has these initializers. */
  static ByteString model(ByteString... initializers) {
    return number(1, 8).concat(message(7, message(5, initializers)));
  }

  /** A whole model: y = Relu(x), both float32 of shape (2). */
  static ByteString relu() {
    return model(ByteString.EMPTY, "Relu", "x");
  }

  /** A whole model: y = x + w, with w in a file. */
  static ByteString addFrom(String location) {
    ByteString weight =
        number(1, 2)
            .concat(number(2, 1))
            .concat(text(8, "w"))
            .concat(externalTensor(location))
            .concat(number(14, 1));
    return model(message(5, weight), "Add", "x", "w");
  }

  private static ByteString model(ByteString initializers, String operator, String... inputs) {
    ByteString node = text(2, "y").concat(text(4, operator));
    for (String input : inputs) {
      node = node.concat(text(1, input));
    }
    ByteString graph =
        message(1, node)
            .concat(text(2, "main"))
            .concat(initializers)
            .concat(message(11, text(1, "x").concat(vector())))
            .concat(message(12, text(1, "y").concat(vector())));
    return number(1, 8).concat(message(7, graph)).concat(message(8, number(2, 17)));
  }

  /** The type of two float32 numbers, as a field of a ValueInfoProto. */
  private static ByteString vector() {
    ByteString shape = message(2, message(1, number(1, 2)));
    return message(2, message(1, number(1, 1).concat(shape)));
  }
}
