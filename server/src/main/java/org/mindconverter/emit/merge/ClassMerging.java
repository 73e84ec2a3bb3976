// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.mindconverter.python.NameScope;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;
import org.mindconverter.python.UsedNames;

/**
 * Makes one class of the drafts that have their name in common wherever a constructor's arguments
 * can tell them apart: inner classes first, since what their constructors are given is then what
 * may differ in the outer ones.
 */
public final class ClassMerging {
  // A constructor that takes more says less than two classes.
  private static final int MOST_ARGUMENTS = 12;

  private final NameScope names = new NameScope();
  private final CellSignatures signatures = new CellSignatures();
  private final Map<String, PyExpr.Call> constructions = new HashMap<>();
  private final List<PyStmt.ClassDef> definitions = new ArrayList<>();
  private final Map<Integer, Integer> marks = new HashMap<>();
  private final Set<String> attributes;

  private ClassMerging(Set<String> reserved, Set<String> attributes) {
    reserved.forEach(names::reserve);
    this.attributes = attributes;
  }

  /**
   * Merges inner classes and writes the root's around them.
   *
   * @param inner each behind those that it uses
   * @param root the class of the whole, which keeps its name and takes no arguments
   * @param reserved names that no class may have
   * @param attributes names that no class may store an argument under
   */
  public static MergedClasses of(
      List<ClassDraft> inner, ClassDraft root, Set<String> reserved, Set<String> attributes) {
    ClassMerging merging = new ClassMerging(reserved, attributes);
    merging.names.reserve(root.definition().name());
    merging.merge(used(inner, root));
    merging.writeRoot(root);
    return new MergedClasses(merging.definitions, merging.marks);
  }

  /** Those that the root constructs, directly or through others. */
  private static List<ClassDraft> used(List<ClassDraft> inner, ClassDraft root) {
    Map<String, ClassDraft> known = new HashMap<>();
    inner.forEach(d -> known.put(d.definition().name(), d));
    Set<String> used = new HashSet<>();
    List<ClassDraft> open = new ArrayList<>(List.of(root));
    while (!open.isEmpty()) {
      ClassDraft draft = open.remove(open.size() - 1);
      for (String name : UsedNames.in(List.of(draft.definition()))) {
        if (known.containsKey(name) && used.add(name)) {
          open.add(known.get(name));
        }
      }
    }
    return inner.stream().filter(d -> used.contains(d.definition().name())).toList();
  }

  private void merge(List<ClassDraft> drafts) {
    Set<String> waiting =
        drafts.stream()
            .map(d -> d.definition().name())
            .collect(Collectors.toCollection(HashSet::new));
    Map<ClassDraft, Set<String>> uses = new LinkedHashMap<>();
    for (ClassDraft draft : drafts) {
      Set<String> used = new HashSet<>(UsedNames.in(List.of(draft.definition())));
      used.retainAll(waiting);
      uses.put(draft, used);
    }
    while (!uses.isEmpty()) {
      List<ClassDraft> group = nextGroup(uses, waiting);
      group.forEach(uses::remove);
      group.forEach(d -> waiting.remove(d.definition().name()));
      cluster(group);
    }
  }

  /**
   * All drafts of one name as soon as what they use is written; some, where they use each other.
   */
  private static List<ClassDraft> nextGroup(
      Map<ClassDraft, Set<String>> uses, Set<String> waiting) {
    Map<String, List<ClassDraft>> ready = new LinkedHashMap<>();
    Map<String, Integer> sizes = new HashMap<>();
    uses.forEach(
        (draft, used) -> {
          sizes.merge(draft.wanted(), 1, Integer::sum);
          if (used.stream().noneMatch(waiting::contains)) {
            ready.computeIfAbsent(draft.wanted(), w -> new ArrayList<>()).add(draft);
          }
        });
    Optional<String> whole =
        ready.keySet().stream().filter(w -> ready.get(w).size() == sizes.get(w)).findFirst();
    return ready.get(whole.orElseGet(() -> ready.keySet().iterator().next()));
  }

  private void cluster(List<ClassDraft> group) {
    List<ClassDraft> known = new ArrayList<>();
    List<ClassBody> bodies = new ArrayList<>();
    for (ClassDraft draft : group) {
      PyStmt.ClassDef definition = constructed(draft.definition());
      Optional<ClassBody> body = ClassBody.of(definition).map(this::rolledUp);
      if (body.isEmpty()) {
        writeAsItIs(draft, definition);
      } else {
        known.add(draft);
        bodies.add(body.get());
      }
    }
    bodies = VariadicInputs.in(bodies);
    List<Cluster> clusters = new ArrayList<>();
    for (int i = 0; i < known.size(); i++) {
      ClassDraft draft = known.get(i);
      ClassBody body = bodies.get(i);
      if (clusters.stream().noneMatch(c -> c.takes(draft, body))) {
        clusters.add(new Cluster(draft, body));
      }
    }
    clusters.forEach(c -> write(c, names.freshClass(c.drafts.get(0).wanted())));
  }

  /** What the class does over and over again, said once. */
  private ClassBody rolledUp(ClassBody body) {
    List<ClassBody.Member> members =
        body.members().stream()
            .map(m -> new ClassBody.Member(m.attribute(), Run.found(m.value(), marks::put)))
            .toList();
    ClassBody inLoops =
        Loops.in(
            new ClassBody(
                members,
                body.setUp(),
                body.inputs(),
                body.variadic(),
                body.steps(),
                body.result(),
                body.names()));
    return Growths.in(inLoops, attributes);
  }

  private void writeAsItIs(ClassDraft draft, PyStmt.ClassDef definition) {
    String name = names.freshClass(draft.wanted());
    definitions.add(draft.docs().in(definition.named(name)));
    constructions.put(draft.definition().name(), Py.call(name));
  }

  private void writeRoot(ClassDraft root) {
    PyStmt.ClassDef definition = constructed(root.definition());
    Optional<ClassBody> body = ClassBody.of(definition).map(this::rolledUp);
    if (body.isEmpty()) {
      definitions.add(root.docs().in(definition));
    } else {
      write(new Cluster(root, body.get()), definition.name());
    }
  }

  private void write(Cluster cluster, String name) {
    ClassTemplate template = cluster.template;
    ConstructorArguments arguments = arguments(template);
    ClassDraft first = cluster.drafts.get(0);
    List<PyExpr> bases = first.definition().bases();
    definitions.add(first.docs().in(TemplateWriter.write(name, bases, template, arguments)));
    signatures.add(name, arguments.parameters());
    for (int i = 0; i < cluster.drafts.size(); i++) {
      constructions.put(
          cluster.drafts.get(i).definition().name(),
          new PyExpr.Call(Py.name(name), arguments.given(i)));
    }
    marks.putAll(template.marks());
  }

  private ConstructorArguments arguments(ClassTemplate template) {
    Set<String> taken = new HashSet<>(attributes);
    template.members().forEach(m -> taken.add(m.attribute()));
    return ConstructorArguments.of(template, signatures, taken);
  }

  /** The definition with what the constructors of written classes are given. */
  private PyStmt.ClassDef constructed(PyStmt.ClassDef definition) {
    return new PyStmt.ClassDef(
        definition.name(),
        definition.bases(),
        definition.body().stream().map(this::constructed).toList());
  }

  private PyStmt constructed(PyStmt statement) {
    if (statement instanceof PyStmt.Function f) {
      return new PyStmt.Function(
          f.name(), f.parameters(), f.body().stream().map(this::constructed).toList());
    }
    return statement instanceof PyStmt.Assign a
        ? new PyStmt.Assign(a.targets(), constructed(a.value()))
        : statement;
  }

  private PyExpr constructed(PyExpr e) {
    if (e instanceof PyExpr.Call c
        && c.callee() instanceof PyExpr.Name n
        && constructions.containsKey(n.id())) {
      return constructions.get(n.id());
    }
    return e.withParts(this::constructed);
  }

  /** Drafts that are one class. */
  private final class Cluster {
    private final List<ClassDraft> drafts = new ArrayList<>();
    private ClassTemplate template;

    Cluster(ClassDraft first, ClassBody body) {
      drafts.add(first);
      template = ClassTemplate.of(body);
    }

    boolean takes(ClassDraft draft, ClassBody body) {
      if (!draft.definition().bases().equals(drafts.get(0).definition().bases())) {
        return false;
      }
      Optional<ClassTemplate> both =
          Overlay.of(template, body, signatures)
              .filter(merged -> arguments(merged).parameters().size() <= MOST_ARGUMENTS);
      both.ifPresent(
          merged -> {
            template = merged;
            drafts.add(draft);
          });
      return both.isPresent();
    }
  }
}
