// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.mindconverter.ir.OpId;
import org.mindconverter.op.Operator;
import org.mindconverter.op.OperatorCatalog;

/** A catalog as its users see it. */
final class SupportedOperators {
  private SupportedOperators() {}

  static List<SupportedOperator> of(OperatorCatalog catalog) {
    SortedMap<OpId, List<Integer>> generations = new TreeMap<>();
    for (Operator operator : catalog.all()) {
      if (!operator.id().domain().equals(OpId.INTERNAL)) {
        generations.computeIfAbsent(operator.id(), id -> new ArrayList<>()).add(operator.since());
      }
    }
    List<SupportedOperator> supported = new ArrayList<>();
    generations.forEach(
        (id, since) -> supported.add(new SupportedOperator(id.domain(), id.type(), since)));
    return supported;
  }
}
