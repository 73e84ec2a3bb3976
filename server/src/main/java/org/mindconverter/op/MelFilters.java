// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;

/**
 * ONNX's MelWeightMatrix: triangles over the bins of a spectrum, evenly spread on the mel scale,
 * where a frequency f lies at 2595 · log10(1 + f / 700). Its inputs describe how a model hears,
 * which no run decides: it is computed early or not at all.
 */
final class MelFilters {
  private static final int BANDS = 0;
  private static final int LENGTH = 1;
  private static final int RATE = 2;
  private static final int LOWER = 3;
  private static final int UPPER = 4;

  private MelFilters() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("MelWeightMatrix")
        .infer(MelFilters::infer)
        .fold(MelFilters::fold)
        .since(17)
        .lower(
            node -> {
              throw new Refusal("filters that only a run describes, or beyond the spectrum");
            });
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    Dim bands = number(node, BANDS).orElse(node.fresh(0, 1));
    Dim bins =
        number(node, LENGTH)
            .map(length -> length.floorDiv(Dim.of(2)).plus(Dim.of(1)))
            .orElse(node.fresh(0, 0));
    return List.of(TensorType.of(SignalWindows.element(node), new Shape(List.of(bins, bands))));
  }

  private static Optional<Dim> number(NodeFacts node, int input) {
    return node.contents(input).filter(c -> c.size() == 1).map(c -> c.get(0));
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) throws ConversionException {
    ElementType element = SignalWindows.element(node);
    boolean known =
        IntStream.rangeClosed(BANDS, UPPER)
            .allMatch(input -> node.constant(input).filter(t -> t.size() == 1).isPresent());
    if (!known || !element.isFloating()) {
      return Optional.empty();
    }
    int bands = Math.toIntExact(node.constant(BANDS).get().integer(0));
    int length = Math.toIntExact(node.constant(LENGTH).get().integer(0));
    int bins = length / 2 + 1;
    if (bands < 0 || length < 0 || (long) bins * bands > NumericTensor.MOST_ELEMENTS) {
      return Optional.empty();
    }
    int[] corners = corners(node, bands, length);
    if (IntStream.of(corners).anyMatch(corner -> corner < 0 || corner >= bins)) {
      return Optional.empty();
    }
    double[] weights = new double[bins * bands];
    for (int band = 0; band < bands; band++) {
      addTriangle(weights, bands, band, corners);
    }
    return Optional.of(
        List.of(NumericTensor.ofReals(element, List.of((long) bins, (long) bands), weights)));
  }

  /** The bins where triangles begin, peak and end: each peak is the next one's begin. */
  private static int[] corners(NodeFacts node, int bands, int length) {
    double lower = mel(node.constant(LOWER).get().real(0));
    double upper = mel(node.constant(UPPER).get().real(0));
    double rate = node.constant(RATE).get().integer(0);
    // The definition divides by the number of corners, not by that of the steps between them.
    double step = (upper - lower) / (bands + 2);
    return IntStream.range(0, bands + 2)
        .map(i -> (int) Math.floor((length + 1) * hertz(lower + i * step) / rate))
        .toArray();
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  private static double hertz(double mel) {
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }

  private static void addTriangle(double[] weights, int bands, int band, int[] corners) {
    int begin = corners[band];
    int peak = corners[band + 1];
    int end = corners[band + 2];
    for (int bin = begin; bin < peak; bin++) {
      weights[bin * bands + band] = (double) (bin - begin) / (peak - begin);
    }
    for (int bin = peak + 1; bin < end; bin++) {
      weights[bin * bands + band] = (double) (end - bin) / (end - peak);
    }
    weights[peak * bands + band] = 1;
  }
}
