// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * The attributes of one class by their dotted paths in the source. A path of one part is an
 * attribute; what the source kept in lists and dictionaries goes into {@code nn.CellList} and
 * {@code nn.CellDict}, so that parameters keep their names.
 */
final class AttributeTree {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,3}");

  private final Branch root = new Branch();

  /** Whether something is constructed at that path. */
  boolean has(List<String> path) {
    return find(path).flatMap(b -> b.constructor).isPresent();
  }

  /**
   * Whether nothing is at that path, nor above or below it, so that it can be constructed there.
   */
  boolean isFree(List<String> path) {
    Branch branch = root;
    for (String part : path) {
      if (branch.constructor.isPresent()) {
        return false;
      }
      if (!branch.children.containsKey(part)) {
        return true;
      }
      branch = branch.children.get(part);
    }
    return false;
  }

  /** Constructs at that free path. */
  void add(List<String> path, PyExpr constructor) {
    Branch branch = root;
    for (String part : path) {
      branch = branch.children.computeIfAbsent(part, p -> new Branch());
    }
    branch.constructor = Optional.of(constructor);
  }

  private Optional<Branch> find(List<String> path) {
    Branch branch = root;
    for (String part : path) {
      branch = branch.children.get(part);
      if (branch == null) {
        return Optional.empty();
      }
    }
    return Optional.of(branch);
  }

  /**
   * The expression that reads the attribute at that path, which may lead through constructed cells:
   * numbers index, names are members.
   */
  PyExpr reference(List<String> path) {
    PyExpr e = Py.name("self");
    Branch branch = root;
    boolean inside = false;
    for (int i = 0; i < path.size(); i++) {
      String part = path.get(i);
      boolean holder = i > 0 && !inside;
      if (NUMBER.matcher(part).matches() && i > 0) {
        e = Py.index(e, Py.num(Long.parseLong(part)));
      } else if (holder) {
        e = Py.index(e, Py.text(part));
      } else {
        e = new PyExpr.Member(e, attribute(part));
      }
      branch = branch.children.getOrDefault(part, new Branch());
      inside = inside || branch.constructor.isPresent();
    }
    return e;
  }

  /** A part of a path as an attribute's name. */
  static String attribute(String part) {
    return Identifiers.mangleAttribute(part, "layer");
  }

  /** The path as MindSpore will name parameters below it. */
  static String parameterPath(List<String> path) {
    List<String> parts = new ArrayList<>(path);
    parts.set(0, attribute(parts.get(0)));
    return String.join(".", parts);
  }

  /** The statements that set the attributes. */
  List<PyStmt> statements() {
    List<PyStmt> statements = new ArrayList<>();
    root.children.forEach(
        (name, branch) ->
            statements.add(
                PyStmt.Assign.of(
                    new PyExpr.Member(Py.name("self"), attribute(name)), branch.construction())));
    return statements;
  }

  private static final class Branch {
    private final Map<String, Branch> children = new LinkedHashMap<>();
    private Optional<PyExpr> constructor = Optional.empty();

    PyExpr construction() {
      return constructor.orElseGet(this::holder);
    }

    private PyExpr holder() {
      boolean numbered =
          children.keySet().stream().allMatch(name -> NUMBER.matcher(name).matches());
      return numbered ? list() : dictionary();
    }

    private PyExpr list() {
      int last = children.keySet().stream().mapToInt(Integer::parseInt).max().orElseThrow();
      List<PyExpr> members = new ArrayList<>();
      for (int i = 0; i <= last; i++) {
        Branch child = children.get(Integer.toString(i));
        members.add(child == null ? Py.call("nn.Identity") : child.construction());
      }
      return Py.call("nn.CellList", Py.list(members));
    }

    private PyExpr dictionary() {
      List<PyExpr.Dict.Entry> entries = new ArrayList<>();
      children.forEach(
          (name, child) -> entries.add(new PyExpr.Dict.Entry(Py.text(name), child.construction())));
      return Py.call("nn.CellDict", new PyExpr.Dict(entries));
    }
  }
}
