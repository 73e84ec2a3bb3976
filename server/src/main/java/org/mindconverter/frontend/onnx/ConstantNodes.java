// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;

/** The values of Constant nodes, in all forms that numbers have there. */
final class ConstantNodes {
  private static final OpId CONSTANT = OpId.onnx("Constant");

  private ConstantNodes() {}

  /** The value, under its output's name; nothing for other nodes, and for texts. */
  static Optional<Tensor> value(Onnx.Node node) {
    if (!node.op().equals(CONSTANT)
        || node.attributes().size() != 1
        || node.outputs().size() != 1
        || !(node.attributes().get(0) instanceof Onnx.Plain attribute)) {
      return Optional.empty();
    }
    return tensor(attribute).map(tensor -> tensor.named(node.outputs().get(0)));
  }

  private static Optional<Tensor> tensor(Onnx.Plain attribute) {
    Attribute value = attribute.value();
    return switch (attribute.name()) {
      case "value" ->
          value instanceof Attribute.Const tensor && tensor.value().element() != ElementType.STRING
              ? Optional.of(tensor.value())
              : Optional.empty();
      case "value_float" ->
          value instanceof Attribute.Real real
              ? Optional.of(reals(List.of(), List.of(real.value())))
              : Optional.empty();
      case "value_floats" ->
          value instanceof Attribute.Reals reals
              ? Optional.of(reals(List.of((long) reals.values().size()), reals.values()))
              : Optional.empty();
      case "value_int" ->
          value instanceof Attribute.Int integer
              ? Optional.of(integers(List.of(), List.of(integer.value())))
              : Optional.empty();
      case "value_ints" ->
          value instanceof Attribute.Ints integers
              ? Optional.of(integers(List.of((long) integers.values().size()), integers.values()))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  private static Tensor reals(List<Long> dims, List<Float> values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putFloat);
    return new Tensor("", ElementType.FLOAT32, dims, TensorData.of(bytes.array()));
  }

  private static Tensor integers(List<Long> dims, List<Long> values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES * values.size()).order(ByteOrder.LITTLE_ENDIAN);
    values.forEach(bytes::putLong);
    return new Tensor("", ElementType.INT64, dims, TensorData.of(bytes.array()));
  }
}
