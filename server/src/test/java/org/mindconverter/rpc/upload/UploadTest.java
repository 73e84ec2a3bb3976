// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mindconverter.testing.Frames.chunk;
import static org.mindconverter.testing.Frames.chunks;
import static org.mindconverter.testing.Frames.empty;
import static org.mindconverter.testing.Frames.external;
import static org.mindconverter.testing.Frames.file;
import static org.mindconverter.testing.Frames.model;
import static org.mindconverter.testing.Frames.spec;
import static org.mindconverter.testing.Frames.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.request.SourceWeight;
import org.mindconverter.rpc.upload.Upload.Received;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.FileKind;

@Timeout(30)
final class UploadTest {
  private static final int MAX_BYTES = 4 << 20;

  @TempDir private Path folder;
  private Spool spool;

  @BeforeEach
  void openSpool() throws IOException {
    spool = Spool.open(folder, 2 * MAX_BYTES);
  }

  @AfterEach
  void closeSpool() throws IOException {
    spool.close();
  }

  static List<Arguments> brokenOrders() {
    return List.of(
        Arguments.of("nothing", List.of()),
        Arguments.of("spec only", List.of(spec())),
        Arguments.of("spec and weights only", List.of(spec(), weights("w"))),
        Arguments.of("spec twice", List.of(spec(), spec())),
        Arguments.of("spec after a file", List.of(spec(), model("a"), spec())),
        Arguments.of("weights first", List.of(weights("w"), spec())),
        Arguments.of("weights after a file", List.of(spec(), model("a"), weights("w"))),
        Arguments.of("file first", List.of(model("a"), spec())),
        Arguments.of("chunk first", List.of(chunk((byte) 1))),
        Arguments.of("chunk before its file", List.of(spec(), chunk((byte) 1))),
        Arguments.of("an empty frame", List.of(spec(), model("a"), empty())),
        Arguments.of("external data first", List.of(spec(), external("a"))),
        Arguments.of("a second model", List.of(spec(), model("a"), model("b"))),
        Arguments.of("an output", List.of(spec(), file("a", FileKind.FILE_KIND_SCRIPT))),
        Arguments.of("a kind not said", List.of(spec(), file("a", FileKind.FILE_KIND_UNSPECIFIED))),
        Arguments.of("a file twice", List.of(spec(), model("a"), external("b"), external("b"))));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenOrders")
  void refusesFramesOutOfOrder(String what, List<ConvertRequest> frames) {
    assertThat(failureOf(frames).code()).as(what).isEqualTo(ErrorCode.FRAME_ORDER);
  }

  @Test
  void takesSpecWeightsAndFilesInOrder() throws Exception {
    try (Upload upload = new Upload(spool, MAX_BYTES)) {
      Received received =
          receive(
              upload,
              List.of(
                  spec("net"),
                  weights("a", "b"),
                  weights("c"),
                  model("dir/net.onnx", 3),
                  chunk((byte) 1, (byte) 2),
                  chunk(),
                  chunk((byte) 3),
                  external("dir/w.data"),
                  chunk((byte) 4),
                  external("empty.data")));
      assertThat(received.options().name()).isEqualTo("net");
      assertThat(received.options().sourceWeights())
          .extracting(SourceWeight::name)
          .containsExactly("a", "b", "c");
      assertThat(received.files().modelName()).isEqualTo("dir/net.onnx");
      assertThat(received.files().model()).hasBinaryContent(new byte[] {1, 2, 3});
      assertThat(received.files().external()).containsOnlyKeys("dir/w.data", "empty.data");
      assertThat(received.files().external().get("dir/w.data")).hasBinaryContent(new byte[] {4});
      assertThat(received.files().external().get("empty.data")).isEmptyFile();
    }
  }

  @Test
  void storesOneByteChunksLikeLargeOnes() throws Exception {
    byte[] bytes = new byte[70_001];
    new Random(1).nextBytes(bytes);
    for (int size : new int[] {1, 4_096, Limits.MAX_CHUNK_BYTES}) {
      try (Upload upload = new Upload(spool, MAX_BYTES)) {
        upload.accept(spec());
        upload.accept(model("net.onnx", bytes.length));
        for (ConvertRequest chunk : chunks(bytes, size)) {
          upload.accept(chunk);
        }
        assertThat(upload.finish().files().model()).hasBinaryContent(bytes);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/etc/passwd",
        "..",
        "../w",
        "a/../../w",
        "a/..",
        "a//b",
        "a/",
        "\\w",
        "a\\..\\w",
        "C:/w",
        "c:w",
        "a\0b",
        "a\nb",
        "\u0085"
      })
  void refusesPathsThatNoClientMaySend(String path) {
    assertThat(failureOf(List.of(spec(), model(path))).code()).isEqualTo(ErrorCode.BAD_PARAMETER);
  }

  @ParameterizedTest
  @ValueSource(strings = {"w", "./w", "a/b/c", "...", "a..b", "weights 1.data", "模型.onnx"})
  void takesOtherPathsAsKeys(String path) throws Exception {
    try (Upload upload = new Upload(spool, MAX_BYTES)) {
      Received received = receive(upload, List.of(spec(), model("m"), external(path)));
      assertThat(received.files().external()).containsOnlyKeys(path);
    }
  }

  @Test
  void storesUnderNamesOfItsOwn() throws Exception {
    try (Upload upload = new Upload(spool, MAX_BYTES)) {
      Received received = receive(upload, List.of(spec(), model("a/b.onnx"), external("c/d")));
      assertThat(received.files().model().getFileName()).hasToString("0");
      assertThat(received.files().external().get("c/d").getFileName()).hasToString("1");
    }
  }

  @Test
  void refusesFilesThatDifferFromTheirAnnouncedSize() {
    assertThat(failureOf(List.of(spec(), model("a", 2), chunk((byte) 1))).code())
        .isEqualTo(ErrorCode.MALFORMED_MODEL);
    assertThat(failureOf(List.of(spec(), model("a", 2), chunk((byte) 1), external("b"))).code())
        .isEqualTo(ErrorCode.MALFORMED_MODEL);
    assertThat(failureOf(List.of(spec(), model("a", 1), chunk((byte) 1, (byte) 2))).code())
        .isEqualTo(ErrorCode.MALFORMED_MODEL);
  }

  @Test
  void refusesWhatIsTooLargeBeforeItArrives() {
    ConversionException failure = failureOf(List.of(spec(), model("a", MAX_BYTES + 1L)));
    assertThat(failure.code()).isEqualTo(ErrorCode.UPLOAD_TOO_LARGE);
    assertThat(failureOf(List.of(spec(), model("a", -1))).code())
        .isEqualTo(ErrorCode.UPLOAD_TOO_LARGE);
  }

  @Test
  void refusesWhatTurnsOutToBeTooLarge() throws Exception {
    byte[] mebibyte = new byte[Limits.MAX_CHUNK_BYTES];
    try (Upload upload = new Upload(spool, MAX_BYTES)) {
      upload.accept(spec());
      upload.accept(model("a"));
      for (int i = 0; i < 3; i++) {
        upload.accept(chunk(mebibyte));
      }
      upload.accept(external("b"));
      upload.accept(chunk(mebibyte));
      assertThat(failureOf(upload, chunk((byte) 1)).code()).isEqualTo(ErrorCode.UPLOAD_TOO_LARGE);
    }
  }

  @Test
  void refusesChunksAboveTheLimit() {
    byte[] tooMuch = new byte[Limits.MAX_CHUNK_BYTES + 1];
    assertThat(failureOf(List.of(spec(), model("a"), chunk(tooMuch))).code())
        .isEqualTo(ErrorCode.BAD_PARAMETER);
  }

  @Test
  void refusesWhatTheSpoolHasNoRoomFor() throws Exception {
    byte[] mebibyte = new byte[Limits.MAX_CHUNK_BYTES];
    Upload first = new Upload(spool, 2 * MAX_BYTES);
    try (Upload second = new Upload(spool, MAX_BYTES)) {
      first.accept(spec());
      first.accept(model("a"));
      for (int i = 0; i < 8; i++) {
        first.accept(chunk(mebibyte));
      }
      second.accept(spec());
      second.accept(model("a"));
      assertThat(failureOf(second, chunk((byte) 1)).code()).isEqualTo(ErrorCode.SPOOL_FULL);
      first.close();
      second.accept(chunk((byte) 1));
    }
    assertThat(spool.usedBytes()).isZero();
  }

  @Test
  void refusesMoreSourceWeightsThanItCanHold() {
    String[] names = new String[Limits.MAX_SOURCE_WEIGHTS_PER_FRAME + 1];
    Arrays.fill(names, "w");
    assertThat(failureOf(List.of(spec(), weights(names))).code())
        .isEqualTo(ErrorCode.LIMIT_EXCEEDED);
    String[] many = Arrays.copyOf(names, Limits.MAX_SOURCE_WEIGHTS_PER_FRAME);
    ConvertRequest full = weights(many);
    ConvertRequest[] frames = new ConvertRequest[102];
    Arrays.fill(frames, full);
    frames[0] = spec();
    assertThat(failureOf(List.of(frames)).code()).isEqualTo(ErrorCode.LIMIT_EXCEEDED);
  }

  @Test
  void refusesABadSpecBeforeAnyFile() throws Exception {
    try (Upload upload = new Upload(spool, MAX_BYTES)) {
      assertThat(failureOf(upload, spec("../evil")).code()).isEqualTo(ErrorCode.BAD_PARAMETER);
    }
  }

  @Test
  void deletesEverythingWhenClosed() throws Exception {
    Upload upload = new Upload(spool, MAX_BYTES);
    Path stored = receive(upload, List.of(spec(), model("a"), chunk((byte) 1))).files().model();
    assertThat(stored).exists();
    assertThat(spool.usedBytes()).isEqualTo(1);
    upload.close();
    assertThat(stored.getParent()).doesNotExist();
    assertThat(spool.usedBytes()).isZero();
  }

  @Test
  void deletesAFileThatIsStillBeingWritten() throws Exception {
    Upload upload = new Upload(spool, MAX_BYTES);
    for (ConvertRequest frame : List.of(spec(), model("a"), chunk((byte) 1))) {
      upload.accept(frame);
    }
    upload.close();
    try (var left = Files.list(spool.root())) {
      assertThat(left).extracting(path -> path.getFileName().toString()).containsExactly("lock");
    }
  }

  private ConversionException failureOf(List<ConvertRequest> frames) {
    try (Upload upload = new Upload(spool, MAX_BYTES)) {
      return catchThrowableOfType(ConversionException.class, () -> receive(upload, frames));
    }
  }

  private static ConversionException failureOf(Upload upload, ConvertRequest frame) {
    return catchThrowableOfType(ConversionException.class, () -> upload.accept(frame));
  }

  private static Received receive(Upload upload, List<ConvertRequest> frames) throws Exception {
    for (ConvertRequest frame : frames) {
      upload.accept(frame);
    }
    return upload.finish();
  }
}
