// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;

/**
 * One call of a module of the source: the work done between entering its forward and leaving it.
 */
final class ModuleCall {
  private final String path;
  private final String className;
  private final List<Item> items = new ArrayList<>();

  /**
   * A call without work yet.
   *
   * @param path dotted, from the root; empty for the root
   * @param className fully qualified; empty when not known
   */
  ModuleCall(String path, String className) {
    this.path = path;
    this.className = className;
  }

  String path() {
    return path;
  }

  String className() {
    return className;
  }

  /** The last part of the class name; empty when not known. */
  String simpleClassName() {
    return className.substring(className.lastIndexOf('.') + 1);
  }

  /** Its work, in order. */
  List<Item> items() {
    return items;
  }

  /** Position of its first node. */
  int first() {
    Item item = items.get(0);
    return item instanceof Operation o ? o.node().index() : ((SubCall) item).call().first();
  }

  /** Position of its last node. */
  int last() {
    Item item = items.get(items.size() - 1);
    return item instanceof Operation o ? o.node().index() : ((SubCall) item).call().last();
  }

  /** Its nodes, those of inner calls included, in order. */
  List<LoweredNode> nodes() {
    List<LoweredNode> nodes = new ArrayList<>();
    for (Item item : items) {
      if (item instanceof Operation o) {
        nodes.add(o.node());
      } else {
        nodes.addAll(((SubCall) item).call().nodes());
      }
    }
    return nodes;
  }

  boolean isLeaf() {
    return items.stream().allMatch(i -> i instanceof Operation);
  }

  /** That path as seen from this module: what remains behind its own. */
  String relative(String other) {
    return path.isEmpty() ? other : other.substring(path.length() + 1);
  }

  /** Whether that path lies inside of this module. */
  boolean contains(String other) {
    return path.isEmpty() || other.startsWith(path + ".");
  }

  /** A piece of work. */
  sealed interface Item {}

  /** A node of its own. */
  record Operation(LoweredNode node) implements Item {}

  /** A call of a module inside of it. */
  record SubCall(ModuleCall call) implements Item {}
}
