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
    return message(13, text(1, "offset").concat(text(2, "4096")))
        .concat(message(13, text(1, "location").concat(text(2, location))));
  }

  /** A ModelProto whose graph has these initializers. */
  static ByteString model(ByteString... initializers) {
    return number(1, 8).concat(message(7, message(5, initializers)));
  }

  /** A whole model: y = Relu(x), both float32 of shape (2). */
  static ByteString relu() {
    ByteString dims = message(2, message(1, number(1, 2)));
    ByteString type = message(2, message(1, number(1, 1).concat(dims)));
    ByteString node = text(1, "x").concat(text(2, "y")).concat(text(4, "Relu"));
    ByteString graph =
        message(1, node)
            .concat(text(2, "main"))
            .concat(message(11, text(1, "x").concat(type)))
            .concat(message(12, text(1, "y").concat(type)));
    return number(1, 8).concat(message(7, graph)).concat(message(8, number(2, 17)));
  }
}
