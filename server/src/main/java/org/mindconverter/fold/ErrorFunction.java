// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.fold;

/** The error function, to about the precision of a double. */
final class ErrorFunction {
  /** From here on, the function is 1 to the last bit. */
  private static final double SATURATION = 6;

  private ErrorFunction() {}

  /**
   * The series exp(-x²) · Σ 2ⁿ x²ⁿ⁺¹ / (1·3·…·(2n+1)), all of whose terms have one sign, so that
   * nothing cancels.
   */
  static double of(double x) {
    if (Math.abs(x) > SATURATION) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; Math.abs(term) > Math.ulp(sum) / 4; n++) {
      term *= 2 * x * x / (2 * n + 1);
      sum += term;
    }
    return 2 / Math.sqrt(Math.PI) * Math.exp(-x * x) * sum;
  }
}
