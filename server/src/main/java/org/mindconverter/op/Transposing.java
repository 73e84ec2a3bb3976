// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Shaping;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that put axes into another order. */
final class Transposing {
  private Transposing() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Transpose")
        .infer(node -> List.of(new TensorType(node.element(0), transposed(node))))
        .contents(ShapeArithmetic::same)
        .fold(Transposing::fold)
        .layout(Transposing::layout)
        .alias(Transposing::alias)
        .since(1, 13, 21, 23, 24, 25)
        .lower(Transposing::transpose);
    ops.onnx("DepthToSpace")
        .infer(node -> List.of(new TensorType(node.element(0), spread(node))))
        .since(1, 11, 13, 28)
        .lower(Transposing::depthToSpace);
    ops.onnx("SpaceToDepth")
        .infer(node -> List.of(new TensorType(node.element(0), gathered(node))))
        .since(1, 13, 28)
        .lower(Transposing::spaceToDepth);
  }

  private static List<Integer> order(NodeFacts node, int rank) throws ConversionException {
    Optional<List<Long>> given = node.attributes().integers("perm");
    if (given.isEmpty()) {
      return reversed(rank);
    }
    if (given.get().size() != rank) {
      throw node.malformed("'perm' of %d axes for rank %d".formatted(given.get().size(), rank));
    }
    return Axes.front(node, given.get(), rank);
  }

  private static List<Integer> reversed(int rank) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.reverse(axes);
    return axes;
  }

  private static Optional<Shape> transposed(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      Optional<List<Long>> perm = node.attributes().integers("perm");
      return perm.map(p -> node.freshShape(0, p.size()));
    }
    Shape input = node.shape(0).get();
    return Optional.of(new Shape(order(node, input.rank()).stream().map(input::dim).toList()));
  }

  private static OptionalInt alias(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return OptionalInt.empty();
    }
    int rank = node.shape(0).get().rank();
    boolean stays = order(node, rank).equals(IntStream.range(0, rank).boxed().toList());
    return stays ? OptionalInt.of(0) : OptionalInt.empty();
  }

  private static Optional<List<WeightExpression>> layout(NodeFacts node)
      throws ConversionException {
    Optional<WeightExpression> weight = node.weight(0);
    if (weight.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> order = order(node, weight.get().dims().size());
    return Optional.of(List.of(weight.get().transposed(order)));
  }

  private static Optional<List<NumericTensor>> fold(NodeFacts node) throws ConversionException {
    Optional<NumericTensor> x = node.constant(0);
    if (x.isEmpty()) {
      return Optional.empty();
    }
    List<Integer> order = order(node, x.get().rank());
    List<Long> axes = order.stream().map(Long::valueOf).toList();
    return Optional.of(List.of(Shaping.transpose(x.get(), axes)));
  }

  private static Lowered transpose(NodeReading node) throws Refusal {
    Optional<List<Long>> perm = node.integers("perm");
    int rank = perm.isPresent() ? perm.get().size() : node.rank(0);
    List<Long> order = perm.orElse(reversed(rank).stream().map(Long::valueOf).toList());
    boolean turnsMatrix = order.equals(LongStream.of(1, 0).boxed().toList());
    return Lowered.of(
        turnsMatrix
            ? new PyExpr.Member(node.value(0), "T")
            : Py.method(node.value(0), "transpose", Py.ints(order)));
  }

  private static long block(NodeFacts node) throws ConversionException {
    long size = node.attributes().integer("blocksize").orElse(0);
    if (size < 1 || size > Integer.MAX_VALUE) {
      throw node.malformed("a block size of %d".formatted(size));
    }
    return size;
  }

  private static Optional<Shape> spread(NodeFacts node) throws ConversionException {
    Dim block = Dim.of(block(node));
    Optional<Shape> input = picture(node);
    if (input.isPresent()) {
      requireMultiple(node, input.get().dim(1), block.times(block));
    }
    return input.map(
        s ->
            new Shape(
                List.of(
                    s.dim(0),
                    s.dim(1).floorDiv(block.times(block)),
                    s.dim(2).times(block),
                    s.dim(3).times(block))));
  }

  private static Optional<Shape> gathered(NodeFacts node) throws ConversionException {
    Dim block = Dim.of(block(node));
    Optional<Shape> input = picture(node);
    if (input.isPresent()) {
      requireMultiple(node, input.get().dim(2), block);
      requireMultiple(node, input.get().dim(3), block);
    }
    return input.map(
        s ->
            new Shape(
                List.of(
                    s.dim(0),
                    s.dim(1).times(block).times(block),
                    s.dim(2).floorDiv(block),
                    s.dim(3).floorDiv(block))));
  }

  private static Optional<Shape> picture(NodeFacts node) throws ConversionException {
    Optional<Shape> shape = node.shape(0);
    if (shape.isPresent() && shape.get().rank() != 4) {
      throw node.malformed("an input of shape %s is no picture".formatted(shape.get()));
    }
    return shape;
  }

  private static void requireMultiple(NodeFacts node, Dim size, Dim of) throws ConversionException {
    if (size instanceof Dim.Known && !size.mod(of).is(0)) {
      throw node.malformed("%s is no multiple of %s".formatted(size, of));
    }
  }

  private static Lowered depthToSpace(NodeReading node) throws Refusal {
    long size = node.requireInteger("blocksize");
    PyExpr x = node.value(0);
    if (isColumnRowDepth(node)) {
      return Lowered.of(
          Cell.of("nn.PixelShuffle", "pixel_shuffle")
              .arg(size)
              .call(x)
              .or(Py.call("ops.pixel_shuffle", x, Py.num(size))));
    }
    Shape in = node.shape(0);
    Shape out = node.outputShape(0);
    Dim block = Dim.of(size);
    return regrouped(
        x,
        List.of(in.dim(0), block, block, out.dim(1), in.dim(2), in.dim(3)),
        List.of(0, 3, 4, 1, 5, 2),
        out);
  }

  private static Lowered spaceToDepth(NodeReading node) throws Refusal {
    long size = node.requireInteger("blocksize");
    PyExpr x = node.value(0);
    if (isColumnRowDepth(node)) {
      return Lowered.of(
          Cell.of("nn.PixelUnshuffle", "pixel_unshuffle")
              .arg(size)
              .call(x)
              .or(Py.call("ops.pixel_unshuffle", x, Py.num(size))));
    }
    Shape in = node.shape(0);
    Shape out = node.outputShape(0);
    Dim block = Dim.of(size);
    return regrouped(
        x,
        List.of(in.dim(0), in.dim(1), out.dim(2), block, out.dim(3), block),
        List.of(0, 3, 5, 1, 2, 4),
        out);
  }

  private static boolean isColumnRowDepth(NodeReading node) throws Refusal {
    String mode = node.text("mode", "DCR");
    return switch (mode) {
      case "DCR" -> false;
      case "CRD" -> true;
      default -> throw new Refusal("attribute 'mode' of '%s' is not known".formatted(mode));
    };
  }

  private static Lowered regrouped(PyExpr x, List<Dim> parts, List<Integer> order, Shape result) {
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr blocks = steps.add("blocks", Reshape.to(x, parts));
    PyExpr moved = Py.method(blocks, "transpose", Py.ints(order));
    return steps.result(Reshape.to(moved, result.dims()));
  }
}
