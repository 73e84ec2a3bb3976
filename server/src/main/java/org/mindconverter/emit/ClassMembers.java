// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
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
  private static final Pattern MADE_UP =
      Pattern.compile("(val|const|constant|onnx|tensor)?[_:]*\\d*");

  private final ModuleCall owner;
  private final SourceNames names;
  private final AttributeTree cells = new AttributeTree();
  private final NameScope attributes = new NameScope();
  // Names of parameters that the source keeps in the class itself.
  private final Set<String> reservedForParameters = new HashSet<>();
  private final Map<String, Placed> placed = new LinkedHashMap<>();
  private final List<ParameterEntry> parameters = new ArrayList<>();
  private final Map<String, String> parts = new LinkedHashMap<>();
  private final Map<String, String> constantNames = new LinkedHashMap<>();
  private final Map<String, PyExpr> ownWeights = new LinkedHashMap<>();
  private final List<PyStmt> tail = new ArrayList<>();
  private Optional<String> base = Optional.empty();

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
              if (r instanceof References.WeightRef w) {
                w.weight().bases().forEach(base -> names.of(base).forEach(this::reserve));
              }
            });
  }

  private void reserve(String path) {
    if (owner.contains(path)) {
      List<String> parts = split(owner.relative(path));
      String head = AttributeTree.attribute(parts.get(0));
      if (parts.size() == 1 && !attributes.contains(head)) {
        reservedForParameters.add(head);
      }
      attributes.reserve(head);
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

  /**
   * Makes the class a kind of that cell, where its parameters are the class's own in the source.
   *
   * @return the expression that reads the cell
   */
  Optional<PyExpr> inherit(Cell cell, int mark) {
    String attribute = Inheritance.attribute(Identifiers.mangle(cell.hint(), "cell"));
    boolean possible =
        !owner.path().isEmpty()
            && base.isEmpty()
            && !attributes.contains(attribute)
            && !cell.parameters().isEmpty()
            && cell.parameters().stream().allMatch(p -> isOwn(p.value()) && keepsSizes(p.value()));
    List<ParameterEntry> entries = ModuleForms.parametersOf(cell);
    if (!possible || entries.stream().anyMatch(e -> !cells.isFree(List.of(e.name())))) {
      return Optional.empty();
    }
    base = Optional.of(cell.type());
    attributes.reserve(attribute);
    entries.forEach(e -> attributes.reserve(e.name()));
    cells.add(List.of(attribute), new PyExpr.Marked(mark, cell.constructor()));
    parameters.addAll(entries);
    return Optional.of(new PyExpr.Member(Py.name("self"), attribute));
  }

  private boolean isOwn(WeightExpression weight) {
    return names.of(weight).stream()
        .anyMatch(name -> owner.contains(name) && !owner.relative(name).contains("."));
  }

  // What is laid out anew in more than the order of its axes is of another layer than the source's.
  private static boolean keepsSizes(WeightExpression weight) {
    return sizes(weight.dims()).equals(sizes(weight.bases().get(0).dims()));
  }

  private static List<Long> sizes(List<Long> dims) {
    return dims.stream().filter(size -> size != 1).sorted().toList();
  }

  /** The type of the cell that the class is a kind of; none for a class of its own. */
  Optional<String> base() {
    return base;
  }

  /** Where the source keeps the layer whose weight this cell has. */
  Optional<List<String>> cellPath(Cell cell) {
    if (cell.parameters().isEmpty()) {
      return Optional.empty();
    }
    WeightExpression weight = cell.parameters().get(0).value();
    return names.of(weight).stream()
        .filter(owner::contains)
        .map(name -> split(owner.relative(name)))
        .filter(path -> path.size() > 1)
        .map(path -> path.subList(0, path.size() - 1))
        .findFirst();
  }

  /** Keeps a cell under a made-up name. */
  PyExpr keepAnonymous(Cell cell, int mark) {
    List<String> path = List.of(attributes.fresh(Identifiers.mangle(cell.hint(), "cell")));
    return keep(path, cell, mark).orElseThrow().expression();
  }

  /** A constant: text where it is short, else a parameter that is not trained. */
  PyExpr constant(Tensor tensor) {
    if (isNamedHere(tensor) && !TensorLiterals.fitsInText(tensor)) {
      return ownWeights.computeIfAbsent(
          tensor.name(), n -> inCell(tensor).orElseGet(() -> own(tensor, false)));
    }
    String key = tensor.name() + "/" + System.identityHashCode(tensor.data());
    String known = constantNames.get(key);
    if (known != null) {
      return new PyExpr.Member(Py.name("self"), known);
    }
    String last = tensor.name().substring(tensor.name().lastIndexOf('.') + 1);
    String hint = MADE_UP.matcher(last).matches() ? "constant" : withoutNumber(last);
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

  private boolean isNamedHere(Tensor tensor) {
    return !owner.path().isEmpty() && names.of(tensor).stream().anyMatch(owner::contains);
  }

  // Exporters number what they compute: that must not tell equal classes apart.
  private static String withoutNumber(String name) {
    String plain = name.replaceFirst("_\\d+$", "");
    return plain.isEmpty() ? name : plain;
  }

  /**
   * A parameter that code reads in the open: the one inside of a kept cell where there is one, else
   * one of the class's own. Asked for when all cells are kept.
   */
  PyExpr weight(Tensor base) {
    return ownWeights.computeIfAbsent(
        base.name(), n -> inCell(base).orElseGet(() -> own(base, names.isTrained(base))));
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

  private PyExpr own(Tensor base, boolean trained) {
    List<String> known = names.of(base);
    String path =
        known.stream().filter(owner::contains).findFirst().map(owner::relative).orElse("");
    WeightExpression weight = WeightExpression.of(base);
    PyExpr.Call made = TensorLiterals.parameter(weight);
    if (!trained) {
      made = made.with("requires_grad", Py.bool(false));
    }
    boolean root = owner.path().isEmpty();
    List<String> parts = split(path);
    if (!root && parts.size() > 1 && holdsParameter(parts) && cells.isFree(parts)) {
      cells.add(parts, made);
      parameters.add(new ParameterEntry(cells.parameterPath(parts), weight, trained));
      return cells.reference(parts);
    }
    String last = base.name().substring(base.name().lastIndexOf('.') + 1);
    String hint = path.isEmpty() ? last : path;
    String wanted = Identifiers.mangleAttribute(hint, "weight");
    boolean kept = reservedForParameters.remove(wanted) && cells.isFree(List.of(wanted));
    String name = kept ? wanted : attributes.fresh(wanted);
    String parameterName = name;
    // Below the root MindSpore names a parameter by its attribute, whatever name it was given.
    if (root && path.contains(".") && parameters.stream().noneMatch(p -> p.name().equals(path))) {
      made = made.with("name", Py.text(path));
      parameterName = path;
    }
    tail.add(PyStmt.Assign.of(new PyExpr.Member(Py.name("self"), name), made));
    parameters.add(new ParameterEntry(parameterName, weight, trained));
    return new PyExpr.Member(Py.name("self"), name);
  }

  // Lists keep cells only.
  private static boolean holdsParameter(List<String> parts) {
    return !AttributeTree.isNumber(parts.get(parts.size() - 1));
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
