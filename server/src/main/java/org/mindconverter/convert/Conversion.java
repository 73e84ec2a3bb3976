// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.emit.Network;
import org.mindconverter.emit.NetworkBuilder;
import org.mindconverter.emit.SourceNames;
import org.mindconverter.emit.checkpoint.CheckpointEntry;
import org.mindconverter.emit.checkpoint.CheckpointWriter;
import org.mindconverter.emit.checkpoint.ScratchFullException;
import org.mindconverter.emit.checkpoint.WeightDigest;
import org.mindconverter.frontend.ModelReader;
import org.mindconverter.frontend.ReaderLimits;
import org.mindconverter.frontend.SliceStore;
import org.mindconverter.frontend.onnx.OnnxReader;
import org.mindconverter.ir.Graph;
import org.mindconverter.op.OperatorCatalog;
import org.mindconverter.op.Operators;
import org.mindconverter.pass.Pipeline;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;

/** The whole way of a model, from stored bytes to emitted files. */
public final class Conversion implements ModelConverter {
  private final OperatorCatalog catalog = Operators.all();
  private final Pipeline pipeline = new Pipeline(catalog);
  private final NetworkBuilder networks = new NetworkBuilder(catalog);
  private final String version;
  private final ReaderLimits limits;

  /**
   * A conversion whose scripts name that version of the converter.
   *
   * @param version {@code major.minor.patch}
   * @param limits how much one model may ask for
   */
  public Conversion(String version, ReaderLimits limits) {
    this.version = Objects.requireNonNull(version);
    this.limits = Objects.requireNonNull(limits);
  }

  /** The operators that it maps, ordered by domain and type. */
  public List<SupportedOperator> operators() {
    return SupportedOperators.of(catalog);
  }

  @Override
  public ConversionSummary convert(ModelFiles files, ConversionOptions options, ConversionSink sink)
      throws ConversionException, IOException {
    options.checked();
    try (SliceStore store = SliceStore.open()) {
      return convert(new OnnxReader(store, limits), files, options, sink);
    } catch (IOException | UncheckedIOException | CancellationException e) {
      Cancellation.check(); // an interrupt closes files under whoever reads them
      throw e;
    }
  }

  private ConversionSummary convert(
      ModelReader reader, ModelFiles files, ConversionOptions options, ConversionSink sink)
      throws ConversionException, IOException {
    sink.progress(ConversionSink.Phase.READING, 0, 0);
    CallScratch scratch = new CallScratch(files);
    Graph read = reader.read(files, options);
    RecoveredNames recovered = RecoveredNames.of(read, options, new WeightDigest(scratch));
    Graph model = recovered.applied(read);
    OperatorTally tally = OperatorTally.of(model);

    sink.progress(ConversionSink.Phase.MAPPING, 0, model.nodes().size());
    Graph graph = pipeline.apply(model);
    SourceNames names = SourceWeights.names(model, options);
    Network network =
        networks.build(graph, names, rootClass(graph, options), ScriptHeader.of(model, version));
    refusePlaceholders(network, options);

    emit(network, new CheckpointWriter(scratch), options, sink);
    new Report(network).writeTo(sink);
    new WeightMap(network, names, options, recovered).writeTo(sink);
    return ConversionSummaries.of(graph, network, tally);
  }

  private static String rootClass(Graph graph, ConversionOptions options) {
    String known =
        options.sourceClass().isEmpty()
            ? graph.nodes().stream()
                .flatMap(n -> n.scope().modules().stream().limit(1))
                .filter(m -> m.path().isEmpty())
                .map(m -> m.className())
                .findFirst()
                .orElse("")
            : options.sourceClass();
    return known.isEmpty() ? options.name() : known.substring(known.lastIndexOf('.') + 1);
  }

  private static void refusePlaceholders(Network network, ConversionOptions options)
      throws ConversionException {
    if (options.unsupported() == ConversionOptions.UnsupportedOperators.PLACEHOLDER) {
      return;
    }
    for (Network.Operator operator : network.operators()) {
      if (operator.refusal().isPresent()) {
        throw UnsupportedOperator.at(operator);
      }
    }
  }

  private static void emit(
      Network network, CheckpointWriter writer, ConversionOptions options, ConversionSink sink)
      throws ConversionException, IOException {
    byte[] script = network.script().text().getBytes(StandardCharsets.UTF_8);
    sink.file(
        ConversionSink.OutputKind.SCRIPT,
        options.name() + ".py",
        script.length,
        out -> out.write(script));
    List<CheckpointEntry> entries =
        network.parameters().stream().map(p -> new CheckpointEntry(p.name(), p.value())).toList();
    if (!entries.isEmpty()) {
      sink.progress(ConversionSink.Phase.WRITING, 0, writer.size(entries));
      sink.file(
          ConversionSink.OutputKind.CHECKPOINT,
          options.name() + ".ckpt",
          writer.size(entries),
          out -> write(entries, writer, out));
    }
  }

  private static void write(
      List<CheckpointEntry> entries, CheckpointWriter writer, OutputStream out)
      throws ConversionException, IOException {
    try {
      writer.write(entries, out);
    } catch (ScratchFullException e) {
      throw new ConversionException(
          ErrorCode.SPOOL_FULL,
          "",
          "the server has no room left to rearrange a weight in",
          "retry later, or ask the server's operator to raise --spool-limit or free its disk",
          e);
    }
  }
}
