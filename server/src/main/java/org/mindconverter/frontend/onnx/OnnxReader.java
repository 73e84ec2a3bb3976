// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import org.mindconverter.convert.ConversionOptions;
import org.mindconverter.convert.ModelFiles;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.frontend.ModelReader;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.frontend.wire.ProtoCursor;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.GraphVerifier;
import org.mindconverter.ir.SourceFacts;
import org.mindconverter.ir.TensorData;

/**
 * Reads ONNX models of IR versions 3 to 13 and opsets 7 to 28, of any size: only the structure
 * enters the heap. Tensors of the graph read through the given store, so it must stay open for as
 * long as the graph is in use.
 */
public final class OnnxReader implements ModelReader {
  private static final int OLDEST_OPSET = 7;
  private static final int NEWEST_OPSET = 28;

  private final TensorData.SliceReader store;
  private final ReaderLimits limits;

  /** A reader whose graphs read their tensors through that store. */
  public OnnxReader(TensorData.SliceReader store, ReaderLimits limits) {
    this.store = Objects.requireNonNull(store);
    this.limits = Objects.requireNonNull(limits);
  }

  @Override
  public Graph read(ModelFiles files, ConversionOptions options)
      throws ConversionException, IOException {
    Onnx.Model model = parse(files);
    checkOpset(model);
    Onnx.Graph graph = model.graph();
    SourceFacts source = SourceTensors.facts(graph);
    InputShapes shapes = InputShapes.of(graph.inputs(), options.inputShapes());
    GraphLowering lowering =
        new GraphLowering(
            new DimReader(shapes.symbols()), new WeightClassification(model, source, options));
    return GraphVerifier.verified(lowering.lower(withInputs(graph, shapes), facts(model, source)));
  }

  private Onnx.Model parse(ModelFiles files) throws ConversionException, IOException {
    HeapBudget budget = new HeapBudget(files.modelName(), limits.heapBytes());
    ProtoCursor cursor =
        new ProtoCursor(
            store, files.model(), files.modelName(), limits.depth(), limits.nameBytes(), budget);
    ExternalFiles external = new ExternalFiles(store, files, limits.expansion());
    TensorParser tensors = new TensorParser(store, files.model(), cursor, budget, external);
    GraphParser graphs = new GraphParser(cursor, budget, tensors, limits.nodes());
    return new ModelParser(cursor, budget, graphs).parse();
  }

  private static void checkOpset(Onnx.Model model) throws ConversionException {
    OptionalInt opset = model.opsets().version("");
    if (opset.isPresent() && (opset.getAsInt() < OLDEST_OPSET || opset.getAsInt() > NEWEST_OPSET)) {
      throw new ConversionException(
          ErrorCode.UNSUPPORTED_VERSION,
          "opset_import",
          "the model uses opset %d; this reader knows %d to %d"
              .formatted(opset.getAsInt(), OLDEST_OPSET, NEWEST_OPSET),
          "convert the model with onnx.version_converter, or export it at another opset");
    }
  }

  private static Onnx.Graph withInputs(Onnx.Graph graph, InputShapes shapes) {
    return new Onnx.Graph(
        graph.name(),
        graph.nodes(),
        graph.initializers(),
        graph.sparseInitializers(),
        shapes.inputs(),
        graph.outputs(),
        graph.types(),
        graph.metadata());
  }

  private static Map<String, String> facts(Onnx.Model model, SourceFacts source) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("producer", model.producer());
    facts.put("ir_version", Long.toString(model.irVersion()));
    model.opsets().version("").ifPresent(v -> facts.put("opset", Integer.toString(v)));
    model.metadata().forEach((key, value) -> facts.put("metadata." + key, value));
    facts.putAll(source.toFacts());
    return facts;
  }
}
