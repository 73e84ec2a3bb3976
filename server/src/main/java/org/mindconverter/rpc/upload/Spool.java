// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.atomic.AtomicLong;
import org.mindconverter.diag.ConversionException;

/** The private folder on disk that one daemon keeps uploads in, up to a limit. */
public final class Spool implements AutoCloseable {
  static final String PREFIX = "mindconverter-spool-";
  static final String LOCK = "lock";

  private final Path root;
  private final FileChannel lock;
  private final long limit;
  private final AtomicLong used = new AtomicLong();

  private Spool(Path root, FileChannel lock, long limit) {
    this.root = root;
    this.lock = lock;
    this.limit = limit;
  }

  /**
   * Makes a spool below a folder, which is made too, and sweeps what killed daemons left there.
   *
   * @param limit bytes that all uploads together may take
   */
  public static Spool open(Path parent, long limit) throws IOException {
    Files.createDirectories(parent);
    Path root = Files.createTempDirectory(parent, PREFIX, ownerOnly(parent));
    FileChannel lock =
        FileChannel.open(
            root.resolve(LOCK), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    // Held while this daemon lives: a folder that can be locked has lost its daemon.
    lock.lock();
    Leftovers.sweep(parent, root);
    return new Spool(root, lock, limit);
  }

  /** A new folder for one upload. */
  public SpoolFolder folder() throws ConversionException {
    try {
      return new SpoolFolder(this, Files.createTempDirectory(root, "call-", ownerOnly(root)));
    } catch (IOException e) {
      throw SpoolFolder.full(e);
    }
  }

  /** Bytes in all folders. */
  public long usedBytes() {
    return used.get();
  }

  /** Bytes that all folders together may take. */
  public long limitBytes() {
    return limit;
  }

  /** Where it is. */
  public Path root() {
    return root;
  }

  /** Deletes everything in it, and itself. */
  @Override
  public void close() throws IOException {
    lock.close();
    Leftovers.delete(root);
  }

  boolean reserve(long bytes) {
    long before = used.get();
    while (bytes <= limit - before) {
      if (used.compareAndSet(before, before + bytes)) {
        return true;
      }
      before = used.get();
    }
    return false;
  }

  void release(long bytes) {
    used.addAndGet(-bytes);
  }

  private static FileAttribute<?>[] ownerOnly(Path where) {
    return where.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }
}
