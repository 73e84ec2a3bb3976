// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.mindconverter.diag.Cancellation;
import org.mindconverter.emit.merge.ClassDocs;
import org.mindconverter.ir.Graph;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Tensor;
import org.mindconverter.op.Lowered;
import org.mindconverter.op.References;
import org.mindconverter.op.Step;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/** Writes one class: what it keeps, and the work of its {@code construct}. */
final class ClassWriter {
  private final ModuleForms forms;
  private final ModuleCall call;
  private final ClassMembers members;
  private final OutsideReads outside;
  private final Locals locals = new Locals();
  private final List<String> inputs;
  private final List<String> inputNames = new ArrayList<>();
  private final List<PyStmt> work = new ArrayList<>();
  private final Set<Integer> marks = new LinkedHashSet<>();
  private final Map<Integer, List<Integer>> repeats = new HashMap<>();
  private final List<ClassMembers.Kept> repeated = new ArrayList<>();

  ClassWriter(ModuleForms forms, ModuleCall call) {
    this.forms = forms;
    this.call = call;
    this.members = new ClassMembers(call, forms.names());
    this.outside = new OutsideReads(call, forms.names());
    this.inputs =
        isRoot()
            ? forms.graph().inputs().stream().map(Graph.Input::name).toList()
            : Liveness.inputs(call.nodes());
  }

  private boolean isRoot() {
    return call.path().isEmpty();
  }

  ClassMembers members() {
    return members;
  }

  /** Parameters of {@code construct}, once it is written. */
  List<String> inputNames() {
    return inputNames;
  }

  /** Writes the class of an inner module into the registry. */
  ModuleForm.OfClass write(ClassRegistry classes) {
    List<String> outputs = forms.liveness().outputs(call.nodes());
    List<Operand> results = outputs.stream().map(v -> (Operand) new Operand.Use(v)).toList();
    String wanted = call.className().isEmpty() ? Names.ofModule(call) : call.simpleClassName();
    ClassDocs docs = ClassDescription.of(call, forms.graph(), inputs, results);
    String name = register(classes, wanted, docs, define(results));
    return new ModuleForm.OfClass(
        Py.call(name), members.parameters(), members.parts(), inputs, outputs);
  }

  /** Writes the class of the whole network; inputs and outputs are the graph's. */
  String writeRoot(ClassRegistry classes, String wanted) {
    List<Operand> outputs = forms.graph().outputs().stream().map(Graph.Output::value).toList();
    ClassDocs docs = ClassDescription.ofRoot(forms.graph(), inputs, outputs);
    return register(classes, wanted, docs, define(outputs));
  }

  private String register(
      ClassRegistry classes, String wanted, ClassDocs docs, PyStmt.ClassDef definition) {
    String name = classes.add(wanted, docs, definition, List.copyOf(marks));
    repeated.forEach(kept -> classes.same(kept.marks(), kept.sameAs()));
    return name;
  }

  private PyStmt.ClassDef define(List<Operand> outputs) {
    List<PyStmt.Parameter> parameters = new ArrayList<>();
    parameters.add(PyStmt.Parameter.of("self"));
    for (String input : inputs) {
      inputNames.add(locals.define(input, inputHint(input)));
      parameters.add(PyStmt.Parameter.of(inputNames.get(inputNames.size() - 1)));
    }
    write(call);
    List<PyExpr> results = outputs.stream().map(this::operand).toList();
    work.add(new PyStmt.Return(results.size() == 1 ? results.get(0) : Py.tuple(results)));
    List<PyStmt> construct = work.stream().map(s -> s.withExpressions(this::withWeights)).toList();
    List<PyStmt> body = new ArrayList<>();
    List<PyStmt> init = new ArrayList<>(members.statements());
    init.addAll(new TiedParameters(members, isRoot()).statements());
    if (isRoot()) {
      init.addAll(new FrozenParameters(members, forms.names()).statements());
    }
    if (!init.isEmpty()) {
      init.add(0, new PyStmt.Do(Py.method(Py.call("super"), "__init__")));
      body.add(new PyStmt.Function("__init__", List.of(PyStmt.Parameter.of("self")), init));
    }
    body.add(new PyStmt.Function("construct", parameters, construct));
    return new PyStmt.ClassDef("X", List.of(Inheritance.base(members.base())), body);
  }

  // What a lone input is called elsewhere must not tell equal classes apart.
  private String inputHint(String input) {
    if (isRoot()) {
      return input;
    }
    if (inputs.size() == 1) {
      return "x";
    }
    String path = call.path();
    String caller = path.substring(0, Math.max(path.lastIndexOf('.'), 0));
    return forms.sourceName(input, caller).orElseGet(() -> Locals.hint(input, "x"));
  }

  private PyExpr operand(Operand operand) {
    if (operand instanceof Operand.Use use) {
      return locals.of(use.value());
    }
    if (operand instanceof Operand.Constant constant) {
      return members.constant(constant.tensor());
    }
    if (operand instanceof Operand.Weight weight) {
      return WeightCode.of(weight.expression(), OpenWeight::new);
    }
    throw new AssertionError(operand);
  }

  private void write(ModuleCall current) {
    for (ModuleCall.Item item : current.items()) {
      Cancellation.poll();
      if (item instanceof ModuleCall.Operation o) {
        write(o.node());
      } else {
        writeCall(((ModuleCall.SubCall) item).call());
      }
    }
  }

  private void writeCall(ModuleCall inner) {
    Optional<ModuleForm> form = call.contains(inner.path()) ? forms.of(inner) : Optional.empty();
    form = form.filter(f -> !outside.lacks(f, inner));
    Optional<ClassMembers.Kept> kept = form.flatMap(f -> members.keep(inner.path(), f));
    if (kept.isEmpty()) {
      write(inner); // its work is written here, as if the source had no such module
      return;
    }
    note(kept.get(), form.get().marks());
    PyExpr callee = kept.get().expression();
    if (form.get() instanceof ModuleForm.OfCell cell) {
      List<PyExpr> arguments =
          cell.arguments().stream()
              .map(
                  a ->
                      resolve(
                          a, inner.nodes().get(0), new Temporaries(inner.nodes().get(0), locals)))
              .toList();
      assign(inner, List.of(cell.output()), Py.call(callee, arguments.toArray(PyExpr[]::new)));
    } else if (form.get() instanceof ModuleForm.OfChain chain) {
      assign(inner, List.of(chain.output()), Py.call(callee, locals.of(chain.input())));
    } else if (form.get() instanceof ModuleForm.OfClass made) {
      PyExpr[] arguments = made.inputs().stream().map(locals::of).toArray(PyExpr[]::new);
      assign(inner, made.outputs(), Py.call(callee, arguments));
    }
  }

  private void note(ClassMembers.Kept kept, List<Integer> formMarks) {
    if (kept.sameAs().isEmpty()) {
      marks.addAll(formMarks);
    } else {
      repeated.add(kept);
    }
  }

  private void assign(ModuleCall inner, List<String> outputs, PyExpr value) {
    String path = inner.path();
    String hint = path.substring(path.lastIndexOf('.') + 1);
    List<String> source = inner.nodes().get(0).node().scope().variables(call.path());
    if (outputs.size() == 1) {
      List<String> read = Liveness.inputs(inner.nodes());
      String name =
          fromSource(outputs.get(0), source, inner.last())
              .orElseGet(() -> variable(outputs.get(0), hint, read, inner.last()));
      work.add(PyStmt.Assign.of(Py.name(name), value));
      return;
    }
    List<PyExpr> targets = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      String output = outputs.get(i);
      List<String> own = source.size() == outputs.size() ? source.subList(i, i + 1) : List.of();
      String name =
          fromSource(output, own, inner.last())
              .orElseGet(() -> locals.define(output, Locals.hint(output, hint)));
      targets.add(Py.name(name));
    }
    work.add(targets.isEmpty() ? new PyStmt.Do(value) : new PyStmt.Assign(targets, value));
  }

  // What the source calls it, unless that holds something else that is read behind this.
  private Optional<String> fromSource(String value, List<String> names, int index) {
    return names.stream()
        .filter(name -> !name.startsWith("_"))
        .findFirst()
        .flatMap(n -> locals.hold(value, n, v -> !forms.liveness().isReadAfter(v, index)));
  }

  // The variable of an operand that dies here is used again: `x = self.conv1(x)`.
  private String variable(String value, String hint, List<String> read, int index) {
    for (String operand : read) {
      if (!forms.liveness().isReadAfter(operand, index)
          && locals.canTakeOver(operand, inputs.contains(operand))) {
        return locals.takeOver(value, operand);
      }
    }
    return locals.define(value, hint);
  }

  private void write(LoweredNode node) {
    Temporaries temporaries = new Temporaries(node, locals);
    StepWriter steps =
        new StepWriter(
            temporaries,
            e -> resolve(e, node, temporaries),
            (temporary, step) -> nameOf(temporary, node, temporaries, step),
            e -> mark(node, e));
    work.addAll(steps.write(node.lowered().steps()));
    assignResults(node, temporaries);
  }

  // What becomes an output as it is bears the output's name from the start.
  private String nameOf(
      References.Temporary temporary, LoweredNode node, Temporaries temporaries, int step) {
    Lowered lowered = node.lowered();
    int output = lowered.results().indexOf(temporary);
    if (output >= 0 && isRead(node, output)) {
      boolean last = step == lowered.steps().size() - 1 && Step.isStraight(lowered.steps());
      return variable(node, output, last && lowered.results().size() == 1);
    }
    boolean dropped = output >= 0 && temporaries.reads(temporary) == 1;
    return dropped ? Temporaries.UNREAD : temporaries.variable(temporary, step);
  }

  private List<String> sourceVariables(LoweredNode node) {
    List<String> here = node.node().scope().variables(call.path());
    return here.isEmpty() ? node.node().scope().variables(node.node().scope().path()) : here;
  }

  private boolean isRead(LoweredNode node, int output) {
    return node.node()
        .output(output)
        .filter(value -> forms.liveness().isReadAfter(value, node.index()))
        .isPresent();
  }

  private String variable(LoweredNode node, int output, boolean sole) {
    String value = node.node().output(output).orElseThrow();
    String hint = Locals.hint(value, node.node().op().type());
    List<String> source = sole ? sourceVariables(node) : List.of();
    return fromSource(value, source, node.index())
        .orElseGet(
            () ->
                variable(
                    value, hint, sole ? List.copyOf(node.usedValues()) : List.of(), node.index()));
  }

  private void assignResults(LoweredNode node, Temporaries temporaries) {
    List<PyExpr> results = node.lowered().results();
    boolean marked = !node.lowered().steps().isEmpty();
    for (int i = 0; i < results.size(); i++) {
      if (!isRead(node, i)) {
        continue;
      }
      if (results.get(i) instanceof References.ValueRef same) {
        locals.alias(node.node().output(i).orElseThrow(), same.value());
      } else if (results.get(i) instanceof References.Temporary
          && results.indexOf(results.get(i)) == i) {
        marked = true; // its step has named it
      } else if (WeightCode.isAttribute(results.get(i))) {
        PyExpr value = resolve(results.get(i), node, temporaries);
        locals.readInPlace(node.node().output(i).orElseThrow(), marked ? value : mark(node, value));
        marked = true;
      } else {
        PyExpr value = resolve(results.get(i), node, temporaries);
        PyExpr target = Py.name(variable(node, i, results.size() == 1));
        work.add(PyStmt.Assign.of(target, marked ? value : mark(node, value)));
        marked = true;
      }
    }
  }

  private PyExpr mark(LoweredNode node, PyExpr value) {
    if (marks.contains(node.index()) || repeats.containsKey(node.index())) {
      return value; // its cell's constructor bears the mark
    }
    marks.add(node.index());
    return new PyExpr.Marked(node.index(), value);
  }

  private PyExpr resolve(PyExpr e, LoweredNode node, Temporaries temporaries) {
    return e.replacing(
        r -> {
          if (r instanceof References.ValueRef v) {
            return locals.of(v.value());
          }
          if (r instanceof References.ConstRef c) {
            return members.constant(c.tensor());
          }
          if (r instanceof References.WeightRef w) {
            return WeightCode.of(w.weight(), OpenWeight::new);
          }
          if (r instanceof References.Temporary t) {
            return temporaries.of(t);
          }
          if (r instanceof References.CellCall c) {
            return cellCall(c, node, temporaries);
          }
          throw new AssertionError(r);
        });
  }

  private PyExpr cellCall(References.CellCall work, LoweredNode node, Temporaries temporaries) {
    boolean open = work.functional().isPresent() && forms.hides(work.cell());
    Optional<ClassMembers.Kept> kept =
        members
            .cellPath(work.cell())
            .filter(path -> !open)
            .flatMap(path -> members.keep(path, work.cell(), node.index()));
    if (open) {
      return resolve(work.functional().get(), node, temporaries);
    }
    PyExpr callee;
    if (kept.isPresent()) {
      note(kept.get(), List.of(node.index()));
      if (!kept.get().sameAs().isEmpty()) {
        repeats.put(node.index(), kept.get().sameAs());
      }
      callee = kept.get().expression();
    } else {
      Optional<PyExpr> inherited = members.inherit(work.cell(), node.index());
      if (inherited.isEmpty() && work.functional().isPresent() && prefersFunction(work)) {
        return resolve(work.functional().get(), node, temporaries);
      }
      callee = inherited.orElseGet(() -> members.keepAnonymous(work.cell(), node.index()));
      marks.add(node.index());
    }
    return Py.call(
        callee,
        work.arguments().stream().map(a -> resolve(a, node, temporaries)).toArray(PyExpr[]::new));
  }

  // A weight that the source names belongs where the source has it; one without a name is best kept
  // inside of a cell.
  private boolean prefersFunction(References.CellCall work) {
    return work.cell().parameters().isEmpty()
        || work.cell().parameters().stream()
            .anyMatch(
                p ->
                    forms.names().of(p.value()).stream().anyMatch(call::contains)
                        && forms.names().of(p.value()).stream()
                            .anyMatch(n -> n.contains(".") || !call.path().isEmpty()));
  }

  private PyExpr withWeights(PyExpr e) {
    Cancellation.poll();
    return e.replacing(r -> members.weight(((OpenWeight) r).base()));
  }

  /** A parameter read in the open, whose attribute is decided when all cells are kept. */
  private record OpenWeight(Tensor base) implements PyExpr.Reference {}
}
