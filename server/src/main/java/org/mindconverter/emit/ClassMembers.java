// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.Cell;
import org.mindconverter.op.References;
import org.mindconverter.python.ExpressionText;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.NameScope;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/** What one class keeps: cells, parameters of its own, and constants, each under one name. */
final class ClassMembers {
  private final ModuleCall owner;
  private final SourceNames names;
  private final AttributeTree cells = new AttributeTree();
  private final NameScope attributes = new NameScope();
  private final Map<String, Placed> placed = new LinkedHashMap<>();
  private final List<ParameterEntry> parameters = new ArrayList<>();
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Map<String, String> constantNames = new LinkedHashMap<>();
  private final Map<String, PyExpr> ownWeights = new LinkedHashMap<>();
  private final List<PyStmt> tail = new ArrayList<>();

  ClassMembers(ModuleCall owner, SourceNames names) {
    this.owner = owner;
    this.names = names;
    CellAttributes.RESERVED.forEach(attributes::reserve);
    owner.items().forEach(this::reserveSourceNames);
  }

  // Names that the source gives are taken before any name is made up.
  private void reserveSourceNames(ModuleCall.Item item) {
    if (item instanceof ModuleCall.SubCall sub) {
      reserve(sub.call().path() + ".");
      sub.call().items().forEach(this::reserveSourceNames);
      return;
    }
    ((ModuleCall.Operation) item)
        .node()
        .forEachReference(
            r -> {
              if (r instanceof References.CellCall c) {
                c.cell().parameters().forEach(p -> names.of(p.value()).forEach(this::reserve));
              }
            });
  }

  private void reserve(String path) {
    if (owner.contains(path)) {
      String head = split(owner.relative(path)).get(0);
      attributes.reserve(AttributeTree.attribute(head));
    }
  }

  static List<String> split(String path) {
    return Arrays.asList(path.split("\\.", -1));
  }

  /** Parameters, in the order of their attributes. */
  List<ParameterEntry> parameters() {
    return parameters;
  }

  /** The constructors of all kept cells, those inside of others included, by their paths. */
  Map<String, String> parts() {
    return parts;
  }

  /** Statements that set everything up. */
  List<PyStmt> statements() {
    List<PyStmt> statements = new ArrayList<>(cells.statements());
    statements.addAll(tail);
    return statements;
  }

  /**
   * Keeps a module under its path in the source.
   *
   * @return the expression that reads it; nothing when something else is kept there
   */
  Optional<Kept> keep(String sourcePath, ModuleForm form) {
    List<String> path = split(owner.relative(sourcePath));
    Optional<Kept> kept = keep(path, form.constructor(), form.parameters(), form.marks());
    String key = String.join(".", path);
    if (kept.isPresent()) {
      form.parts().forEach((inner, text) -> parts.put(key + "." + inner, text));
    }
    return kept;
  }

  /** The same for a cell of one node. */
  Optional<Kept> keep(List<String> path, Cell cell, int mark) {
    return keep(
        path,
        new PyExpr.Marked(mark, cell.constructor()),
        ModuleForms.parametersOf(cell),
        List.of(mark));
  }

  private Optional<Kept> keep(
      List<String> path, PyExpr constructor, List<ParameterEntry> own, List<Integer> marks) {
    String key = String.join(".", path);
    String parameterPath = cells.parameterPath(path);
    List<ParameterEntry> entries = own.stream().map(p -> p.below(parameterPath)).toList();
    Placed before = placed.get(key);
    if (before != null) {
      boolean same = before.text.equals(text(constructor)) && before.entries.equals(entries);
      return same
          ? Optional.of(new Kept(cells.reference(path), marks, before.marks))
          : Optional.empty();
    }
    if (cells.isFree(path)) {
      cells.add(path, constructor);
      placed.put(key, new Placed(text(constructor), entries, marks));
      parts.put(key, text(constructor));
      parameters.addAll(entries);
      return Optional.of(new Kept(cells.reference(path), List.of(), List.of()));
    }
    // Part of a module that is kept as a whole: it can be read if that whole holds the same, made
    // by the same constructor. Another call of it may have become another class.
    boolean inside =
        !entries.isEmpty()
            && parameters.containsAll(entries)
            && text(constructor).equals(parts.get(key));
    return inside
        ? Optional.of(new Kept(cells.reference(path), List.of(), List.of()))
        : Optional.empty();
  }

  private static String text(PyExpr constructor) {
    return ExpressionText.flat(constructor);
  }

  /** Keeps a cell under a made-up name. */
  PyExpr keepAnonymous(Cell cell, int mark) {
    List<String> path = List.of(attributes.fresh(Identifiers.mangle(cell.hint(), "cell")));
    return keep(path, cell, mark).orElseThrow().expression();
  }

  /** A constant: text where it is short, else a parameter that is not trained. */
  PyExpr constant(Tensor tensor) {
    String key = tensor.name() + "/" + System.identityHashCode(tensor.data());
    String known = constantNames.get(key);
    if (known != null) {
      return new PyExpr.Member(Py.name("self"), known);
    }
    String last = tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
    String hint = last.matches("(val|const|constant|onnx|tensor)?[_:]*\\d*") ? "constant" : last;
    String name = attributes.fresh(Identifiers.mangle(hint, "constant"));
    constantNames.put(key, name);
    PyExpr attribute = new PyExpr.Member(Py.name("self"), name);
    if (TensorLiterals.fitsInText(tensor)) {
      tail.add(PyStmt.Assign.of(attribute, TensorLiterals.tensor(tensor)));
    } else {
      WeightExpression weight = WeightExpression.of(tensor);
      tail.add(
          PyStmt.Assign.of(
              attribute, TensorLiterals.parameter(weight).with("requires_grad", Py.bool(false))));
      parameters.add(new ParameterEntry(name, weight, false));
    }
    return attribute;
  }

  /**
   * A parameter that code reads in the open: the one inside of a kept cell where there is one, else
   * one of the class's own. Asked for when all cells are kept.
   */
  PyExpr weight(Tensor base) {
    return ownWeights.computeIfAbsent(base.name(), n -> inCell(base).orElseGet(() -> own(base)));
  }

  private Optional<PyExpr> inCell(Tensor base) {
    for (ParameterEntry entry : parameters) {
      if (entry.value() instanceof WeightExpression.Base b
          && b.tensor().name().equals(base.name())) {
        return Optional.of(cells.reference(split(entry.name())));
      }
    }
    return Optional.empty();
  }

  private PyExpr own(Tensor base) {
    List<String> known = names.of(base);
    String path =
        known.stream().filter(owner::contains).findFirst().map(owner::relative).orElse("");
    String last = base.name().substring(base.name().lastIndexOf('.') + 1);
    String hint = path.isEmpty() ? last : path;
    String name = attributes.fresh(Identifiers.mangleAttribute(hint, "weight"));
    WeightExpression weight = WeightExpression.of(base);
    PyExpr.Call made = TensorLiterals.parameter(weight);
    String parameterName = name;
    // Below the root MindSpore names a parameter by its attribute, whatever name it was given.
    boolean root = owner.path().isEmpty();
    if (root && path.contains(".") && parameters.stream().noneMatch(p -> p.name().equals(path))) {
      made = made.with("name", Py.text(path));
      parameterName = path;
    }
    boolean trained = names.isTrained(base);
    if (!trained) {
      made = made.with("requires_grad", Py.bool(false));
    }
    tail.add(PyStmt.Assign.of(new PyExpr.Member(Py.name("self"), name), made));
    parameters.add(new ParameterEntry(parameterName, weight, trained));
    return new PyExpr.Member(Py.name("self"), name);
  }

  /** The expression that reads a parameter of the class, for tying. */
  PyExpr parameterReference(String name) {
    return cells.reference(split(name));
  }

  /**
   * A kept cell.
   *
   * @param marks marks that are not in the text because an equal cell stands there
   * @param sameAs the marks of that cell
   */
  record Kept(PyExpr expression, List<Integer> marks, List<Integer> sameAs) {}

  private record Placed(String text, List<ParameterEntry> entries, List<Integer> marks) {}
}
