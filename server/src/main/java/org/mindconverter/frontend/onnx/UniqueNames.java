// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Hands out names, none twice. */
final class UniqueNames {
  private final Set<String> taken = new HashSet<>();
  private final Map<String, Integer> next = new HashMap<>();

  /** The name itself, or with a number behind it when it is taken. */
  String claim(String wanted) {
    if (taken.add(wanted)) {
      return wanted;
    }
    int number = next.getOrDefault(wanted, 2);
    while (!taken.add(wanted + "_" + number)) {
      number++;
    }
    next.put(wanted, number + 1);
    return wanted + "_" + number;
  }
}
