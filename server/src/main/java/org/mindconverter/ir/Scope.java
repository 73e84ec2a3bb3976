// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where in the source's module tree a node came from, as far as its exporter says.
 *
 * @param modules from the root module (path empty) down to the one whose forward made the node;
 *     empty when the exporter left no trace
 * @param call the framework call inside of that forward
 */
public record Scope(List<Module> modules, Optional<Call> call) {
  /** Nothing is known. */
  public static final Scope NONE = new Scope(List.of(), Optional.empty());

  /** Copies. */
  public Scope {
    modules = List.copyOf(modules);
    Objects.requireNonNull(call);
  }

  /** Path of the innermost module; empty for the root, or when nothing is known. */
  public String path() {
    return modules.isEmpty() ? "" : modules.get(modules.size() - 1).path();
  }

  /**
   * What the source calls the result of this node's work in the module of that path; empty when it
   * does not say.
   */
  public List<String> variables(String modulePath) {
    for (int i = modules.size() - 1; i >= 0; i--) {
      boolean known = call.isPresent() && i < call.get().variables().size();
      if (known && modules.get(i).path().equals(modulePath)) {
        String names = call.get().variables().get(i);
        return names.isEmpty() ? List.of() : List.of(names.split(",", -1));
      }
    }
    return List.of();
  }

  /**
   * A module on the way.
   *
   * @param path dotted, from the root; empty for the root itself
   * @param className fully qualified; empty when not known
   */
  public record Module(String path, String className) {
    /** Neither is null. */
    public Module {
      Objects.requireNonNull(path);
      Objects.requireNonNull(className);
    }
  }

  /**
   * One call of the framework, which may have become several nodes.
   *
   * @param name unique in the source's trace, such as {@code scaled_dot_product_attention_2}
   * @param target such as {@code aten.scaled_dot_product_attention.default}
   * @param literals the call with its literal arguments, as the exporter wrote it; may be empty
   * @param variables what each module on the way calls its result, several names with commas
   *     between; empty texts where nothing is known. Hints for names only
   */
  public record Call(String name, String target, String literals, List<String> variables) {
    /** Copies; none is null. */
    public Call {
      Objects.requireNonNull(name);
      Objects.requireNonNull(target);
      Objects.requireNonNull(literals);
      variables = List.copyOf(variables);
    }
  }
}
