// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.mindconverter.emit.merge.ClassDocs;
import org.mindconverter.emit.merge.ClassDraft;
import org.mindconverter.emit.merge.ClassMerging;
import org.mindconverter.emit.merge.MergedClasses;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.NameScope;
import org.mindconverter.python.PyPrinter;
import org.mindconverter.python.PyStmt;

/** The classes of the script: each text once, under its source's name. */
final class ClassRegistry {
  private static final Set<String> RESERVED = Set.of("Placeholder", Group.NAME, "MindSporeModel");

  private final Map<String, Entry> byText = new LinkedHashMap<>();
  private final Map<Integer, Integer> sameMark = new HashMap<>();
  private final NameScope names = new NameScope();

  ClassRegistry() {
    RESERVED.forEach(names::reserve);
  }

  /**
   * Adds a class, or finds the equal one.
   *
   * @param docs what it says of itself: of several equal ones, the first does
   * @param marks the marks in its text, in order: those of an equal class stand at the same places
   * @return its name
   */
  String add(String wanted, ClassDocs docs, PyStmt.ClassDef definition, List<Integer> marks) {
    String text = PyPrinter.print(List.of(definition.named("X"))).text();
    Entry known = byText.get(text);
    if (known != null) {
      same(marks, known.marks);
      return known.draft.definition().name();
    }
    String name = names.freshClass(Identifiers.mangle(wanted, "Module"));
    ClassDraft draft =
        new ClassDraft(Identifiers.mangle(wanted, "Module"), docs, definition.named(name));
    byText.put(text, new Entry(draft, List.copyOf(marks)));
    return name;
  }

  /** Notes that two marks stand for the same text. */
  void same(List<Integer> marks, List<Integer> first) {
    for (int i = 0; i < marks.size(); i++) {
      int mark = marks.get(i);
      int other = canonical(first.get(i));
      // A module that was looked at twice meets its own marks again.
      if (canonical(mark) != other) {
        sameMark.put(mark, other);
      }
    }
  }

  /** The classes as they are written, each behind those that it uses; the root's is the last. */
  List<PyStmt> merged() {
    List<ClassDraft> drafts = new ArrayList<>();
    byText.values().forEach(e -> drafts.add(e.draft));
    ClassDraft root = drafts.remove(drafts.size() - 1);
    MergedClasses merged = ClassMerging.of(drafts, root, RESERVED, CellAttributes.RESERVED);
    merged.marks().forEach((mark, first) -> same(List.of(mark), List.of(first)));
    return List.copyOf(merged.definitions());
  }

  /** The mark whose place in the text is the same as that mark's. */
  int canonical(int mark) {
    int current = mark;
    while (sameMark.containsKey(current)) {
      current = sameMark.get(current);
    }
    return current;
  }

  private record Entry(ClassDraft draft, List<Integer> marks) {}
}
