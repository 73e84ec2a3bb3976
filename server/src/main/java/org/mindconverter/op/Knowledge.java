// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;

/** What is known about values at the place of a node. */
public interface Knowledge {
  /** What is known of an operand; UNKNOWN for an absent one. */
  ValueType valueType(Operand operand);

  /** Type of a tensor; UNKNOWN for what is none, and for an absent operand. */
  default TensorType type(Operand operand) {
    return valueType(operand) instanceof TensorType tensor ? tensor : TensorType.UNKNOWN;
  }

  /** Elements of a value of shape arithmetic, where they are known as dimensions. */
  Optional<List<Dim>> contents(String value);

  /** Symbols that stand for sizes of the network's inputs; none where they are not known. */
  default Set<String> sizesOfInputs() {
    return Set.of();
  }
}
