// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** Where and with what weights Resize samples along one axis, as the ONNX standard defines it. */
final class AxisSampling {
  private final Sampling sampling;
  private final int inputs;
  private final int outputs;
  private final float scale;

  AxisSampling(Sampling sampling, int inputs, int outputs, int axis) {
    this.sampling = sampling;
    this.inputs = inputs;
    this.outputs = outputs;
    double given = sampling.scales().get(axis);
    this.scale = given == 0 ? (float) outputs / inputs : (float) given;
  }

  // In float32, as ONNX Runtime does: nearest neighbours hang on the last bit.
  private double coordinate(int output) throws Refusal {
    return switch (sampling.coordinates()) {
      case "half_pixel" -> centred(output);
      case "half_pixel_symmetric" -> (1 - adjustment()) * inputs / 2 + centred(output);
      case "pytorch_half_pixel" -> outputs > 1 ? centred(output) : 0;
      case "align_corners" -> outputs == 1 ? 0 : output * (inputs - 1f) / (outputs - 1);
      case "asymmetric" -> output / scale;
      default ->
          throw new Refusal(
              "attribute 'coordinate_transformation_mode' of " + sampling.coordinates());
    };
  }

  private float centred(int output) {
    return (output + 0.5f) / scale - 0.5f;
  }

  private float adjustment() {
    return outputs / (scale * inputs);
  }

  /** The input position of every output. */
  long[] nearest() throws Refusal {
    long[] positions = new long[outputs];
    for (int i = 0; i < outputs; i++) {
      positions[i] = clamp((long) rounded(coordinate(i)));
    }
    return positions;
  }

  private double rounded(double x) throws Refusal {
    return switch (sampling.rounding()) {
      case "floor" -> Math.floor(x);
      case "ceil" -> Math.ceil(x);
      case "round_prefer_floor" -> Math.ceil(x - 0.5);
      case "round_prefer_ceil" -> Math.floor(x + 0.5);
      default -> throw new Refusal("attribute 'nearest_mode' of " + sampling.rounding());
    };
  }

  private int clamp(long position) {
    return (int) Math.max(0, Math.min(inputs - 1, position));
  }

  /** Weights of every input for every output, row-major (outputs, inputs). */
  double[] weights() throws Refusal {
    // What makes an axis smaller takes in as much more of it where aliasing is to be avoided.
    double narrowed = sampling.antialias() ? Math.min(scale, 1) : 1;
    double reach = reach() / narrowed;
    double[] table = new double[Math.multiplyExact(outputs, inputs)];
    for (int i = 0; i < outputs; i++) {
      double x = coordinate(i);
      double sum = 0;
      for (long position = (long) Math.ceil(x - reach); position <= x + reach; position++) {
        boolean outside = position < 0 || position >= inputs;
        if (!outside || !sampling.excludeOutside()) {
          double weight = weight(Math.abs(position - x) * narrowed);
          table[i * inputs + clamp(position)] += weight;
          sum += weight;
        }
      }
      for (int j = 0; j < inputs; j++) {
        table[i * inputs + j] /= sum;
      }
    }
    return table;
  }

  /** How far away, in inputs, one still counts. */
  private int reach() throws Refusal {
    return switch (sampling.mode()) {
      case "linear" -> 1;
      case "cubic" -> 2;
      default -> throw new Refusal("attribute 'mode' of " + sampling.mode());
    };
  }

  /** What an input at that distance weighs: a hat, or Keys' cubic convolution kernel. */
  private double weight(double distance) {
    if (sampling.mode().equals("linear")) {
      return Math.max(0, 1 - distance);
    }
    double a = sampling.cubicA();
    if (distance <= 1) {
      return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
    }
    return distance < 2 ? ((a * distance - 5 * a) * distance + 8 * a) * distance - 4 * a : 0;
  }
}
