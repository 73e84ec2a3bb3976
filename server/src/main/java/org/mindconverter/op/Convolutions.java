// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** Convolutions and what belongs to them. */
final class Convolutions {
  private Convolutions() {}

  static void register(OperatorCatalog.Builder ops) {}
}
