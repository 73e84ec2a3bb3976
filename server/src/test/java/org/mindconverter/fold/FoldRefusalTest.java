// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.mindconverter.fold.FoldException.Reason;
import org.mindconverter.ir.ElementType;

class FoldRefusalTest {
  private static final long[] EXTREMES = {
    Long.MIN_VALUE,
    Long.MIN_VALUE + 1,
    -(1L << 40),
    -3,
    -2,
    -1,
    0,
    1,
    2,
    5,
    1 << 20,
    1L << 31,
    1L << 62,
    Long.MAX_VALUE
  };
  private static final List<String> WHOLE_ATTRIBUTES =
      List.of("axis", "k", "batch_dims", "keepdims", "exclusive", "reverse");

  @Test
  void givesAResultOrAReasonWhateverTheNumbers() throws IOException {
    Random random = new Random(11);
    int refused = 0;
    for (FoldCase c : FoldCase.all()) {
      for (int i = 0; i < 12; i++) {
        FoldCase changed = changed(c, random);
        try {
          List<NumericTensor> results = FoldKernels.ALL.get(c.operator()).apply(changed);
          assertThat(results).hasSameSizeAs(c.results());
        } catch (FoldException e) {
          refused++;
          assertThat(e.getMessage()).isNotEmpty();
        } catch (RuntimeException e) {
          throw new AssertionError(c + " with " + changed.attributes() + operands(changed), e);
        }
      }
    }
    assertThat(refused).isGreaterThan(500);
  }

  private static FoldCase changed(FoldCase c, Random random) {
    List<NumericTensor> operands = new ArrayList<>();
    for (NumericTensor operand : c.operands()) {
      operands.add(operand.element().isFloating() ? operand : changed(operand, random));
    }
    Map<String, String> attributes = new HashMap<>(c.attributes());
    for (String name : WHOLE_ATTRIBUTES) {
      if (attributes.containsKey(name) && random.nextInt(4) == 0) {
        attributes.put(name, Long.toString(extreme(random)));
      }
    }
    return new FoldCase(c.name(), c.operator(), attributes, operands, List.of(), 0);
  }

  private static NumericTensor changed(NumericTensor operand, Random random) {
    long[] values = operand.integers();
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(3) == 0 ? extreme(random) : values[i];
    }
    return NumericTensor.ofIntegers(operand.element(), operand.dims(), values);
  }

  private static long extreme(Random random) {
    return EXTREMES[random.nextInt(EXTREMES.length)];
  }

  private static List<List<Long>> operands(FoldCase c) {
    return c.operands().stream().map(NumericTensor::toLongs).toList();
  }

  @Test
  void refusesResultsOfAnySizeBeforeItMakesThem() {
    NumericTensor one = row(1);
    assertRefused(Reason.TOO_LARGE, () -> Extending.expand(one, List.of(1L << 30)));
    assertRefused(Reason.TOO_LARGE, () -> Extending.expand(one, List.of(1L << 62, 1L << 62)));
    assertRefused(Reason.TOO_LARGE, () -> Extending.tile(one, List.of(1L << 21)));
    assertRefused(Reason.TOO_LARGE, () -> Extending.pad(one, List.of(0L, 1L << 40), scalar(0)));
    assertRefused(Reason.TOO_LARGE, () -> Making.constantOfShape(List.of(1L << 11, 1L << 11), one));
    assertRefused(Reason.TOO_LARGE, () -> Making.eye(ElementType.FLOAT32, 1 << 20, 2, 0));
    assertRefused(Reason.TOO_LARGE, () -> Making.range(scalar(0), scalar(1L << 50), scalar(1)));
    assertRefused(
        Reason.TOO_LARGE,
        () -> Making.range(scalar(Long.MIN_VALUE), scalar(Long.MAX_VALUE), scalar(1)));
    assertRefused(Reason.TOO_LARGE, () -> Making.oneHot(one, 1L << 40, row(0, 1), 0));
    NumericTensor large = Making.constantOfShape(List.of(1L << 10, 1L << 10), one);
    assertRefused(Reason.TOO_LARGE, () -> MatrixProduct.matMul(large, large));
    assertRefused(Reason.TOO_LARGE, () -> Joining.concat(List.of(large, large), 0));
  }

  @Test
  void refusesWhatOnnxDoesNotDefine() {
    assertRefused(Reason.UNDEFINED, () -> Arithmetic.div(row(1, 2), row(1, 0)));
    assertRefused(Reason.UNDEFINED, () -> Arithmetic.mod(row(1), row(0)));
    assertRefused(
        Reason.UNDEFINED,
        () -> Reduction.MAX.apply(NumericTensor.ofLongs(List.of()), Reduction.Axes.KEPT));
    assertRefused(Reason.UNDEFINED, () -> Casting.cast(row(1), ElementType.STRING));
  }

  @Test
  void refusesOperandsThatDoNotFit() {
    NumericTensor real = Casting.cast(row(1, 2), ElementType.FLOAT32);
    assertRefused(Reason.MISFIT, () -> Arithmetic.add(row(1), real));
    assertRefused(Reason.MISFIT, () -> Arithmetic.add(row(1, 2), row(1, 2, 3)));
    assertRefused(Reason.MISFIT, () -> Unary.exp(row(1)));
    assertRefused(Reason.MISFIT, () -> Unary.neg(Casting.cast(row(1), ElementType.BOOL)));
    assertRefused(Reason.MISFIT, () -> Logic.and(row(1), row(1)));
    assertRefused(Reason.MISFIT, () -> Bits.shiftLeft(row(1), row(1)));
    assertRefused(Reason.MISFIT, () -> Gathering.gather(row(1, 2), row(2), 0));
    assertRefused(Reason.MISFIT, () -> Gathering.gather(row(1, 2), row(-3), 0));
    assertRefused(Reason.MISFIT, () -> Gathering.gather(row(1, 2), real, 0));
    assertRefused(
        Reason.MISFIT, () -> Shaping.reshape(row(1, 2, 3), List.of(2L, -1L), Shaping.Zero.COPIED));
    assertRefused(Reason.MISFIT, () -> Shaping.squeeze(row(1, 2), List.of(0L)));
    assertRefused(Reason.MISFIT, () -> Shaping.transpose(row(1, 2), List.of(0L, 1L)));
    assertRefused(Reason.MISFIT, () -> Making.range(scalar(0), scalar(4), scalar(0)));
  }

  @Test
  void keepsNotANumberAndTheSignOfZero() {
    NumericTensor zeros =
        NumericTensor.ofReals(ElementType.FLOAT32, List.of(2L), new double[] {0.0, -0.0});
    assertThat(1 / Unary.neg(zeros).real(0)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(1 / Unary.round(zeros).real(1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(Unary.sqrt(Unary.neg(Unary.exp(zeros))).real(0)).isNaN();
  }

  private static void assertRefused(Reason reason, Callable<?> work) {
    assertThatThrownBy(work::call)
        .isInstanceOfSatisfying(FoldException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  private static NumericTensor row(long... values) {
    return NumericTensor.ofIntegers(ElementType.INT64, List.of((long) values.length), values);
  }

  private static NumericTensor scalar(long value) {
    return NumericTensor.ofIntegers(ElementType.INT64, List.of(), new long[] {value});
  }
}
