// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
  private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

  @TempDir private Path folder;

  @Test
  void keepsItsFoldersToItself() throws Exception {
    try (Spool spool = Spool.open(folder.resolve("made/too"), 100);
        SpoolFolder upload = spool.folder();
        SpoolFolder.SpoolFile file = upload.newFile()) {
      assertThat(modeOf(spool.root())).isEqualTo("rwx------");
      assertThat(modeOf(file.path().getParent())).isEqualTo("rwx------");
      assertThat(file.path()).startsWith(spool.root());
    }
  }

  @Test
  void leavesNothing() throws Exception {
    Spool spool = Spool.open(folder, 100);
    SpoolFolder upload = spool.folder();
    try (SpoolFolder.SpoolFile file = upload.newFile()) {
      file.append(ByteBuffer.wrap(new byte[7]));
    }
    assertThat(spool.usedBytes()).isEqualTo(7);
    spool.close();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void countsWhatAConversionKeepsBesideItsUpload() throws Exception {
    try (Spool spool = Spool.open(folder, 100)) {
      SpoolFolder upload = spool.folder();
      SpoolFolder other = spool.folder();
      assertThat(upload.take(60)).isTrue();
      assertThat(other.take(41)).isFalse();
      assertThat(other.take(40)).isTrue();
      upload.giveBack(10);
      assertThat(spool.usedBytes()).isEqualTo(90);
      upload.close();
      other.close();
      assertThat(spool.usedBytes()).isZero();
    }
  }

  @Test
  void sweepsWhatAKilledDaemonLeft() throws Exception {
    Path dead = Files.createDirectories(folder.resolve(Spool.PREFIX + "dead/call-1")).getParent();
    Files.writeString(dead.resolve("call-1/0"), "weights");
    Files.createFile(dead.resolve(Spool.LOCK));
    Path older = Files.createDirectory(folder.resolve(Spool.PREFIX + "older"));
    Files.setLastModifiedTime(dead, LONG_AGO);
    Files.setLastModifiedTime(older, LONG_AGO);
    try (Spool spool = Spool.open(folder, 100)) {
      assertThat(dead).doesNotExist();
      assertThat(older).doesNotExist();
      assertThat(spool.root()).exists();
    }
  }

  @Test
  void sweepsNothingThatMayBeInUse() throws Exception {
    Path young = Files.createDirectory(folder.resolve(Spool.PREFIX + "young"));
    Path foreign = Files.createDirectory(folder.resolve("foreign"));
    Path link = Files.createSymbolicLink(folder.resolve(Spool.PREFIX + "link"), foreign);
    Files.setLastModifiedTime(foreign, LONG_AGO);
    try (Spool living = Spool.open(folder, 100)) {
      Files.setLastModifiedTime(living.root(), LONG_AGO);
      try (Spool second = Spool.open(folder, 100)) {
        assertThat(second.root()).exists();
        assertThat(living.root().resolve(Spool.LOCK)).exists();
      }
    }
    assertThat(young).exists();
    assertThat(foreign).exists();
    assertThat(link).exists();
  }

  private static String modeOf(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
