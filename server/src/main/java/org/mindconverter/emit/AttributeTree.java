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
 * attribute; what the source kept in lists and in modules that were never called goes into {@code
 * nn.CellList} and into a {@link Group}, so that parameters keep their names.
 */
final class AttributeTree {
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,3}");

  private final Branch root = new Branch();

  /** Whether something is constructed at that path. */
  boolean has(List<String> path) {
    return find(path).flatMap(b -> b.constructor).isPresent();
  }

  /**
   * Whether nothing is at that path, nor above or below it, so that it can be constructed there. A
   * holder keeps numbers or names, as its first member says: what would mix them is not free.
   */
  boolean isFree(List<String> path) {
    Branch branch = root;
    for (String part : path) {
      boolean mixed =
          branch != root
              && !branch.children.isEmpty()
              && branch.isNumbered() != NUMBER.matcher(part).matches();
      if (branch.constructor.isPresent() || mixed) {
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
    Optional<Branch> holder = Optional.of(root);
    for (String part : path) {
      e =
          isIndex(part, holder)
              ? Py.index(e, Py.num(Long.parseLong(part)))
              : new PyExpr.Member(e, attribute(part));
      holder = holder.flatMap(b -> Optional.ofNullable(b.children.get(part)));
    }
    return e;
  }

  // What lies inside of a constructed cell is its own matter: there numbers are members of a list.
  private boolean isIndex(String part, Optional<Branch> holder) {
    return NUMBER.matcher(part).matches()
        && holder.map(b -> b != root && (b.constructor.isPresent() || b.isNumbered())).orElse(true);
  }

  /** Whether a part of a path is a place in a list. */
  static boolean isNumber(String part) {
    return NUMBER.matcher(part).matches();
  }

  /** A part of a path as an attribute's name. */
  static String attribute(String part) {
    return Identifiers.mangleAttribute(part, "layer");
  }

  /** The path as MindSpore names parameters below it. */
  String parameterPath(List<String> path) {
    List<String> parts = new ArrayList<>();
    Optional<Branch> holder = Optional.of(root);
    for (String part : path) {
      parts.add(isIndex(part, holder) ? part : attribute(part));
      holder = holder.flatMap(b -> Optional.ofNullable(b.children.get(part)));
    }
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
      return isNumbered() ? list() : group();
    }

    boolean isNumbered() {
      return children.keySet().stream().allMatch(name -> NUMBER.matcher(name).matches());
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

    private PyExpr group() {
      List<PyExpr.Argument> members = new ArrayList<>();
      children.forEach(
          (name, child) ->
              members.add(PyExpr.Argument.named(attribute(name), child.construction())));
      return new PyExpr.Call(Py.name(Group.NAME), members);
    }
  }
}
