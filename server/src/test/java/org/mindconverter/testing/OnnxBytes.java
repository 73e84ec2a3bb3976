// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.mindconverter.ir.ElementType;
import org.mindconverter.request.ModelFiles;

/**
 * Writes an ONNX file by hand:
 *
 * <pre>{@code
 * OnnxBytes.model()
 *     .input("x", FLOAT32, "batch", 3)
 *     .initializer(OnnxTensor.floats("w", dims(3), 1, 2, 3))
 *     .node("Add", "x, w -> y")
 *     .output("y", FLOAT32, "batch", 3)
 *     .files(directory)
 * }</pre>
 *
 * <p>IR version 8 and opset 17, where nothing else is said.
 */
public final class OnnxBytes {
  private final OnnxGraph graph = OnnxGraph.named("main");
  private final ProtoBytes after = new ProtoBytes();
  private long irVersion = 8;
  private long opset = 17;
  private String producer = "";

  private OnnxBytes() {}

  /** A model, empty so far. */
  public static OnnxBytes model() {
    return new OnnxBytes();
  }

  /** Another IR version. */
  public OnnxBytes irVersion(long version) {
    irVersion = version;
    return this;
  }

  /** Another version of the standard operators. */
  public OnnxBytes opset(long version) {
    opset = version;
    return this;
  }

  /** Operators of another domain. */
  public OnnxBytes opset(String domain, long version) {
    after.message(8, new ProtoBytes().text(1, domain).varint(2, version));
    return this;
  }

  /** Who wrote it. */
  public OnnxBytes producer(String name) {
    producer = name;
    return this;
  }

  /** As in {@link OnnxGraph#node(String, String, OnnxAttr...)}. */
  public OnnxBytes node(String type, String wiring, OnnxAttr... attributes) {
    graph.node(type, wiring, attributes);
    return this;
  }

  /** A node. */
  public OnnxBytes node(OnnxGraph.Node node) {
    graph.node(node);
    return this;
  }

  /** As in {@link OnnxGraph#input}. */
  public OnnxBytes input(String name, ElementType type, Object... dims) {
    graph.input(name, type, dims);
    return this;
  }

  /** As in {@link OnnxGraph#output(String, ElementType, Object...)}. */
  public OnnxBytes output(String name, ElementType type, Object... dims) {
    graph.output(name, type, dims);
    return this;
  }

  /** An output of which nothing but the name is told. */
  public OnnxBytes output(String name) {
    graph.output(name);
    return this;
  }

  /** As in {@link OnnxGraph#type}. */
  public OnnxBytes type(String name, ElementType type, Object... dims) {
    graph.type(name, type, dims);
    return this;
  }

  /** An initializer. */
  public OnnxBytes initializer(OnnxTensor tensor) {
    graph.initializer(tensor);
    return this;
  }

  /** A function. */
  public OnnxBytes function(OnnxFunction function) {
    after.message(25, function.toProto());
    return this;
  }

  /** The graph, for what has no method here. */
  public OnnxGraph graph() {
    return graph;
  }

  /** The file's bytes. */
  public byte[] toBytes() {
    ProtoBytes bytes = new ProtoBytes().varint(1, irVersion);
    if (!producer.isEmpty()) {
      bytes.text(2, producer);
    }
    return bytes
        .message(7, graph.toProto())
        .message(8, new ProtoBytes().text(1, "").varint(2, opset))
        .raw(after.toBytes())
        .toBytes();
  }

  /** Stored in that folder as {@code model.onnx}. */
  public ModelFiles files(Path folder) {
    return files(folder, Map.of());
  }

  /** Stored in that folder, with files of tensor data by key. */
  public ModelFiles files(Path folder, Map<String, Path> external) {
    try {
      Path file = Files.write(folder.resolve("model.onnx"), toBytes());
      return new ModelFiles(file, "model.onnx", external);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
