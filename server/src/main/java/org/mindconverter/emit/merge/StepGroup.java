// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Steps in a row that are there, or absent, together: they stand under one condition. */
final class StepGroup {
  private StepGroup() {}

  /** Where the group that starts at a step ends. */
  static int end(ClassTemplate template, int start) {
    List<ClassTemplate.Step> steps = template.steps();
    Set<Integer> absentIn = steps.get(start).absentIn();
    int end = start + 1;
    while (!absentIn.isEmpty()
        && end < steps.size()
        && steps.get(end).absentIn().equals(absentIn)) {
      end++;
    }
    return end;
  }

  /** The value from in front of the group that stands for what an optional step makes. */
  static int outside(ClassTemplate template, int start, int index) {
    Map<Integer, Integer> inside = new HashMap<>();
    for (int i = start; i < index; i++) {
      ClassTemplate.Step step = template.steps().get(i);
      inside.put(step.targets().get(0), step.fallback().orElseThrow());
    }
    int value = template.steps().get(index).fallback().orElseThrow();
    while (inside.containsKey(value)) {
      value = inside.get(value);
    }
    return value;
  }
}
