// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.mindconverter.ir.TensorData;

/** Intermediate bytes of one weight, in a file that is made when first needed and then deleted. */
final class ScratchFile implements AutoCloseable {
  private final ScratchSpace space;
  private long taken;

  /** Empty until something is kept, then the one file. */
  private final List<FileChannel> opened = new ArrayList<>();

  ScratchFile(ScratchSpace space) {
    this.space = space;
  }

  /** Writes an array's bytes. */
  @FunctionalInterface
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Keeps what is written, until this is closed.
   *
   * @throws ScratchFullException there is no room for so many bytes
   */
  TensorData keep(long bytes, Content content) throws IOException {
    if (!space.take(bytes)) {
      throw new ScratchFullException("no room for %d bytes more".formatted(bytes));
    }
    taken += bytes;
    FileChannel channel = channel();
    long start = channel.size();
    content.writeTo(new Appending(channel));
    return new Kept(channel, start, channel.size() - start);
  }

  private FileChannel channel() throws IOException {
    if (opened.isEmpty()) {
      try {
        opened.add(
            FileChannel.open(
                Files.createTempFile(space.folder(), "weight", ".tmp"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE));
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        throw new ScratchFullException(e);
      }
    }
    return opened.get(0);
  }

  @Override
  public void close() throws IOException {
    space.giveBack(taken);
    taken = 0;
    for (FileChannel channel : opened) {
      channel.close();
    }
  }

  private record Kept(FileChannel channel, long start, long length) implements TensorData {
    @Override
    public void read(long position, ByteBuffer target) throws IOException {
      long next = start + position;
      while (target.hasRemaining()) {
        int count = channel.read(target, next);
        if (count < 0) {
          throw new EOFException("the intermediate bytes of a weight are gone");
        }
        next += count;
      }
    }
  }

  private static final class Appending extends OutputStream {
    private final FileChannel channel;

    Appending(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      try {
        while (buffer.hasRemaining()) {
          channel.write(buffer, channel.size());
        }
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        throw new ScratchFullException(e); // a full disk does not always say that it is one
      }
    }
  }
}
