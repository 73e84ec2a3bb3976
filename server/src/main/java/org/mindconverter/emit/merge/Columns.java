// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.mindconverter.python.PyExpr;

/** The literals at each {@link Hole}, by instance; instances without the place have none. */
final class Columns {
  private final List<Map<Integer, PyExpr>> columns = new ArrayList<>();

  Columns() {}

  Columns(Columns other) {
    other.columns.forEach(column -> columns.add(new TreeMap<>(column)));
  }

  int count() {
    return columns.size();
  }

  /** A new hole: what all earlier instances had there, and what the instance has. */
  Hole open(PyExpr earlier, PyExpr now, int instance, Set<Integer> absent) {
    Map<Integer, PyExpr> column = new TreeMap<>();
    for (int i = 0; i < instance; i++) {
      if (!absent.contains(i)) {
        column.put(i, earlier);
      }
    }
    column.put(instance, now);
    columns.add(column);
    return new Hole(columns.size() - 1);
  }

  /** One more instance's literal. */
  void put(Hole hole, int instance, PyExpr literal) {
    columns.get(hole.id()).put(instance, literal);
  }

  Map<Integer, PyExpr> of(Hole hole) {
    return columns.get(hole.id());
  }
}
