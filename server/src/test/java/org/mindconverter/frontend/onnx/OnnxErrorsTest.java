// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.mindconverter.diag.ErrorCode.LIMIT_EXCEEDED;
import static org.mindconverter.diag.ErrorCode.MALFORMED_GRAPH;
import static org.mindconverter.diag.ErrorCode.MALFORMED_MODEL;
import static org.mindconverter.diag.ErrorCode.UNKNOWN_MODEL;
import static org.mindconverter.diag.ErrorCode.UNSUPPORTED_VERSION;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.testing.OnnxTensor.dims;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.testing.OnnxAttr;
import org.mindconverter.testing.OnnxBytes;
import org.mindconverter.testing.OnnxGraph;
import org.mindconverter.testing.OnnxTensor;
import org.mindconverter.testing.ProtoBytes;

/** Models that are not valid: each names its fault. */
class OnnxErrorsTest {
  @RegisterExtension final ReadModels models = new ReadModels();

  private void assertFails(OnnxBytes model, ErrorCode code, String origin, String message) {
    assertFails(models.failure(model), code, origin, message);
  }

  private void assertFails(byte[] model, ErrorCode code, String origin, String message) {
    assertFails(
        catchThrowableOfType(ConversionException.class, () -> models.read(model)),
        code,
        origin,
        message);
  }

  private static void assertFails(
      ConversionException failure, ErrorCode code, String origin, String message) {
    assertThat(failure).hasMessageContaining(message);
    assertThat(failure.code()).isEqualTo(code);
    assertThat(failure.origin()).isEqualTo(origin);
    assertThat(failure.remedy()).isNotEmpty();
  }

  @Test
  void refusesFilesThatAreNoModel() {
    for (String text : new String[] {"", "PK\3\4 a zip", "hello", "node { name: \"x\" }", "ro"}) {
      assertFails(
          text.getBytes(StandardCharsets.UTF_8), UNKNOWN_MODEL, "model.onnx", "not an ONNX model");
    }
  }

  @Test
  void refusesAModelWithoutAGraph() {
    assertFails(
        new ProtoBytes().varint(1, 8).toBytes(), MALFORMED_MODEL, "model.onnx", "holds no graph");
  }

  @Test
  void refusesVersionsThatItDoesNotKnow() {
    assertFails(OnnxBytes.model().irVersion(2), UNSUPPORTED_VERSION, "ir_version", "version 2");
    assertFails(OnnxBytes.model().irVersion(15), UNSUPPORTED_VERSION, "ir_version", "version 15");
    assertFails(OnnxBytes.model().opset(6), UNSUPPORTED_VERSION, "opset_import", "opset 6");
    assertFails(OnnxBytes.model().opset(29), UNSUPPORTED_VERSION, "opset_import", "opset 29");
    byte[] noOpset =
        new ProtoBytes().varint(1, 8).message(7, OnnxGraph.named("g").toProto()).toBytes();
    assertFails(noOpset, UNSUPPORTED_VERSION, "opset_import", "no stated opset");
  }

  @Test
  void namesNodeAndValueOfACycle() {
    assertFails(
        OnnxBytes.model()
            .input("x", FLOAT32, 1)
            .node(OnnxGraph.Node.of("Add", "x, c -> a").named("first"))
            .node(OnnxGraph.Node.of("Relu", "a -> b").named("second"))
            .node(OnnxGraph.Node.of("Relu", "b -> c").named("third"))
            .node(OnnxGraph.Node.of("Relu", "c -> y").named("behind"))
            .output("y"),
        MALFORMED_GRAPH,
        "first",
        "cycle");
  }

  @Test
  void namesNodeAndValueOfAMissingInput() {
    assertFails(
        OnnxBytes.model().node(OnnxGraph.Node.of("Relu", "ghost -> y").named("here")).output("y"),
        MALFORMED_GRAPH,
        "here",
        "'ghost'");
  }

  @Test
  void namesWhatAnInnerGraphMisses() {
    OnnxGraph body =
        OnnxGraph.named("b").node(OnnxGraph.Node.of("Relu", "ghost -> t").named("r")).output("t");
    assertFails(
        OnnxBytes.model()
            .input("c", FLOAT32)
            .node(
                OnnxGraph.Node.of("If", "c -> y")
                    .named("here")
                    .with(OnnxAttr.of("then_branch", body)))
            .output("y"),
        MALFORMED_GRAPH,
        "here",
        "'ghost'");
  }

  @Test
  void namesAnOutputThatNothingDefines() {
    assertFails(
        OnnxBytes.model().input("x", FLOAT32, 1).output("y"),
        MALFORMED_GRAPH,
        "y",
        "nothing defines it");
  }

  @Test
  void refusesValuesThatAreDefinedTwice() {
    assertFails(
        OnnxBytes.model()
            .input("x", FLOAT32, 1)
            .node("Relu", "x -> y")
            .node(OnnxGraph.Node.of("Neg", "x -> y").named("again"))
            .output("y"),
        MALFORMED_GRAPH,
        "again",
        "'y' a second time");
    assertFails(
        OnnxBytes.model()
            .input("x", FLOAT32, 1)
            .node(OnnxGraph.Node.of("Neg", "x -> x").named("again"))
            .output("x"),
        MALFORMED_GRAPH,
        "again",
        "");
    assertFails(
        OnnxBytes.model().input("x", FLOAT32, 1).input("x", FLOAT32, 1).output("x"),
        MALFORMED_GRAPH,
        "x",
        "input of the graph");
  }

  @Test
  void refusesANodeWhoseResultHidesAnInitializer() {
    assertFails(
        OnnxBytes.model()
            .input("x", FLOAT32, 1)
            .initializer(OnnxTensor.floats("w", dims(2), 1, 2))
            .node(OnnxGraph.Node.of("Neg", "x -> w").named("again"))
            .output("w"),
        MALFORMED_GRAPH,
        "again",
        "'w' a second time");
  }

  @Test
  void refusesAttributesWithoutAValueOrTwice() {
    assertFails(
        OnnxBytes.model()
            .node(
                OnnxGraph.Node.of("Cast", "-> y")
                    .named("n")
                    .with(OnnxAttr.raw(new ProtoBytes().text(1, "to").varint(20, 4)))),
        MALFORMED_MODEL,
        "n",
        "'to' has no value");
    assertFails(
        OnnxBytes.model()
            .node(
                OnnxGraph.Node.of("Cast", "-> y")
                    .named("n")
                    .with(OnnxAttr.of("to", 1), OnnxAttr.of("to", 2))),
        MALFORMED_GRAPH,
        "n",
        "'to' twice");
    assertFails(
        OnnxBytes.model()
            .node(OnnxGraph.Node.of("Cast", "-> y").named("n").with(OnnxAttr.ref("to", 2, "to"))),
        MALFORMED_GRAPH,
        "n",
        "no function");
  }

  @Test
  void refusesWhatPassesALimit() {
    OnnxBytes three =
        OnnxBytes.model()
            .input("x", FLOAT32, 1)
            .node("Relu", "x -> a")
            .node("Relu", "a -> b")
            .node("Relu", "b -> c")
            .output("c");
    models.limit(new ReaderLimits(2, 100, 64, 4096, 1 << 20, 4));
    assertFails(three, LIMIT_EXCEEDED, "model.onnx", "more than 2 nodes");
    models.limit(new ReaderLimits(9, 2, 64, 4096, 1 << 20, 4));
    assertFails(
        OnnxBytes.model().input("x", FLOAT32, 1), LIMIT_EXCEEDED, "model.onnx", "nest deeper");
    models.limit(new ReaderLimits(9, 100, 64, 3, 1 << 20, 4));
    assertFails(OnnxBytes.model(), LIMIT_EXCEEDED, "model.onnx", "longer than 3 bytes");
    models.limit(new ReaderLimits(9, 100, 64, 4096, 500, 4));
    assertFails(three, LIMIT_EXCEEDED, "model.onnx", "structure");
  }

  @Test
  void stopsWhenItsThreadIsInterrupted() {
    Thread.currentThread().interrupt();
    try {
      assertFails(OnnxBytes.model(), ErrorCode.CANCELLED, "", "cancelled");
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
