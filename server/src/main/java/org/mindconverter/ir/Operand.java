// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.Objects;

/** What a node reads at one of its inputs. */
public sealed interface Operand {
  /** A value that a run computes or is given. */
  record Use(String value) implements Operand {
    /** Never empty: an omitted input is {@link Absent}. */
    public Use {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("a value has a name");
      }
    }
  }

  /** A value that is known now and is not a parameter: literals, tables, folded results. */
  record Constant(Tensor tensor) implements Operand {
    /** Never null. */
    public Constant {
      Objects.requireNonNull(tensor);
    }
  }

  /**
   * A parameter or buffer, perhaps laid out anew. Its bytes are not read before they are written.
   */
  record Weight(WeightExpression expression) implements Operand {
    /** Never null. */
    public Weight {
      Objects.requireNonNull(expression);
    }
  }

  /** An optional input that was left out. */
  record Absent() implements Operand {}
}
