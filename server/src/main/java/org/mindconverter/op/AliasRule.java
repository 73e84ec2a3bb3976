// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.OptionalInt;

/** An operator that hands an operand on unchanged in some cases: a cast to the same type, say. */
@FunctionalInterface
public interface AliasRule {
  /** The input that the first output is; nothing when the operator does something. */
  OptionalInt alias(NodeFacts node);
}
