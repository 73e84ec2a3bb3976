// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.file;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.TensorData;
import org.mindconverter.request.ModelFiles;

/** Parses ModelProto, FunctionProto and OperatorSetIdProto. */
public final class ModelParser {
  private static final int LONGEST_METADATA = 1 << 12;
  private static final int OLDEST_IR = 3;
  private static final int NEWEST_IR = 14;

  private final ProtoCursor cursor;
  private final HeapBudget budget;
  private final GraphParser graphs;

  private ModelParser(ProtoCursor cursor, HeapBudget budget, GraphParser graphs) {
    this.cursor = cursor;
    this.budget = budget;
    this.graphs = graphs;
  }

  /**
   * What the stored model says. Its tensors read through the store.
   *
   * @throws ConversionException the bytes are no valid model, pass a limit, or lack a file
   */
  public static Onnx.Model parse(
      TensorData.SliceReader store, ModelFiles files, ReaderLimits limits, HeapBudget budget)
      throws ConversionException, IOException {
    ProtoCursor cursor =
        new ProtoCursor(
            store, files.model(), files.modelName(), limits.depth(), limits.nameBytes(), budget);
    ExternalFiles external = new ExternalFiles(store, files, limits.expansion());
    TensorParser tensors = new TensorParser(store, files.model(), cursor, budget, external);
    GraphParser graphs = new GraphParser(cursor, budget, tensors, limits.nodes());
    return new ModelParser(cursor, budget, graphs).parse();
  }

  /** The model that is the whole file. */
  private Onnx.Model parse() throws ConversionException, IOException {
    Fields fields = new Fields();
    graphs.useOpsets(fields.opsets);
    try {
      while (cursor.next()) {
        read(fields);
      }
    } catch (ConversionException e) {
      // Every writer puts the version first; before it, any file may look like a damaged model.
      throw e.code() == ErrorCode.MALFORMED_MODEL && fields.irVersion == 0 ? notOnnx(e) : e;
    }
    if (fields.irVersion == 0 && fields.graph.isEmpty()) {
      throw notOnnx(cursor.malformed("holds nothing"));
    }
    checkIrVersion(fields.irVersion);
    Onnx.Graph graph = fields.graph.orElseThrow(() -> cursor.malformed("holds no graph"));
    String producer = (fields.producer + " " + fields.producerVersion).strip();
    return new Onnx.Model(
        fields.irVersion, producer, fields.metadata, fields.opsets, graph, fields.functions);
  }

  private static ConversionException notOnnx(ConversionException cause) {
    return new ConversionException(
        ErrorCode.UNKNOWN_MODEL,
        cause.origin(),
        "this is not an ONNX model",
        "send the file that torch.onnx.export or onnx.save has written",
        cause);
  }

  private void read(Fields fields) throws ConversionException, IOException {
    switch (cursor.field()) {
      case 1 -> {
        fields.irVersion = cursor.varint();
        checkIrVersion(fields.irVersion);
      }
      case 2 -> fields.producer = cursor.text(LONGEST_METADATA).orElse("");
      case 3 -> fields.producerVersion = cursor.text(LONGEST_METADATA).orElse("");
      case 7 -> {
        if (fields.graph.isPresent()) {
          throw cursor.malformed("holds two graphs");
        }
        fields.graph = Optional.of(graphs.parse());
      }
      case 8 -> readOpset(fields.opsets);
      case 14 -> fields.metadata = graphs.types().withEntry(fields.metadata, LONGEST_METADATA);
      case 25 -> {
        fields.functions.add(function());
        graphs.useOpsets(fields.opsets);
      }
      default -> cursor.skip();
    }
  }

  private static void checkIrVersion(long version) throws ConversionException {
    if (version < OLDEST_IR || version > NEWEST_IR) {
      throw new ConversionException(
          ErrorCode.UNSUPPORTED_VERSION,
          "ir_version",
          "the model has ONNX IR version %d; this reader knows %d to %d"
              .formatted(version, OLDEST_IR, NEWEST_IR),
          "save the model with an ONNX release that writes one of these versions");
    }
  }

  private void readOpset(Onnx.Opsets opsets) throws ConversionException, IOException {
    String domain = "";
    long version = 0;
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> domain = cursor.name();
        case 2 -> version = cursor.varint();
        default -> cursor.skip();
      }
    }
    opsets.add(domain, (int) Math.max(0, Math.min(Integer.MAX_VALUE, version)));
  }

  private Onnx.Function function() throws ConversionException, IOException {
    budget.charge(8 * HeapBudget.OBJECT);
    Onnx.Opsets opsets = new Onnx.Opsets();
    graphs.useOpsets(opsets);
    String name = "";
    String domain = "";
    String overload = "";
    List<String> inputs = new ArrayList<>();
    List<String> outputs = new ArrayList<>();
    List<String> required = new ArrayList<>();
    List<Onnx.Attribute> defaults = new ArrayList<>();
    List<Onnx.Node> nodes = new ArrayList<>();
    cursor.enter();
    while (cursor.next()) {
      switch (cursor.field()) {
        case 1 -> name = cursor.name();
        case 4 -> inputs.add(cursor.name());
        case 5 -> outputs.add(cursor.name());
        case 6 -> required.add(cursor.name());
        case 7 -> nodes.add(graphs.node());
        case 9 -> readOpset(opsets);
        case 10 -> domain = cursor.name();
        case 11 -> defaults.add(graphs.attributes().parse(name));
        case 13 -> overload = cursor.name();
        default -> cursor.skip();
      }
    }
    return new Onnx.Function(
        new OpId(domain, name), overload, inputs, outputs, required, defaults, nodes);
  }

  /** The fields of the model while they are gathered. */
  private static final class Fields {
    private long irVersion;
    private String producer = "";
    private String producerVersion = "";
    private Map<String, String> metadata = Map.of();
    private final Onnx.Opsets opsets = new Onnx.Opsets();
    private Optional<Onnx.Graph> graph = Optional.empty();
    private final List<Onnx.Function> functions = new ArrayList<>();
  }
}
