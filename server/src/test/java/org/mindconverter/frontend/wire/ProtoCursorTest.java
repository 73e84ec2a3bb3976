// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mindconverter.diag.ErrorCode.LIMIT_EXCEEDED;
import static org.mindconverter.diag.ErrorCode.MALFORMED_MODEL;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.SliceStore;
import org.mindconverter.testing.ProtoBytes;

class ProtoCursorTest {
  @TempDir Path folder;
  private SliceStore store;

  @BeforeEach
  void openStore() {
    store = SliceStore.open();
  }

  @AfterEach
  void closeStore() throws IOException {
    store.close();
  }

  private ProtoCursor cursor(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("file"), bytes);
    return new ProtoCursor(store, file, "file", 3, 100, new HeapBudget("file", 1 << 20));
  }

  /** Takes the first field of the message. */
  private interface Take {
    Object from(ProtoCursor cursor) throws ConversionException, IOException;
  }

  private void assertFails(ProtoBytes bytes, ErrorCode code, String message, Take take) {
    ConversionException failure =
        catchThrowableOfType(
            ConversionException.class,
            () -> {
              ProtoCursor cursor = cursor(bytes.toBytes());
              cursor.next();
              take.from(cursor);
            });
    assertThat(failure).hasMessageContaining(message);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.origin()).isEqualTo("file");
  }

  private static Object skip(ProtoCursor cursor) throws ConversionException, IOException {
    cursor.skip();
    return cursor;
  }

  @Test
  void walksFieldsOfEveryKind() throws Exception {
    ProtoCursor cursor =
        cursor(
            new ProtoBytes()
                .varint(1, -1)
                .real(2, 1.5f)
                .real(3, 2.5)
                .text(4, "name")
                .message(5, new ProtoBytes().varint(7, 300))
                .varint(536870911, 9)
                .toBytes());

    assertThat(cursor.next()).isTrue();
    assertThat(cursor.varint()).isEqualTo(-1);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.real()).isEqualTo(1.5f);
    assertThat(cursor.next()).isTrue();
    assertThat(Double.longBitsToDouble(cursor.bits())).isEqualTo(2.5);
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.name()).isEqualTo("name");
    assertThat(cursor.next()).isTrue();
    cursor.enter();
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.field()).isEqualTo(7);
    assertThat(cursor.varint()).isEqualTo(300);
    assertThat(cursor.next()).isFalse();
    assertThat(cursor.next()).isTrue();
    assertThat(cursor.field()).isEqualTo(536870911);
    assertThat(cursor.varint()).isEqualTo(9);
    assertThat(cursor.next()).isFalse();
  }

  @Test
  void passesOverFieldsLargerThanItsBuffer() throws Exception {
    ProtoCursor cursor =
        cursor(new ProtoBytes().bytes(1, new byte[200_000]).varint(2, 7).toBytes());

    cursor.next();
    ProtoCursor.Slice slice = cursor.slice();
    cursor.next();

    assertThat(slice).isEqualTo(new ProtoCursor.Slice(4, 200_000));
    assertThat(cursor.varint()).isEqualTo(7);
  }

  @Test
  void readsNumbersPackedOrSingle() throws Exception {
    ProtoCursor cursor =
        cursor(
            new ProtoBytes()
                .packed(1, 5, -1, 300)
                .varint(1, 6)
                .packed(2, 1f, 2f)
                .real(2, 3f)
                .toBytes());
    List<Long> numbers = new ArrayList<>();
    List<Float> reals = new ArrayList<>();

    while (cursor.next()) {
      if (cursor.field() == 1) {
        cursor.varints(numbers::add);
      } else {
        cursor.reals(reals::add);
      }
    }

    assertThat(numbers).containsExactly(5L, -1L, 300L, 6L);
    assertThat(reals).containsExactly(1f, 2f, 3f);
  }

  @Test
  void readsTheEndOfALongText() throws Exception {
    ProtoCursor cursor = cursor(new ProtoBytes().text(1, "a".repeat(500) + "end").toBytes());
    cursor.next();

    assertThat(cursor.textTail(3)).isEqualTo("end");
  }

  @Test
  void leavesOutTextsThatAreTooLong() throws Exception {
    ProtoCursor cursor = cursor(new ProtoBytes().text(1, "long").text(2, "ok").toBytes());
    cursor.next();
    assertThat(cursor.text(3)).isEmpty();
    cursor.next();
    assertThat(cursor.text(3)).contains("ok");
  }

  @Test
  void refusesWireTypesThatNobodyWrites() {
    for (int type : new int[] {3, 4, 6, 7}) {
      assertFails(
          new ProtoBytes().tag(1, type), MALFORMED_MODEL, "wire type " + type, cursor -> "");
    }
    assertFails(new ProtoBytes().tag(0, 0), MALFORMED_MODEL, "numbered 0", cursor -> "");
    assertFails(new ProtoBytes().rawVarint(-8), MALFORMED_MODEL, "numbered", cursor -> "");
  }

  @Test
  void refusesLengthsThatLeaveTheMessage() {
    for (long length : new long[] {5, 1L << 32, Long.MAX_VALUE, -1}) {
      assertFails(
          new ProtoBytes().tag(1, 2).rawVarint(length).raw(new byte[4]),
          MALFORMED_MODEL,
          "ends inside of field 1",
          ProtoCursorTest::skip);
    }
    assertFails(
        new ProtoBytes()
            .bytes(1, new ProtoBytes().tag(2, 2).rawVarint(9).toBytes())
            .text(3, "more"),
        MALFORMED_MODEL,
        "ends inside of field 2",
        cursor -> {
          cursor.enter();
          cursor.next();
          return skip(cursor);
        });
  }

  @Test
  void refusesNumbersThatEndTooEarlyOrTooLate() {
    assertFails(
        new ProtoBytes().tag(1, 0).raw((byte) 0x80),
        MALFORMED_MODEL,
        "ends inside of a field",
        ProtoCursor::varint);
    byte[] eleven = new byte[11];
    Arrays.fill(eleven, (byte) 0xff);
    assertFails(
        new ProtoBytes().tag(1, 0).raw(eleven),
        MALFORMED_MODEL,
        "more than 10 bytes",
        ProtoCursor::varint);
    assertFails(
        new ProtoBytes().tag(1, 5).raw(new byte[3]),
        MALFORMED_MODEL,
        "ends inside of a field",
        ProtoCursor::real);
    assertFails(
        new ProtoBytes().bytes(1, new byte[] {1, (byte) 0x80}).varint(2, 1),
        MALFORMED_MODEL,
        "packed numbers",
        cursor -> {
          cursor.varints(value -> {});
          return "";
        });
  }

  @Test
  void refusesAFieldOfAnotherKind() {
    assertFails(
        new ProtoBytes().varint(1, 1), MALFORMED_MODEL, "wire type 0 instead", ProtoCursor::name);
    assertFails(
        new ProtoBytes().text(1, "x"), MALFORMED_MODEL, "wire type 2 instead", ProtoCursor::varint);
  }

  @Test
  void refusesNamesThatAreTooLongOrNoText() {
    assertFails(
        new ProtoBytes().text(1, "n".repeat(101)),
        LIMIT_EXCEEDED,
        "longer than 100",
        ProtoCursor::name);
    assertFails(
        new ProtoBytes().bytes(1, new byte[] {(byte) 0xc3}),
        MALFORMED_MODEL,
        "not UTF-8",
        ProtoCursor::name);
  }

  @Test
  void refusesMessagesThatNestTooDeep() {
    ProtoBytes bytes = new ProtoBytes().varint(1, 1);
    for (int i = 0; i < 4; i++) {
      bytes = new ProtoBytes().message(1, bytes);
    }
    assertFails(
        bytes,
        LIMIT_EXCEEDED,
        "deeper than 3 levels",
        cursor -> {
          for (int level = 0; level < 4; level++) {
            cursor.enter();
            cursor.next();
          }
          return "";
        });
  }
}
