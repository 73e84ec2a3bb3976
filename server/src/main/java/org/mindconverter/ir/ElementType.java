// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.Locale;
import java.util.Optional;

/** Element types of tensors, with the numbers that ONNX gives them (TensorProto.DataType). */
public enum ElementType {
  UNDEFINED(0, 0),
  FLOAT32(1, 32),
  UINT8(2, 8),
  INT8(3, 8),
  UINT16(4, 16),
  INT16(5, 16),
  INT32(6, 32),
  INT64(7, 64),
  STRING(8, 0),
  BOOL(9, 8),
  FLOAT16(10, 16),
  FLOAT64(11, 64),
  UINT32(12, 32),
  UINT64(13, 64),
  COMPLEX64(14, 64),
  COMPLEX128(15, 128),
  BFLOAT16(16, 16),
  FLOAT8E4M3FN(17, 8),
  FLOAT8E4M3FNUZ(18, 8),
  FLOAT8E5M2(19, 8),
  FLOAT8E5M2FNUZ(20, 8),
  UINT4(21, 4),
  INT4(22, 4),
  FLOAT4E2M1(23, 4),
  FLOAT8E8M0(24, 8),
  UINT2(25, 2),
  INT2(26, 2);

  private final int onnxNumber;
  private final int bits;

  ElementType(int onnxNumber, int bits) {
    this.onnxNumber = onnxNumber;
    this.bits = bits;
  }

  /** The type with that number in ONNX, if there is one. */
  public static Optional<ElementType> ofOnnx(long number) {
    ElementType[] all = values();
    return number >= 0 && number < all.length ? Optional.of(all[(int) number]) : Optional.empty();
  }

  /** The number in ONNX. */
  public int onnxNumber() {
    return onnxNumber;
  }

  /** Bits of one element; 0 where elements have no fixed size. */
  public int bits() {
    return bits;
  }

  /** Bytes of one element of at least a byte. */
  public int bytes() {
    if (bits < 8) {
      throw new IllegalStateException(this + " has no whole number of bytes");
    }
    return bits / 8;
  }

  /** Whether this is one of float16, bfloat16, float32, float64. */
  public boolean isFloating() {
    return this == FLOAT32 || this == FLOAT64 || this == FLOAT16 || this == BFLOAT16;
  }

  /** Whether this is a signed or unsigned integer of 8 to 64 bits. */
  public boolean isInteger() {
    return switch (this) {
      case INT8, INT16, INT32, INT64, UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }

  /** Whether this is an integer type without negative numbers. */
  public boolean isUnsigned() {
    return switch (this) {
      case UINT8, UINT16, UINT32, UINT64 -> true;
      default -> false;
    };
  }

  /** Whether MindSpore tensors can hold this type. */
  public boolean isMindSpore() {
    return isFloating() || isInteger() || this == BOOL;
  }

  /** The name in numpy and in {@code mindspore.} alike, such as {@code float32}. */
  public String lowerName() {
    return this == BOOL ? "bool" : name().toLowerCase(Locale.ROOT);
  }

  /** The name in a checkpoint and in the weight map, such as {@code Float32}. */
  public String checkpointName() {
    return switch (this) {
      case BFLOAT16 -> "BFloat16";
      case UINT8, UINT16, UINT32, UINT64 -> "UInt" + name().substring(4);
      default -> name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    };
  }
}
