// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.frontend.SliceStore;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Node;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ConversionOptions.UnsupportedOperators;
import org.mindconverter.request.ModelFiles;
import org.mindconverter.request.ModelFormat;
import org.mindconverter.testing.OnnxBytes;

/** Reads models for a test, whose graphs stay readable until the test ends. */
final class ReadModels implements BeforeEachCallback, AfterEachCallback {
  static final ConversionOptions DEFAULTS = ConversionOptions.of(ModelFormat.ONNX, "model");

  private Path folder;
  private SliceStore store;
  private ReaderLimits limits;

  @Override
  public void beforeEach(ExtensionContext context) throws IOException {
    folder = Files.createTempDirectory("models");
    store = SliceStore.open();
    limits = ReaderLimits.forHeap(256 << 20);
  }

  @Override
  public void afterEach(ExtensionContext context) throws IOException {
    store.close();
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }

  Path folder() {
    return folder;
  }

  /** From here on, other limits. */
  void limit(ReaderLimits other) {
    limits = other;
  }

  Graph read(OnnxBytes model) throws ConversionException, IOException {
    return read(model, DEFAULTS);
  }

  Graph read(OnnxBytes model, ConversionOptions options) throws ConversionException, IOException {
    return read(model.files(folder), options);
  }

  Graph read(OnnxBytes model, Map<String, Path> external) throws ConversionException, IOException {
    return read(model.files(folder, external), DEFAULTS);
  }

  Graph read(byte[] bytes) throws ConversionException, IOException {
    Path file = Files.write(folder.resolve("model.onnx"), bytes);
    return read(new ModelFiles(file, "model.onnx", Map.of()), DEFAULTS);
  }

  Graph read(ModelFiles files, ConversionOptions options) throws ConversionException, IOException {
    return new OnnxReader(store, limits).read(files, options);
  }

  ConversionException failure(OnnxBytes model) {
    return failure(model, DEFAULTS);
  }

  ConversionException failure(OnnxBytes model, ConversionOptions options) {
    return catchThrowableOfType(ConversionException.class, () -> read(model, options));
  }

  ConversionException failure(OnnxBytes model, Map<String, Path> external) {
    return catchThrowableOfType(ConversionException.class, () -> read(model, external));
  }

  /** Options that name inputs, outputs and shapes. */
  static ConversionOptions options(
      List<String> inputs, List<String> outputs, Map<String, List<Long>> shapes) {
    return new ConversionOptions(
        ModelFormat.ONNX,
        "model",
        inputs,
        outputs,
        shapes,
        UnsupportedOperators.PLACEHOLDER,
        "",
        "",
        List.of());
  }

  /** The only node of that operator. */
  static Node node(Graph graph, String type) {
    List<Node> found =
        graph.nodes().stream().filter(node -> node.op().type().equals(type)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " nodes are " + type);
    }
    return found.get(0);
  }
}
