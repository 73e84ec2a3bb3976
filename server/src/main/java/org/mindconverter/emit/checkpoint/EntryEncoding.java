// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.nio.charset.StandardCharsets;

/**
 * The bytes around a parameter's content.
 *
 * <p>A checkpoint is {@code Checkpoint {repeated Value value = 1}} with {@code Value {string tag =
 * 1; TensorProto tensor = 2}} and {@code TensorProto {repeated int64 dims = 1 (not packed); string
 * tensor_type = 2; bytes tensor_content = 3}}. Contents are last in each, so that all around them
 * is one prefix. A parameter too large for one value takes several with the same tag, one behind
 * the other, each with all the dims; the loader joins them.
 */
final class EntryEncoding {
  /** Bytes of content in the largest value: those that MindSpore itself writes. */
  static final long SLICE_BYTES = 512L << 20;

  private static final int CHECKPOINT_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_TENSOR = 2;
  private static final int TENSOR_DIMS = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_CONTENT = 3;

  private final CheckpointEntry entry;
  private final long sliceBytes;

  EntryEncoding(CheckpointEntry entry, long sliceBytes) {
    this.entry = entry;
    this.sliceBytes = sliceBytes;
  }

  /** Bytes of all values, prefixes and contents. */
  long size() {
    long content = WeightBytes.length(entry.weight());
    long whole = content / sliceBytes;
    long rest = content % sliceBytes;
    long size = whole == 0 ? 0 : Math.multiplyExact(whole, valueSize(sliceBytes));
    return rest > 0 || whole == 0 ? Math.addExact(size, valueSize(rest)) : size;
  }

  private long valueSize(long content) {
    return prefix(content).length + content;
  }

  /** What stands before so many bytes of content. */
  byte[] prefix(long content) {
    ProtoBytes tensor = new ProtoBytes();
    entry.weight().dims().forEach(dim -> tensor.number(TENSOR_DIMS, dim));
    byte[] tensorPrefix =
        tensor
            .bytes(TENSOR_TYPE, utf8(entry.weight().element().checkpointName()))
            .begin(TENSOR_CONTENT, content)
            .toByteArray();
    byte[] valuePrefix =
        new ProtoBytes()
            .bytes(VALUE_TAG, utf8(entry.name()))
            .begin(VALUE_TENSOR, tensorPrefix.length + content)
            .append(tensorPrefix)
            .toByteArray();
    return new ProtoBytes()
        .begin(CHECKPOINT_VALUE, valuePrefix.length + content)
        .append(valuePrefix)
        .toByteArray();
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
