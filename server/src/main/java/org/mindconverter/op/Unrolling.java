// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * When MindSpore's graphs repeat the code of a loop for every round: whenever the number of rounds
 * is known as the graph is made.
 */
final class Unrolling {
  /** So many rounds are worth the compilation. */
  static final long MOST_ROUNDS = 64;

  private Unrolling() {}

  /** A number of rounds that MindSpore takes for one that a run tells. */
  static PyExpr prevented(PyExpr count) {
    return Py.call("ms.mutable", count);
  }
}
