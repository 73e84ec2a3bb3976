// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.List;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.WeightExpression;

/** A program of its own, for a small heap: writes a checkpoint from a large file to nowhere. */
final class LargeCheckpoint {
  private LargeCheckpoint() {}

  /** Takes the file of float32 numbers, its rows and columns; prints how many bytes it wrote. */
  public static void main(String[] arguments) throws IOException {
    Path file = Path.of(arguments[0]);
    List<Long> dims = List.of(Long.valueOf(arguments[1]), Long.valueOf(arguments[2]));
    try (FileChannel channel = FileChannel.open(file)) {
      long length = Tensor.byteLength(ElementType.FLOAT32, dims);
      TensorData data =
          new TensorData.FileSlice((path, at, to) -> read(channel, at, to), file, 0, length);
      WeightExpression weight =
          WeightExpression.of(new Tensor("w", ElementType.FLOAT32, dims, data));
      List<CheckpointEntry> entries =
          List.of(
              new CheckpointEntry("same", weight),
              new CheckpointEntry("turned", weight.transposed(List.of(1, 0))));
      CheckpointWriter writer = new CheckpointWriter(ScratchSpace.unlimited(file.getParent()));
      CountingStream out = new CountingStream();
      writer.write(entries, out);
      System.out.println(out.count == writer.size(entries) ? out.count : -1);
    }
  }

  private static void read(FileChannel channel, long offset, ByteBuffer target) throws IOException {
    long next = offset;
    while (target.hasRemaining()) {
      int count = channel.read(target, next);
      if (count < 0) {
        throw new EOFException();
      }
      next += count;
    }
  }

  private static final class CountingStream extends OutputStream {
    private long count;

    @Override
    public void write(int b) {
      count++;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      count += length;
    }
  }
}
