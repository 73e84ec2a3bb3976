// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.mindconverter.ir.Node;
import org.mindconverter.op.Lowered;
import org.mindconverter.op.References;
import org.mindconverter.op.Step;
import org.mindconverter.python.PyExpr;

/**
 * A node and how it will be written.
 *
 * @param index position in the graph; the mark of its expression in the script
 * @param refusal why it became a placeholder; empty when it was converted
 */
record LoweredNode(int index, Node node, Lowered lowered, Optional<String> refusal) {
  LoweredNode {
    Objects.requireNonNull(node);
    Objects.requireNonNull(lowered);
    Objects.requireNonNull(refusal);
  }

  /** The graph values that its code reads, in order. */
  Set<String> usedValues() {
    Set<String> used = new LinkedHashSet<>();
    forEachReference(
        reference -> {
          if (reference instanceof References.ValueRef v) {
            used.add(v.value());
          }
        });
    return used;
  }

  /** Visits every reference in its code, inside of cells' arguments too. */
  void forEachReference(Consumer<PyExpr.Reference> visitor) {
    rewritten(
        reference -> {
          visitor.accept(reference);
          return reference;
        });
  }

  /** Visits every reference in an expression, inside of cells' arguments too. */
  static void forEachReference(PyExpr e, Consumer<PyExpr.Reference> visitor) {
    References.rewritten(
        e,
        reference -> {
          visitor.accept(reference);
          return reference;
        });
  }

  /** The same with references replaced, inside of cells' arguments too. */
  LoweredNode rewritten(Function<PyExpr.Reference, PyExpr> replacement) {
    List<Step> steps = Step.rewritten(lowered.steps(), e -> References.rewritten(e, replacement));
    List<PyExpr> results =
        lowered.results().stream().map(r -> References.rewritten(r, replacement)).toList();
    return new LoweredNode(index, node, new Lowered(steps, results), refusal);
  }
}
