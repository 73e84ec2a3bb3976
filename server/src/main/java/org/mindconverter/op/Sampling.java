// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;

/**
 * How Resize samples.
 *
 * @param outputs dimensions of the result
 * @param scales per axis; 0 where sizes are given, so that the ratio of sizes counts
 */
record Sampling(
    String mode,
    String coordinates,
    String rounding,
    double cubicA,
    boolean excludeOutside,
    boolean antialias,
    List<Dim> outputs,
    List<Double> scales) {

  /** What the node says; nothing where scales or sizes are not known. */
  static Optional<Sampling> of(NodeFacts node, Shape input) {
    boolean old = node.node().op().type().equals("Upsample") || node.opset() < 11;
    String coordinates =
        old ? "asymmetric" : node.text("coordinate_transformation_mode", "half_pixel");
    List<Integer> axes = axes(node, input.rank());
    Optional<List<Double>> scales = scales(node, old, axes, input.rank());
    Optional<List<Dim>> outputs = scales.flatMap(s -> outputs(node, input, s, axes));
    return outputs.map(
        dims ->
            new Sampling(
                modeOf(node),
                coordinates,
                old ? "floor" : node.text("nearest_mode", "round_prefer_floor"),
                node.real("cubic_coeff_a", -0.75f),
                node.integer("exclude_outside", 0) != 0,
                node.integer("antialias", 0) != 0,
                dims,
                scales.get()));
  }

  private static String modeOf(NodeFacts node) {
    String mode = node.text("mode", "nearest");
    return mode.equals("bilinear") ? "linear" : mode;
  }

  private static List<Integer> axes(NodeFacts node, int rank) {
    List<Integer> all = IntStream.range(0, rank).boxed().toList();
    return node.attributes()
        .integers("axes")
        .map(list -> list.stream().map(a -> (int) (a < 0 ? a + rank : a)).toList())
        .orElse(all);
  }

  private static Optional<List<Double>> scales(
      NodeFacts node, boolean old, List<Integer> axes, int rank) {
    List<Double> result = new ArrayList<>();
    for (int i = 0; i < rank; i++) {
      result.add(1.0);
    }
    Optional<List<Double>> given = givenScales(node, old);
    if (given.isEmpty()) {
      return Optional.empty();
    }
    if (given.get().isEmpty()) {
      axes.forEach(axis -> result.set(axis, 0.0));
      return Optional.of(result);
    }
    for (int i = 0; i < axes.size(); i++) {
      result.set(axes.get(i), given.get().get(i));
    }
    return Optional.of(result);
  }

  // An empty list: sizes are given instead.
  private static Optional<List<Double>> givenScales(NodeFacts node, boolean old) {
    Optional<List<Float>> attribute = node.attributes().reals("scales");
    if (attribute.isPresent()) {
      return Optional.of(attribute.get().stream().map(Float::doubleValue).toList());
    }
    int input = old ? 1 : 2;
    if (!node.has(input)) {
      return Optional.of(List.of());
    }
    Optional<NumericTensor> constant = node.constant(input);
    if (constant.isEmpty()) {
      return Optional.empty();
    }
    List<Double> scales = new ArrayList<>();
    for (double scale : constant.get().reals()) {
      scales.add(scale);
    }
    return scales.isEmpty() && !node.has(3) ? Optional.empty() : Optional.of(scales);
  }

  private static Optional<List<Dim>> outputs(
      NodeFacts node, Shape input, List<Double> scales, List<Integer> axes) {
    List<Dim> dims = new ArrayList<>(input.dims());
    boolean sized = node.has(3);
    Optional<List<Dim>> sizes = sized ? node.contents(3) : Optional.of(List.of());
    if (sizes.isEmpty()) {
      return Optional.empty();
    }
    for (int i = 0; i < axes.size(); i++) {
      int axis = axes.get(i);
      if (sized) {
        dims.set(axis, sizes.get().get(i));
      } else {
        dims.set(axis, scaled(node, input.dim(axis), scales.get(axis), axis));
      }
    }
    return Optional.of(dims);
  }

  private static Dim scaled(NodeFacts node, Dim size, double scale, int axis) {
    if (size.size().isPresent()) {
      return Dim.of((long) Math.floor(size.size().getAsLong() * (float) scale));
    }
    return scale == Math.rint(scale) ? size.times(Dim.of((long) scale)) : node.fresh(0, axis);
  }

  /** Reads for a mapping all that {@link #of} has looked at, and refuses what is not kept here. */
  void readAll(NodeReading node) throws Refusal {
    node.text("mode", "");
    node.text("coordinate_transformation_mode", "");
    node.text("nearest_mode", "");
    node.real("cubic_coeff_a", 0);
    node.integer("exclude_outside", 0);
    node.attribute("scales");
    node.integers("axes");
    node.integer("antialias", 0);
    String policy = node.text("keep_aspect_ratio_policy", "stretch");
    if (!policy.equals("stretch")) {
      throw new Refusal("attribute 'keep_aspect_ratio_policy' of " + policy);
    }
    if (coordinates.equals("tf_crop_and_resize")) {
      throw new Refusal("attribute 'coordinate_transformation_mode' of " + coordinates);
    }
    node.without("extrapolation_value", "only tf_crop_and_resize looks outside of the input");
    for (int i = 1; i < node.inputCount(); i++) {
      boolean roi = i == 1 && node.inputCount() > 2;
      node.withoutInput(i, roi ? "only tf_crop_and_resize reads it" : "it is in the sizes");
    }
  }

  /** Axes whose size changes, or may. */
  List<Integer> resizedAxes(Shape input) {
    List<Integer> axes = new ArrayList<>();
    for (int axis = 0; axis < outputs.size(); axis++) {
      boolean same = outputs.get(axis).equals(input.dim(axis));
      if (!same || (scales.get(axis) != 1.0 && scales.get(axis) != 0.0)) {
        axes.add(axis);
      }
    }
    return axes;
  }

  /** Whether {@code ops.interpolate} to these sizes samples at the same places. */
  boolean isInterpolate(Shape input) {
    boolean nearest =
        mode.equals("nearest") && coordinates.equals("asymmetric") && rounding.equals("floor");
    boolean linear =
        mode.equals("linear")
            && !excludeOutside
            && !antialias
            && (coordinates.equals("half_pixel")
                || coordinates.equals("align_corners")
                || coordinates.equals("pytorch_half_pixel"));
    if (!nearest && !linear) {
      return false;
    }
    for (int axis = 2; axis < outputs.size(); axis++) {
      // For one output; PyTorch itself has no such exception any more.
      boolean one = coordinates.equals("pytorch_half_pixel") && outputs.get(axis).is(1);
      if (one || !hasExactRatio(input.dim(axis), axis)) {
        return false;
      }
    }
    return true;
  }

  // ONNX divides by the scale it was given, interpolate by the ratio of the sizes.
  private boolean hasExactRatio(Dim input, int axis) {
    double scale = scales.get(axis);
    if (scale == 0 || scale == Math.rint(scale) || coordinates.equals("align_corners")) {
      return true;
    }
    return input.size().isPresent()
        && outputs.get(axis).size().isPresent()
        && outputs.get(axis).size().getAsLong() == input.size().getAsLong() * scale;
  }
}
