// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.mindconverter.client.ConversionRequest.ExistingFiles;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;

/**
 * Where a conversion's files go: under temporary names first, to their places once all are whole.
 *
 * <p>Closing removes what was not published.
 */
final class OutputFolder implements AutoCloseable {
  private final Path folder;
  private final ExistingFiles existing;
  private final List<Incoming> files = new ArrayList<>();

  OutputFolder(Path folder, ExistingFiles existing) {
    this.folder = folder.toAbsolutePath().normalize();
    this.existing = existing;
  }

  /** Refuses a name whose files are there already, before anything is sent. */
  void refuseExisting(String name) throws ConversionFailedException {
    for (String suffix : List.of(".py", ".ckpt")) {
      refuseExisting(folder.resolve(name + suffix));
    }
  }

  /** Begins the next file. */
  void open(FileHeader header) throws IOException, ConversionFailedException {
    finishLast();
    Path place = ServerPath.below(folder, header.getPath());
    if (files.stream().anyMatch(file -> file.place.equals(place))) {
      throw Failures.broken(header.getPath(), "the answer holds a file twice");
    }
    refuseExisting(place);
    files.add(Incoming.open(header, place));
  }

  /** Adds to the open file. */
  void write(ByteString bytes) throws IOException, ConversionFailedException {
    if (files.isEmpty()) {
      throw Failures.broken("", "the answer holds bytes of no file");
    }
    files.get(files.size() - 1).write(bytes);
  }

  /** Where the first file of that kind will be. */
  Optional<Path> place(FileKind kind) {
    return files.stream()
        .filter(file -> file.header.getKind() == kind)
        .map(Incoming::place)
        .findFirst();
  }

  /** Moves every file to its place; takes back those that are there if one cannot be moved. */
  void publish() throws IOException, ConversionFailedException {
    finishLast();
    List<Path> published = new ArrayList<>();
    try {
      for (Incoming file : files) {
        refuseExisting(file.place);
        Files.move(file.temporary, file.place, StandardCopyOption.ATOMIC_MOVE);
        published.add(file.place);
      }
    } catch (IOException | ConversionFailedException e) {
      for (Path place : published) {
        Files.deleteIfExists(place);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    for (Incoming file : files) {
      file.channel.close();
      Files.deleteIfExists(file.temporary);
    }
  }

  private void finishLast() throws IOException, ConversionFailedException {
    if (!files.isEmpty()) {
      files.get(files.size() - 1).finish();
    }
  }

  private void refuseExisting(Path place) throws ConversionFailedException {
    if (existing == ExistingFiles.KEEP && Files.exists(place)) {
      throw Failures.exists(place);
    }
  }

  /** A file on its way. */
  private record Incoming(FileHeader header, Path place, Path temporary, FileChannel channel) {
    static Incoming open(FileHeader header, Path place) throws IOException {
      Path folder = place.getParent();
      Files.createDirectories(folder);
      // Not createTempFile: the result would keep its permissions, readable by nobody else.
      Path temporary =
          folder.resolve(".%s.%s.part".formatted(place.getFileName(), UUID.randomUUID()));
      FileChannel channel =
          FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      return new Incoming(header, place, temporary, channel);
    }

    void write(ByteString bytes) throws IOException {
      for (ByteBuffer buffer : bytes.asReadOnlyByteBufferList()) {
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
    }

    /** Makes sure that it is whole, and on the disk. */
    void finish() throws IOException, ConversionFailedException {
      if (!channel.isOpen()) {
        return;
      }
      if (header.hasSizeBytes() && header.getSizeBytes() != channel.size()) {
        throw Failures.broken(header.getPath(), "the answer holds only a part of a file");
      }
      channel.force(true);
      channel.close();
    }
  }
}
