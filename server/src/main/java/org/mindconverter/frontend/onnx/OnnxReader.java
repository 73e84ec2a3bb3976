// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.io.IOException;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.frontend.ModelReader;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.frontend.onnx.dims.DimReader;
import org.mindconverter.frontend.onnx.dims.InputShapes;
import org.mindconverter.frontend.onnx.file.ModelParser;
import org.mindconverter.frontend.onnx.file.Onnx;
import org.mindconverter.frontend.source.NodeNameScopes;
import org.mindconverter.frontend.wire.HeapBudget;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.GraphVerifier;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.SourceFacts;
import org.mindconverter.ir.TensorData;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;

/**
 * Reads ONNX models of IR versions 3 to 14 and opsets 7 to 28, of any size: only the structure
 * enters the heap. Tensors of the graph read through the given store, so it must stay open for as
 * long as the graph is in use.
 */
public final class OnnxReader implements ModelReader {
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
    HeapBudget budget = new HeapBudget(files.modelName(), limits.heapBytes());
    Onnx.Model model = ModelParser.parse(store, files, limits, budget);
    OpsetRange.check(model.opsets().version(""), "opset_import");
    SourceFacts source = SourceTensors.facts(model.graph());
    Onnx.Graph flat = FunctionInliner.inlined(model, limits, budget);
    Onnx.Graph wanted = GraphCut.apply(withoutTensorInputs(flat), options);
    InputShapes shapes = InputShapes.of(wanted.inputs(), options.inputShapes());
    GraphLowering lowering =
        new GraphLowering(
            new DimReader(shapes.symbols(), budget),
            new WeightClassification(model.producer(), flat, source, options),
            new NodeNameScopes(parameterNames(flat, options)));
    return GraphVerifier.verified(
        lowering.lower(wanted.withInputs(shapes.inputs()), facts(model, source)));
  }

  /** Before IR version 4, initializers had to be inputs too; nobody is to give them. */
  private static Onnx.Graph withoutTensorInputs(Onnx.Graph graph) {
    Set<String> tensors = new HashSet<>();
    graph.initializers().forEach(tensor -> tensors.add(tensor.name()));
    return graph.withInputs(
        graph.inputs().stream().filter(input -> !tensors.contains(input.name())).toList());
  }

  private static Set<String> parameterNames(Onnx.Graph graph, ConversionOptions options) {
    Set<String> names = new HashSet<>();
    graph.initializers().forEach(tensor -> names.add(tensor.name()));
    // Merged parameters stand behind an Identity with their name.
    graph.nodes().stream()
        .filter(node -> node.op().equals(OpId.onnx("Identity")))
        .forEach(node -> names.addAll(node.outputs()));
    options.sourceWeights().forEach(weight -> names.add(weight.name()));
    return names;
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
