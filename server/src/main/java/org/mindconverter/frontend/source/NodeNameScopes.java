// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mindconverter.ir.Scope;

/**
 * Reads module paths out of the node names of torch's older exporter, such as {@code
 * /layer1/layer1.0/conv1/Conv}. Such a name repeats containers, and marks a further call of a
 * module with a number; names of parameters decide where that is ambiguous.
 *
 * <p>Ask in the order of the trace: what has been seen decides too.
 */
public final class NodeNameScopes {
  private static final Pattern NUMBERED = Pattern.compile("(.+)_[0-9]+");
  private static final int MOST_PARTS = 64;

  /** Every module that has a parameter somewhere below. */
  private final Set<String> modules = new HashSet<>();

  /** Modules with parameters by the path of their parent's parent and their own last part. */
  private final Map<String, Set<String>> grandchildren = new HashMap<>();

  private final Set<String> seen = new HashSet<>();
  private final Map<String, Scope> scopes = new HashMap<>();

  /**
   * A reader.
   *
   * @param parameters names of parameters and buffers
   */
  public NodeNameScopes(Collection<String> parameters) {
    for (String parameter : parameters) {
      int dot = parameter.lastIndexOf('.');
      while (dot > 0 && modules.add(parameter.substring(0, dot))) {
        index(parameter.substring(0, dot));
        dot = parameter.lastIndexOf('.', dot - 1);
      }
    }
  }

  private void index(String path) {
    int last = path.lastIndexOf('.');
    if (last > 0) {
      String parent = path.substring(0, last);
      String grandparent = parent.contains(".") ? parentOf(parent) : "";
      grandchildren
          .computeIfAbsent(grandparent + "/" + path.substring(last + 1), key -> new HashSet<>())
          .add(path);
    }
  }

  private static String parentOf(String path) {
    return path.substring(0, path.lastIndexOf('.'));
  }

  /** The scope of a node, or {@link Scope#NONE} when its name is not of that form. */
  public Scope read(String nodeName, String operator) {
    int last = nodeName.lastIndexOf('/');
    if (!nodeName.startsWith("/") || !nodeName.startsWith(operator, last + 1)) {
      return Scope.NONE;
    }
    String[] parts = nodeName.substring(1, Math.max(1, last)).split("/");
    if (parts.length > MOST_PARTS) {
      return Scope.NONE;
    }
    List<Scope.Module> path = new ArrayList<>();
    path.add(new Scope.Module("", ""));
    String at = "";
    for (String part : parts) {
      if (!part.isEmpty()) {
        at = step(at, part);
        path.add(new Scope.Module(at, ""));
        seen.add(at);
      }
    }
    String key = at;
    return scopes.computeIfAbsent(key, k -> new Scope(path, Optional.empty()));
  }

  /** The path of the module that the next part of a name means. */
  private String step(String parent, String part) {
    String plain = join(parent, part);
    String path = withoutRepeat(parent, part).filter(p -> !isOnly(plain, p)).orElse(plain);
    if (modules.contains(path)) {
      return path;
    }
    Matcher numbered = NUMBERED.matcher(path);
    if (numbered.matches()
        && (modules.contains(numbered.group(1)) || seen.contains(numbered.group(1)))) {
      return numbered.group(1);
    }
    // A container that is a dictionary leaves no trace in the name.
    Set<String> deeper = grandchildren.getOrDefault(parent + "/" + part, Set.of());
    return deeper.size() == 1 && !seen.contains(path) ? deeper.iterator().next() : path;
  }

  private boolean isOnly(String path, String other) {
    return modules.contains(path) && !modules.contains(other);
  }

  /** {@code layer.1.0} below {@code a.layer.1} is {@code a.layer.1.0}: its start is known. */
  private static Optional<String> withoutRepeat(String parent, String part) {
    for (int dot = part.lastIndexOf('.'); dot > 0; dot = part.lastIndexOf('.', dot - 1)) {
      if (("." + parent).endsWith("." + part.substring(0, dot))) {
        return Optional.of(parent + part.substring(dot));
      }
    }
    return Optional.empty();
  }

  private static String join(String parent, String part) {
    return parent.isEmpty() ? part : parent + "." + part;
  }
}
