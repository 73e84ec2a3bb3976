// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

/** How MindSpore says an operator. */
@FunctionalInterface
public interface Lowering {
  /**
   * The operator's results. Whatever attribute or operand it does not read through the node makes
   * the framework refuse the mapping: nothing is dropped in silence.
   *
   * @throws Refusal this case cannot be said
   */
  Lowered lower(NodeReading node) throws Refusal;
}
