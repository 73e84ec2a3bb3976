// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SliceStoreTest {
  @TempDir Path folder;

  private static byte[] read(SliceStore store, Path file, long offset, int length)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    store.read(file, offset, buffer);
    return buffer.array();
  }

  @Test
  void readsFromMoreFilesThanItKeepsOpen() throws Exception {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      files.add(Files.write(folder.resolve("f" + i), new byte[] {0, (byte) i, 0}));
    }
    try (SliceStore store = SliceStore.open()) {
      for (int round = 0; round < 2; round++) {
        for (int i = 0; i < 50; i++) {
          assertThat(read(store, files.get(i), 1, 1)).containsExactly(i);
        }
      }
    }
  }

  @Test
  void saysSoWhenAFileHasBecomeShorter() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[4]);
    try (SliceStore store = SliceStore.open()) {
      assertThatThrownBy(() -> read(store, file, 2, 3)).isInstanceOf(EOFException.class);
    }
  }

  @Test
  void readsNothingOnceClosed() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[4]);
    SliceStore store = SliceStore.open();
    assertThat(read(store, file, 0, 4)).hasSize(4);
    store.close();

    assertThatThrownBy(() -> read(store, file, 0, 4)).hasMessageContaining("is over");
  }

  @Test
  void readsOnAfterAnInterruptedRead() throws Exception {
    Path file = Files.write(folder.resolve("f"), new byte[] {1, 2});
    try (SliceStore store = SliceStore.open()) {
      assertThat(read(store, file, 0, 2)).containsExactly(1, 2);
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> read(store, file, 0, 2))
          .isInstanceOf(ClosedByInterruptException.class);
      assertThat(Thread.interrupted()).isTrue();

      assertThat(read(store, file, 0, 2)).containsExactly(1, 2);
    }
  }
}
