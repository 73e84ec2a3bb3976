// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.request.Quota;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of one upload, stored under names of our own, and what its conversion keeps beside
 * them. For one thread at a time.
 */
public final class SpoolFolder implements AutoCloseable, Quota {
  private static final Logger LOG = LoggerFactory.getLogger(SpoolFolder.class);

  private final Spool spool;
  private final Path folder;
  private int files;
  private long bytes;

  SpoolFolder(Spool spool, Path folder) {
    this.spool = spool;
    this.folder = folder;
  }

  /** Opens the next file. */
  public SpoolFile newFile() throws ConversionException {
    Path path = folder.resolve(Integer.toString(files++));
    try {
      return new SpoolFile(
          path, FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** Bytes that it has taken of the spool. */
  public long bytes() {
    return bytes;
  }

  @Override
  public boolean take(long more) {
    boolean taken = spool.reserve(more);
    bytes += taken ? more : 0;
    return taken;
  }

  @Override
  public void giveBack(long less) {
    bytes -= less;
    spool.release(less);
  }

  /** Deletes all of it. Open files must have been closed. */
  @Override
  public void close() {
    spool.release(bytes);
    bytes = 0;
    try {
      Leftovers.delete(folder);
    } catch (IOException e) {
      LOG.atError().addKeyValue("folder", folder).setCause(e).log("could not delete an upload");
    }
  }

  private void write(FileChannel channel, ByteBuffer data) throws ConversionException {
    if (!take(data.remaining())) {
      throw noRoom();
    }
    try {
      while (data.hasRemaining()) {
        channel.write(data);
      }
    } catch (IOException e) {
      throw full(e);
    }
  }

  /** Every failure to write: a full disk does not always say that it is one. */
  static ConversionException full(IOException cause) {
    LOG.error("could not store an upload", cause);
    return noRoom();
  }

  private static ConversionException noRoom() {
    return new ConversionException(
        ErrorCode.SPOOL_FULL,
        "",
        "the server has no room left to store the upload",
        "retry later, or ask the server's operator to raise --spool-limit or free its disk");
  }

  /** One file that is being written. */
  public final class SpoolFile implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;
    private long size;

    private SpoolFile(Path path, FileChannel channel) {
      this.path = path;
      this.channel = channel;
    }

    /** Appends bytes. */
    public void append(ByteBuffer data) throws ConversionException {
      size += data.remaining();
      write(channel, data);
    }

    /** Bytes written so far. */
    public long size() {
      return size;
    }

    /** Where it is. */
    public Path path() {
      return path;
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
