// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.checkpoint;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.TensorData;
import org.mindconverter.ir.WeightExpression;

/** Weights made at random from a seed. */
final class RandomWeights {
  static final List<ElementType> TYPES =
      Stream.of(ElementType.values()).filter(ElementType::isMindSpore).toList();

  private final Random random;
  private final int largestDim;

  RandomWeights(long seed, int largestDim) {
    this.random = new Random(seed);
    this.largestDim = largestDim;
  }

  Tensor tensor(ElementType element, List<Long> dims) {
    byte[] bytes = new byte[Math.toIntExact(Tensor.byteLength(element, dims))];
    random.nextBytes(bytes);
    if (element == ElementType.BOOL) {
      for (int i = 0; i < bytes.length; i++) {
        bytes[i] &= 1;
      }
    }
    return new Tensor("w", element, dims, TensorData.of(bytes));
  }

  WeightExpression next(int steps) {
    WeightExpression weight = WeightExpression.of(tensor(type(), dims(1 + random.nextInt(4))));
    for (int i = 0; i < steps; i++) {
      weight = step(weight);
    }
    return weight;
  }

  private WeightExpression step(WeightExpression weight) {
    int rank = weight.dims().size();
    if (rank == 0) {
      return weight.reshaped(List.of(1L, 1L));
    }
    int axis = random.nextInt(rank);
    return switch (random.nextInt(7)) {
      case 0, 1 -> weight.transposed(permutation(rank));
      case 2 -> weight.reshaped(factors(weight.dims()));
      case 3 -> sliced(weight, axis);
      case 4 -> weight.converted(type());
      default -> joined(weight, axis);
    };
  }

  private WeightExpression sliced(WeightExpression weight, int axis) {
    long size = weight.dims().get(axis);
    long start = random.nextLong(size + 1);
    // Often empty slices would leave little to compare.
    long length = Math.min(size - start, 1 + random.nextLong(size + 1));
    return weight.sliced(axis, start, length);
  }

  private WeightExpression joined(WeightExpression weight, int axis) {
    List<WeightExpression> parts = new ArrayList<>(List.of(weight, sliced(weight, axis)));
    List<Long> dims = new ArrayList<>(weight.dims());
    dims.set(axis, 1 + random.nextLong(largestDim));
    parts.add(WeightExpression.of(tensor(weight.element(), dims)));
    Collections.shuffle(parts, random);
    return new WeightExpression.Concatenated(parts, axis);
  }

  private ElementType type() {
    return TYPES.get(random.nextInt(TYPES.size()));
  }

  private List<Long> dims(int rank) {
    return LongStream.generate(() -> 1 + random.nextLong(largestDim)).limit(rank).boxed().toList();
  }

  private List<Integer> permutation(int rank) {
    List<Integer> axes = new ArrayList<>(IntStream.range(0, rank).boxed().toList());
    Collections.shuffle(axes, random);
    return List.copyOf(axes);
  }

  /** Another shape of as many elements: axes joined, then split at a divisor. */
  private List<Long> factors(List<Long> dims) {
    List<Long> other = new ArrayList<>(dims);
    int at = random.nextInt(other.size());
    if (at + 1 < other.size()) {
      other.set(at, other.get(at) * other.remove(at + 1));
    }
    long size = other.get(at);
    if (size > 0 && other.size() < 5) {
      List<Long> divisors =
          LongStream.rangeClosed(1, size).filter(d -> size % d == 0).boxed().toList();
      long divisor = divisors.get(random.nextInt(divisors.size()));
      other.set(at, size / divisor);
      other.add(at, divisor);
    }
    return List.copyOf(other);
  }
}
