// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.ir.Scope;

/**
 * Makes scopes of the metadata that torch's exporter leaves on nodes. Equal parts are shared, since
 * a large model repeats them on every node.
 */
public final class ScopeReader {
  /** Metadata key of the module paths, the last being the name of the call. */
  public static final String NAME_SCOPES = "pkg.torch.onnx.name_scopes";

  /** Metadata key of the modules' classes, the last being the target of the call. */
  public static final String CLASS_HIERARCHY = "pkg.torch.onnx.class_hierarchy";

  /** Metadata key of the call with its literal arguments. */
  public static final String FX_NODE = "pkg.torch.onnx.fx_node";

  /** Metadata key of the source lines that led to the call. */
  public static final String STACK_TRACE = "pkg.torch.onnx.stack_trace";

  /** The exporter's name for code that it hoisted out of every module. */
  private static final String HOISTED = "_empty_nn_module_stack_from_metadata_hook";

  /** Estimated overhead of a kept record with its texts and its place in a map. */
  private static final int OBJECTS = 256;

  private final Map<List<Scope.Module>, List<Scope.Module>> stacks = new HashMap<>();
  private final Map<Scope.Call, Optional<Scope.Call>> calls = new HashMap<>();
  private long heapBytes;

  /** The scope that a node's metadata tells, or {@link Scope#NONE}. */
  public Scope read(Map<String, String> metadata) {
    Optional<List<String>> names = strings(metadata, NAME_SCOPES);
    Optional<List<String>> classes = strings(metadata, CLASS_HIERARCHY);
    if (names.isEmpty() || classes.isEmpty() || names.get().isEmpty()) {
      return Scope.NONE;
    }
    int last = names.get().size() - 1;
    if (classes.get().size() != last + 1) {
      return Scope.NONE;
    }
    List<Scope.Module> modules =
        modules(names.get().subList(0, last), classes.get().subList(0, last));
    Scope.Call call =
        new Scope.Call(
            names.get().get(last),
            classes.get().get(last),
            metadata.getOrDefault(FX_NODE, ""),
            SourceVariables.of(metadata.getOrDefault(STACK_TRACE, ""), modules.size()));
    return new Scope(modules, calls.computeIfAbsent(call, this::kept));
  }

  private Optional<Scope.Call> kept(Scope.Call call) {
    heapBytes +=
        OBJECTS
            + call.name().length()
            + call.target().length()
            + call.literals().length()
            + call.variables().stream().mapToInt(String::length).sum();
    return Optional.of(call);
  }

  /** Heap, by estimate, of all scopes read so far. */
  public long heapBytes() {
    return heapBytes;
  }

  private static Optional<List<String>> strings(Map<String, String> metadata, String key) {
    return Optional.ofNullable(metadata.get(key)).flatMap(PythonStrings::parse);
  }

  private List<Scope.Module> modules(List<String> paths, List<String> classes) {
    List<Scope.Module> modules = new ArrayList<>();
    for (int i = 0; i < paths.size(); i++) {
      if (!paths.get(i).equals(HOISTED)) {
        modules.add(new Scope.Module(paths.get(i), classes.get(i)));
      }
    }
    if (modules.isEmpty() || !modules.get(0).path().isEmpty()) {
      modules.add(0, new Scope.Module("", ""));
    }
    List<Scope.Module> shared = List.copyOf(modules);
    return stacks.computeIfAbsent(shared, this::kept);
  }

  private List<Scope.Module> kept(List<Scope.Module> stack) {
    for (Scope.Module module : stack) {
      heapBytes += OBJECTS + module.path().length() + module.className().length();
    }
    return stack;
  }
}
