// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** {@code mindconverter::Weight(w)}: a parameter as a value, to be handed to an inner module. */
final class WeightRead {
  private WeightRead() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.internal("Weight")
        .infer(TypeRules::sameAsFirst)
        .since(1)
        .lower(node -> Lowered.of(node.value(0)));
  }
}
