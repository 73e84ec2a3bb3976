// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mindconverter.ir.ElementType.FLOAT32;

import com.google.rpc.ErrorInfo;
import io.grpc.Status;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.mindconverter.RunningDaemon.Config;
import org.mindconverter.ServerConfig.Mode;
import org.mindconverter.convert.Conversion;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.testing.Client;
import org.mindconverter.testing.Frames;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph.Node;
import org.mindconverter.testing.RecordedCall;
import org.mindconverter.v1.ConversionSpec;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ReportEntry;
import org.mindconverter.v1.UnsupportedOperatorPolicy;

/** Names that no trailer and no line of a report could hold, over a real connection. */
@Timeout(60)
final class LongNamesTest {
  private static final UnsupportedOperatorPolicy PLACEHOLDER =
      UnsupportedOperatorPolicy.UNSUPPORTED_OPERATOR_POLICY_PLACEHOLDER;
  private static final UnsupportedOperatorPolicy FAIL =
      UnsupportedOperatorPolicy.UNSUPPORTED_OPERATOR_POLICY_FAIL;
  private static final String MEGABYTE = "n".repeat(1 << 20);

  /** As long as the reader takes, and three times as long where each byte is escaped. */
  private static final List<String> LONGEST =
      List.of("n".repeat(4096), "\u6f22".repeat(1365), "\ud83d\ude00".repeat(1024));

  @TempDir private Path folder;
  private RunningDaemon daemon;
  private Client client;

  @BeforeEach
  void start() throws Exception {
    daemon =
        new RunningDaemon(
            new Config(0, 0, folder, true, Mode.SERVICE),
            new Conversion("1.2.3", ReaderLimits.forHeap(1 << 30)),
            Optional.empty());
    client = daemon.client();
  }

  @AfterEach
  void stop() {
    client.close();
    daemon.close();
  }

  static Stream<OnnxBytes> modelsWithANameOfAMegabyte() {
    return Stream.of(
        small().node(Node.of("Relu", "x -> z").named(MEGABYTE)),
        small().node("Relu", "x -> " + MEGABYTE),
        small().node(MEGABYTE, "x -> z"),
        small().node(Node.of("Relu", "x -> z").in(MEGABYTE)),
        small().node("Relu", MEGABYTE + " -> z"),
        small().output(MEGABYTE),
        small().input("i", FLOAT32, MEGABYTE));
  }

  @ParameterizedTest
  @MethodSource("modelsWithANameOfAMegabyte")
  void refusesANameOfAMegabyteWithACode(OnnxBytes model) {
    RecordedCall call = convert(model, PLACEHOLDER);
    assertThat(call.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(call.errorInfo().getReason()).isEqualTo("LIMIT_EXCEEDED");
    assertThat(call.errorInfo().getMetadataMap()).containsEntry("origin", "m.onnx");
  }

  static List<String> longest() {
    return LONGEST;
  }

  @ParameterizedTest
  @MethodSource("longest")
  void shortensNamesInErrors(String name) {
    OnnxBytes model =
        OnnxBytes.model().node(Node.of("Relu", name + " -> y").named(name)).output("y");
    RecordedCall call = convert(model, PLACEHOLDER);
    assertThat(call.status().getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    ErrorInfo info = call.errorInfo();
    assertThat(info.getReason()).isEqualTo("MALFORMED_GRAPH");
    assertThat(info.getMetadataOrThrow("origin"))
        .startsWith(name.substring(0, 100))
        .endsWith("...");
  }

  @ParameterizedTest
  @MethodSource("longest")
  void shortensTheNameOfAnOperatorThatIsNotMapped(String name) {
    RecordedCall call =
        convert(small().node(Node.of(name, "x -> z").named(name)).output("z"), FAIL);
    assertThat(call.status().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED);
    assertThat(call.errorInfo().getReason()).isEqualTo("UNSUPPORTED_OPERATOR");
  }

  @ParameterizedTest
  @MethodSource("longest")
  void shortensNamesInTheReport(String name) {
    RecordedCall call =
        convert(small().node(Node.of(name, "x -> z").named(name)).output("z"), PLACEHOLDER);
    assertThat(call.status().isOk()).isTrue();
    List<ReportEntry> entries =
        call.frames().stream()
            .filter(f -> f.hasReportEntry())
            .map(f -> f.getReportEntry())
            .toList();
    assertThat(entries)
        .allSatisfy(entry -> assertThat(entry.getMessage().length()).isLessThanOrEqualTo(500))
        .anySatisfy(entry -> assertThat(entry.getNode()).startsWith(name.substring(0, 100)));
  }

  @Test
  void refusesAResultThatNoMessageHolds() {
    OnnxBytes model = small();
    for (int i = 0; i < 3_000; i++) {
      model.input("%04d".formatted(i) + "n".repeat(4_000), FLOAT32, 1);
    }
    RecordedCall call = convert(model, PLACEHOLDER);
    assertThat(call.status().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    assertThat(call.errorInfo().getReason()).isEqualTo("LIMIT_EXCEEDED");
  }

  private static OnnxBytes small() {
    return OnnxBytes.model().input("x", FLOAT32, 1).node("Relu", "x -> y").output("y", FLOAT32, 1);
  }

  private RecordedCall convert(OnnxBytes model, UnsupportedOperatorPolicy policy) {
    ConversionSpec spec =
        Frames.spec().getSpec().toBuilder().setUnsupportedOperatorPolicy(policy).build();
    return client
        .call()
        .send(ConvertRequest.newBuilder().setSpec(spec).build(), Frames.model("m.onnx"))
        .send(Frames.chunks(model.toBytes(), 1 << 20))
        .halfClose();
  }
}
