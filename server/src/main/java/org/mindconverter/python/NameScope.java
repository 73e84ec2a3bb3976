// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names in use in one place; hands out new ones that collide with none. */
public final class NameScope {
  private final Set<String> used = new HashSet<>();
  private final Map<String, Integer> next = new HashMap<>();

  /** Takes the name as it is, for names that are fixed. */
  public void reserve(String name) {
    used.add(name);
  }

  /** Whether the name is in use. */
  public boolean contains(String name) {
    return used.contains(name);
  }

  /** That name, or with the smallest number behind it that makes it new. */
  public String fresh(String wanted) {
    if (used.add(wanted)) {
      return wanted;
    }
    int number = next.getOrDefault(wanted, 1);
    while (!used.add(wanted + "_" + number)) {
      number++;
    }
    next.put(wanted, number + 1);
    return wanted + "_" + number;
  }

  /** The same for classes, which are numbered from two on and without an underscore. */
  public String freshClass(String wanted) {
    String name = wanted;
    for (int number = 2; !used.add(name); number++) {
      name = wanted + number;
    }
    return name;
  }
}
