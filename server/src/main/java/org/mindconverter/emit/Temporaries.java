// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.mindconverter.op.Lowered;
import org.mindconverter.op.References;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * The intermediate results of one node and their variables. A result that nothing reads any more
 * leaves its variable to the next one of its kind.
 */
final class Temporaries {
  /** What is written where nobody reads a result. */
  static final String UNREAD = "_";

  private static final int END = Integer.MAX_VALUE;

  private final Locals locals;
  private final Map<References.Temporary, String> variables = new LinkedHashMap<>();
  private final Map<References.Temporary, Integer> reads = new HashMap<>();
  private final Map<References.Temporary, Integer> lastReads = new HashMap<>();

  Temporaries(LoweredNode node, Locals locals) {
    this.locals = locals;
    List<Lowered.Step> steps = node.lowered().steps();
    for (int i = 0; i < steps.size(); i++) {
      noteReads(steps.get(i).value(), i);
    }
    node.lowered().results().forEach(result -> noteReads(result, END));
  }

  private void noteReads(PyExpr value, int step) {
    LoweredNode.forEachReference(
        value,
        reference -> {
          if (reference instanceof References.Temporary temporary) {
            reads.merge(temporary, 1, Integer::sum);
            lastReads.merge(temporary, step, Math::max);
          }
        });
  }

  /** How often the node's code reads it. */
  int reads(References.Temporary temporary) {
    return reads.getOrDefault(temporary, 0);
  }

  /** Keeps it in that variable. */
  void keep(References.Temporary temporary, String variable) {
    variables.put(temporary, variable);
  }

  /** A variable for what that step makes, which may read what the variable held before. */
  String variable(References.Temporary temporary, int step) {
    return variables.entrySet().stream()
        .filter(other -> other.getKey().hint().equals(temporary.hint()))
        .map(Map.Entry::getValue)
        .filter(variable -> !variable.equals(UNREAD) && isFree(variable, step))
        .findFirst()
        .orElseGet(() -> locals.temporary(temporary.hint()));
  }

  private boolean isFree(String variable, int step) {
    return variables.entrySet().stream()
        .filter(kept -> kept.getValue().equals(variable))
        .allMatch(kept -> lastReads.getOrDefault(kept.getKey(), step) <= step);
  }

  /** The variable that it is in. */
  PyExpr of(References.Temporary temporary) {
    return Py.name(variables.get(temporary));
  }
}
