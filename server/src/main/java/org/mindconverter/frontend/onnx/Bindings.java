// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.ir.Operand;

/** What the names in a graph stand for so far; an inner graph sees those around it too. */
final class Bindings {
  private final Optional<Bindings> outer;
  private final Map<String, Operand> operands = new HashMap<>();

  private Bindings(Optional<Bindings> outer) {
    this.outer = outer;
  }

  /** Those of a whole model. */
  static Bindings ofModel() {
    return new Bindings(Optional.empty());
  }

  /** Those of a graph inside of this one. */
  Bindings inner() {
    return new Bindings(Optional.of(this));
  }

  void put(String name, Operand operand) {
    operands.put(name, operand);
  }

  /** A value that a run computes or is given. */
  void putValue(String name) {
    operands.put(name, new Operand.Use(name));
  }

  Optional<Operand> find(String name) {
    Operand operand = operands.get(name);
    if (operand != null) {
      return Optional.of(operand);
    }
    return outer.flatMap(bindings -> bindings.find(name));
  }

  /** Whether the name is one of this graph itself. */
  boolean isOwn(String name) {
    return operands.containsKey(name);
  }
}
