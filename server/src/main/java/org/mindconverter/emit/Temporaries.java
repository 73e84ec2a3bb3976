// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.mindconverter.op.References;
import org.mindconverter.op.Step;
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
    noteReads(node.lowered().steps(), 0);
    node.lowered().results().forEach(result -> noteReads(result, END));
  }

  // Steps count from the first to the last, those inside of one behind it.
  private int noteReads(List<Step> steps, int first) {
    int next = first;
    for (Step step : steps) {
      int place = next++;
      step.expressions().forEach(e -> noteReads(e, place));
      for (List<Step> block : step.blocks()) {
        next = noteReads(block, next);
      }
      if (step instanceof Step.ForEach || step instanceof Step.While) {
        keepThroughLoop(step, next);
      }
    }
    return next;
  }

  // The next round reads what was made before the loop once more.
  private void keepThroughLoop(Step loop, int end) {
    loop.targets().forEach(target -> lastReads.merge(target, end, Math::max));
    Set<References.Temporary> made = new HashSet<>(loop.targets());
    readBeforeMade(loop, made).forEach(read -> lastReads.merge(read, end, Math::max));
  }

  private static Set<References.Temporary> readBeforeMade(
      Step step, Set<References.Temporary> made) {
    Set<References.Temporary> read = new HashSet<>();
    Consumer<PyExpr.Reference> collect =
        reference -> {
          if (reference instanceof References.Temporary t && !made.contains(t)) {
            read.add(t);
          }
        };
    step.expressions().forEach(e -> LoweredNode.forEachReference(e, collect));
    for (List<Step> block : step.blocks()) {
      for (Step inner : block) {
        read.addAll(readBeforeMade(inner, made));
      }
    }
    made.addAll(step.targets());
    return read;
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

  /** Whether it has a variable already. */
  boolean isKept(References.Temporary temporary) {
    return variables.containsKey(temporary);
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
