// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Spools whose daemon was killed before it could delete them. */
final class Leftovers {
  private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

  // A daemon makes its folder first and locks it then: a younger one may not be locked yet.
  private static final Duration YOUTH = Duration.ofMinutes(1);

  private Leftovers() {}

  /** Deletes the spools below a folder that belong to our user and to no living daemon. */
  static void sweep(Path parent, Path own) throws IOException {
    try (DirectoryStream<Path> spools = Files.newDirectoryStream(parent, Spool.PREFIX + "*")) {
      for (Path spool : spools) {
        sweepOne(spool, own);
      }
    }
  }

  private static void sweepOne(Path spool, Path own) {
    try {
      if (!spool.equals(own) && isOurs(spool, own) && isAbandoned(spool)) {
        delete(spool);
        LOG.atInfo().addKeyValue("folder", spool).log("swept the spool of a killed daemon");
      }
    } catch (IOException e) {
      // Another daemon may be sweeping the same; what stays is looked at by the next start.
      LOG.atWarn().addKeyValue("folder", spool).setCause(e).log("could not sweep an old spool");
    }
  }

  private static boolean isOurs(Path spool, Path own) throws IOException {
    return Files.isDirectory(spool, LinkOption.NOFOLLOW_LINKS)
        && Files.getOwner(spool, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(own));
  }

  private static boolean isAbandoned(Path spool) throws IOException {
    Instant made = Files.getLastModifiedTime(spool, LinkOption.NOFOLLOW_LINKS).toInstant();
    if (made.isAfter(Instant.now().minus(YOUTH))) {
      return false;
    }
    try (FileChannel channel =
            FileChannel.open(spool.resolve(Spool.LOCK), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false; // this very process holds it
    } catch (NoSuchFileException e) {
      return true;
    }
  }

  /** Deletes a folder and all in it, following no link; one that is gone already is fine. */
  static void delete(Path root) throws IOException {
    if (Files.notExists(root, LinkOption.NOFOLLOW_LINKS)) {
      return;
    }
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path folder, IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.deleteIfExists(folder);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
