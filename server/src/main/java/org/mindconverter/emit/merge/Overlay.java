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
import org.mindconverter.python.PyExpr;

/** Lays one more class over a template. */
final class Overlay {
  // Far more than the arguments that a constructor may take: most holes share theirs.
  private static final int MOST_HOLES = 40;
  private static final int MOST_OPTIONAL_MEMBERS = 6;

  private final ClassTemplate template;
  private final ClassBody here;
  private final ExpressionOverlay expressions;

  private Overlay(ClassTemplate template, ClassBody here, CellSignatures signatures) {
    this.template = template;
    this.here = here;
    this.expressions = new ExpressionOverlay(signatures, template);
  }

  /** The template with one more class; nothing when that differs in more than can be told. */
  static Optional<ClassTemplate> of(
      ClassTemplate template, ClassBody here, CellSignatures signatures) {
    if (template.inputs() != here.inputs()
        || template.variadic() != here.variadic()
        || !template.setUp().equals(here.setUp())) {
      return Optional.empty();
    }
    try {
      return Optional.of(new Overlay(template, here, signatures).both());
    } catch (MismatchException e) {
      return Optional.empty();
    }
  }

  private ClassTemplate both() {
    List<ClassTemplate.Member> members = members();
    StepOverlay work = new StepOverlay(expressions, template, here);
    PyExpr result = work.run();
    ExpressionOverlay.State state = expressions.state();
    if (state.columns().count() > MOST_HOLES) {
      throw new MismatchException();
    }
    Map<Integer, Integer> marks = new HashMap<>(template.marks());
    marks.putAll(state.marks());
    return new ClassTemplate(
        members,
        template.setUp(),
        template.inputs(),
        template.variadic(),
        work.steps(),
        result,
        work.names(),
        state.columns(),
        template.instances() + 1,
        marks);
  }

  private List<ClassTemplate.Member> members() {
    Map<String, ClassTemplate.Member> known = new LinkedHashMap<>();
    template.members().forEach(m -> known.put(m.attribute(), m));
    List<ClassTemplate.Member> both = new ArrayList<>(known.values());
    Set<String> own = new HashSet<>();
    int at = 0;
    for (ClassBody.Member member : here.members()) {
      own.add(member.attribute());
      ClassTemplate.Member before = known.get(member.attribute());
      if (before == null) {
        both.add(at++, added(member));
      } else {
        int place = both.indexOf(before);
        both.set(place, over(before, member));
        at = place + 1;
      }
    }
    both.replaceAll(m -> own.contains(m.attribute()) ? m : absentHere(m));
    if (both.stream().filter(m -> !m.absentIn().isEmpty()).count() > MOST_OPTIONAL_MEMBERS) {
      throw new MismatchException();
    }
    return both;
  }

  private ClassTemplate.Member over(ClassTemplate.Member before, ClassBody.Member member) {
    PyExpr value = expressions.over(before.value(), member.value(), before.absentIn());
    return new ClassTemplate.Member(before.attribute(), value, before.absentIn());
  }

  private ClassTemplate.Member added(ClassBody.Member member) {
    return new ClassTemplate.Member(member.attribute(), member.value(), expressions.earlier());
  }

  private ClassTemplate.Member absentHere(ClassTemplate.Member member) {
    return new ClassTemplate.Member(
        member.attribute(), member.value(), expressions.andThis(member.absentIn()));
  }
}
