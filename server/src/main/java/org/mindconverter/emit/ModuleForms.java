// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Scope;
import org.mindconverter.op.Cell;
import org.mindconverter.op.References;
import org.mindconverter.op.Step;
import org.mindconverter.python.ExpressionText;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Decides how each module of the source is written: a cell, a chain of cells, or a class. */
final class ModuleForms {
  // What the source's layers call what MindSpore's have other words for.
  private static final Set<String> CELL_LEAVES =
      Set.of("weight", "bias", "running_mean", "running_var");

  // torch keeps the parameters in the list of the modules that compute with them: no cell is both.
  private static final Pattern PARAMETRIZATION =
      Pattern.compile("\\bparametrizations\\.\\w+\\.\\d+$");

  private final Graph graph;
  private final Liveness liveness;
  private final ClassRegistry classes;
  private final SourceNames names;
  private final Map<String, Scope> makers = new HashMap<>();

  ModuleForms(Graph graph, Liveness liveness, ClassRegistry classes, SourceNames names) {
    this.graph = graph;
    this.liveness = liveness;
    this.classes = classes;
    this.names = names;
    graph.nodes().forEach(n -> n.definedValues().forEach(v -> makers.put(v, n.scope())));
  }

  /** What the source calls a value in the module of that path, or next to where it is made. */
  Optional<String> sourceName(String value, String modulePath) {
    Scope maker = makers.getOrDefault(value, Scope.NONE);
    List<String> paths = new ArrayList<>(List.of(modulePath));
    for (int i = maker.modules().size() - 1; i >= 0; i--) {
      paths.add(maker.modules().get(i).path());
    }
    return paths.stream()
        .flatMap(path -> maker.variables(path).stream())
        .filter(name -> !name.startsWith("_"))
        .findFirst();
  }

  Liveness liveness() {
    return liveness;
  }

  SourceNames names() {
    return names;
  }

  Graph graph() {
    return graph;
  }

  /** The form of a module; nothing when its work is better written where it is called. */
  Optional<ModuleForm> of(ModuleCall call) {
    Optional<ModuleForm> small = asCell(call).or(() -> asChain(call));
    if (small.isPresent()) {
      return small;
    }
    return isWorthAClass(call) && !startsWithItsCell(call)
        ? Optional.of(asClass(call))
        : Optional.empty();
  }

  /** A leaf that is one cell and a word about what it makes, as an embedding's untrained row. */
  private boolean startsWithItsCell(ModuleCall call) {
    if (!call.isLeaf() || call.items().size() != 1) {
      return false;
    }
    List<Step> steps = call.nodes().get(0).lowered().steps();
    return steps.size() == 1
        && steps.get(0) instanceof Step.Assign assign
        && assign.value() instanceof References.CellCall work
        && ownsParameters(call, work.cell())
        && !hides(work.cell());
  }

  /** The same, but always one that is a cell, for members of a chain. */
  private ModuleForm ofMember(ModuleCall call) {
    return of(call).orElseGet(() -> asClass(call));
  }

  private ModuleForm asClass(ModuleCall call) {
    return new ClassWriter(this, call).write(classes);
  }

  private static boolean isWorthAClass(ModuleCall call) {
    if (PARAMETRIZATION.matcher(call.path()).find()) {
      return false;
    }
    if (call.isLeaf()) {
      return call.items().size() > 1
          || call.nodes().stream().anyMatch(ModuleForms::readsParameters);
    }
    for (ModuleCall.Item item : call.items()) {
      if (item instanceof ModuleCall.SubCall sub) {
        String path = sub.call().path();
        // Children with numbers for names cannot be attributes, and a child from elsewhere is not
        // this module's to construct.
        if (!call.contains(path) || !Character.isLetter(call.relative(path).charAt(0))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean readsParameters(LoweredNode node) {
    boolean[] found = {false};
    node.forEachReference(
        r -> {
          boolean own = r instanceof References.CellCall c && !c.cell().parameters().isEmpty();
          found[0] |= own || r instanceof References.WeightRef;
        });
    return found[0];
  }

  /** A leaf whose whole work is one cell. */
  private Optional<ModuleForm> asCell(ModuleCall call) {
    if (!call.isLeaf() || call.items().size() != 1) {
      return Optional.empty();
    }
    LoweredNode node = call.nodes().get(0);
    if (!node.lowered().steps().isEmpty()
        || node.lowered().results().size() != 1
        || !(node.lowered().results().get(0) instanceof References.CellCall work)
        || !ownsParameters(call, work.cell())
        || (work.functional().isPresent() && hides(work.cell()))
        || node.node().output(0).isEmpty()) {
      return Optional.empty();
    }
    PyExpr constructor = new PyExpr.Marked(node.index(), work.cell().constructor());
    return Optional.of(
        new ModuleForm.OfCell(
            constructor,
            parametersOf(work.cell()),
            List.of(node.index()),
            work.arguments(),
            node.node().output(0).get()));
  }

  private boolean ownsParameters(ModuleCall call, Cell cell) {
    return cell.parameters().stream()
        .allMatch(
            p ->
                names.of(p.value()).stream().anyMatch(call::contains)
                    || !isSourcePath(p.value().bases().get(0).name()));
  }

  /**
   * Whether a cell would hide what the source has: one parameter for several that train on their
   * own, or one under another name than the source's.
   */
  boolean hides(Cell cell) {
    return cell.parameters().stream()
        .anyMatch(p -> p.value().bases().stream().distinct().count() > 1 || !keepsName(p));
  }

  private boolean keepsName(Cell.Parameter parameter) {
    return names.of(parameter.value()).stream()
        .anyMatch(name -> !isSourcePath(name) || isCellLeaf(name, parameter.leaf()));
  }

  private static boolean isCellLeaf(String name, String leaf) {
    String own = name.substring(name.lastIndexOf('.') + 1);
    return CELL_LEAVES.contains(own) || own.equals(leaf);
  }

  private static boolean isSourcePath(String name) {
    return name.contains(".");
  }

  static List<ParameterEntry> parametersOf(Cell cell) {
    return cell.parameters().stream()
        .map(p -> new ParameterEntry(p.leaf(), p.value(), p.isTrained()))
        .toList();
  }

  /** A module whose members follow each other, each taking what the one before makes. */
  Optional<ModuleForm> asChain(ModuleCall call) {
    if (!hasChainNames(call)) {
      return Optional.empty();
    }
    List<ModuleCall> members =
        call.items().stream().map(i -> ((ModuleCall.SubCall) i).call()).toList();
    List<String> inputs = Liveness.inputs(call.nodes());
    List<String> outputs = liveness.outputs(call.nodes());
    if (inputs.size() != 1 || outputs.size() != 1) {
      return Optional.empty();
    }
    String current = inputs.get(0);
    for (ModuleCall member : members) {
      List<String> made = liveness.outputs(member.nodes());
      if (!Liveness.inputs(member.nodes()).equals(List.of(current)) || made.size() != 1) {
        return Optional.empty();
      }
      current = made.get(0);
    }
    return current.equals(outputs.get(0))
        ? chain(call, members, inputs.get(0), current)
        : Optional.empty();
  }

  private Optional<ModuleForm> chain(
      ModuleCall call, List<ModuleCall> members, String input, String output) {
    List<PyExpr> constructors = new ArrayList<>();
    List<ParameterEntry> parameters = new ArrayList<>();
    List<Integer> marks = new ArrayList<>();
    Map<String, String> parts = new LinkedHashMap<>();
    String current = input;
    for (ModuleCall member : members) {
      ModuleForm form = ofMember(member);
      if (form instanceof ModuleForm.OfCell cell
          && !cell.arguments().equals(List.of(new References.ValueRef(current)))) {
        form = asClass(member);
      }
      String name = call.relative(member.path());
      for (int gap = constructors.size(); gap < Integer.parseInt(name); gap++) {
        constructors.add(Py.call("nn.Identity"));
      }
      constructors.add(form.constructor());
      form.parameters().forEach(p -> parameters.add(p.below(name)));
      marks.addAll(form.marks());
      parts.put(name, ExpressionText.flat(form.constructor()));
      form.parts().forEach((path, text) -> parts.put(name + "." + path, text));
      current = liveness.outputs(member.nodes()).get(0);
    }
    PyExpr constructor = Py.call("nn.SequentialCell", constructors.toArray(PyExpr[]::new));
    return Optional.of(
        new ModuleForm.OfChain(constructor, parameters, marks, parts, input, output));
  }

  private static boolean hasChainNames(ModuleCall call) {
    int before = -1;
    for (ModuleCall.Item item : call.items()) {
      if (!(item instanceof ModuleCall.SubCall sub) || !call.contains(sub.call().path())) {
        return false;
      }
      String name = call.relative(sub.call().path());
      if (!AttributeTree.isNumber(name) || Integer.parseInt(name) <= before) {
        return false;
      }
      before = Integer.parseInt(name);
    }
    return before >= 0;
  }
}
