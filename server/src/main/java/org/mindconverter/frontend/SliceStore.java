// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.mindconverter.ir.TensorData;

/**
 * The stored files that one conversion reads from, opened when first read and closed together.
 *
 * <p>A model may refer to thousands of files, so only the most recently read stay open.
 */
public final class SliceStore implements TensorData.SliceReader, AutoCloseable {
  private static final int OPEN_FILES = 16;

  private final LinkedHashMap<Path, FileChannel> open = new LinkedHashMap<>(32, 0.75f, true);
  private boolean closed;

  private SliceStore() {}

  /** A store that has no file open yet. */
  public static SliceStore open() {
    return new SliceStore();
  }

  @Override
  public synchronized void read(Path file, long offset, ByteBuffer target) throws IOException {
    FileChannel channel = channel(file);
    long position = offset;
    while (target.hasRemaining()) {
      int count = channel.read(target, position);
      if (count < 0) {
        throw new EOFException("a stored file is shorter than it was");
      }
      position += count;
    }
  }

  private FileChannel channel(Path file) throws IOException {
    if (closed) {
      throw new IOException("the conversion that owned the stored files is over");
    }
    FileChannel channel = open.get(file);
    // An interrupt closes the channel under a read.
    if (channel == null || !channel.isOpen()) {
      channel = FileChannel.open(file, StandardOpenOption.READ);
      open.put(file, channel);
      closeEldest();
    }
    return channel;
  }

  private void closeEldest() throws IOException {
    if (open.size() > OPEN_FILES) {
      Map.Entry<Path, FileChannel> eldest = open.entrySet().iterator().next();
      open.remove(eldest.getKey());
      eldest.getValue().close();
    }
  }

  /** Closes every file; what was read from it cannot be read any more. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    IOException failure = null;
    for (FileChannel channel : open.values()) {
      try {
        channel.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    open.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
