// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.mindconverter.ir.Scope;

/**
 * Recovers the source's calls from the scopes of its nodes. The model's order is the order of the
 * source's trace, so a call is a run of nodes whose scopes share a path: one walk with a stack of
 * open calls finds them, and each is a convex piece of the graph.
 */
final class ModuleTree {
  private final Deque<ModuleCall> open = new ArrayDeque<>();
  private Optional<Scope.Call> lastCall = Optional.empty();

  private ModuleTree() {}

  /** The root's call, which holds all nodes. */
  static ModuleCall of(List<LoweredNode> nodes, String rootClass) {
    ModuleTree tree = new ModuleTree();
    ModuleCall root = new ModuleCall("", rootClass);
    tree.open.push(root);
    nodes.forEach(tree::add);
    return root;
  }

  private void add(LoweredNode node) {
    Scope scope = node.node().scope();
    enter(scope);
    ModuleCall current = open.element();
    current.items().add(new ModuleCall.Operation(node));
    lastCall = scope.call();
  }

  private void enter(Scope scope) {
    Deque<ModuleCall> shared = new ArrayDeque<>();
    Iterator<ModuleCall> opened = open.descendingIterator();
    shared.push(opened.next());
    Iterator<Scope.Module> wanted = belowRoot(scope).iterator();
    while (wanted.hasNext() && opened.hasNext()) {
      ModuleCall call = opened.next();
      Scope.Module module = wanted.next();
      boolean again =
          !call.path().equals(module.path()) || (!wanted.hasNext() && isRecall(call, scope));
      if (again) {
        open(shared, module);
        break;
      }
      shared.push(call);
    }
    wanted.forEachRemaining(module -> open(shared, module));
    open.clear();
    open.addAll(shared);
  }

  private static boolean isOf(Scope.Call call, LoweredNode node) {
    return node.node().scope().call().filter(c -> c.name().equals(call.name())).isPresent();
  }

  private static List<Scope.Module> belowRoot(Scope scope) {
    return scope.modules().stream().filter(m -> !m.path().isEmpty()).toList();
  }

  private static void open(Deque<ModuleCall> stack, Scope.Module module) {
    ModuleCall call = new ModuleCall(module.path(), module.className());
    stack.element().items().add(new ModuleCall.SubCall(call));
    stack.push(call);
  }

  // Most layers of the framework make one framework call per forward: when nothing else happened in
  // one, the same call under another name directly behind it is the layer called again. A wrong
  // guess costs beauty, never truth.
  private boolean isRecall(ModuleCall call, Scope scope) {
    if (!call.className().startsWith("torch.nn.modules.") || !call.isLeaf()) {
      return false;
    }
    return lastCall.isPresent()
        && scope.call().isPresent()
        && !lastCall.get().name().equals(scope.call().get().name())
        && lastCall.get().target().equals(scope.call().get().target())
        && call.nodes().stream().allMatch(n -> isOf(lastCall.get(), n));
  }
}
