// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The equation of Einsum: labels of every operand's axes, and of the result's. An ellipsis becomes
 * labels of its own.
 *
 * @param operands labels by operand
 * @param result labels of the result
 */
record EinsumEquation(List<List<Label>> operands, List<Label> result) {
  private static final String ELLIPSIS = "...";
  private static final Pattern TERM = Pattern.compile("[A-Za-z]*(\\.\\.\\.)?[A-Za-z]*");

  EinsumEquation {
    operands = operands.stream().map(List::copyOf).toList();
    result = List.copyOf(result);
  }

  /**
   * What axes are called that belong together: a letter, or a place under the ellipsis.
   *
   * @param number a letter's code, or for the ellipsis −1 for its last axis, −2 before it
   */
  record Label(int number) implements Comparable<Label> {
    boolean isUnderEllipsis() {
      return number < 0;
    }

    @Override
    public int compareTo(Label other) {
      return Integer.compare(number, other.number);
    }
  }

  /** Reads an equation for operands of those ranks; nothing when it does not fit them. */
  static Optional<EinsumEquation> parse(String text, List<Integer> ranks) {
    String[] sides = text.replace(" ", "").split("->", -1);
    String[] terms = sides[0].split(",", -1);
    if (sides.length > 2 || terms.length != ranks.size()) {
      return Optional.empty();
    }
    List<List<Label>> operands = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      int letters = terms[i].replace(ELLIPSIS, "").length();
      boolean open = terms[i].contains(ELLIPSIS);
      int covered = ranks.get(i) - letters;
      if (!TERM.matcher(terms[i]).matches() || covered < 0 || (!open && covered > 0)) {
        return Optional.empty();
      }
      operands.add(labels(terms[i], covered));
    }
    int covered = (int) operands.stream().mapToLong(EinsumEquation::covered).max().orElse(0);
    List<Label> result = sides.length == 2 ? labels(sides[1], covered) : implied(operands, covered);
    return isSound(operands, result) && (sides.length == 1 || TERM.matcher(sides[1]).matches())
        ? Optional.of(new EinsumEquation(operands, result))
        : Optional.empty();
  }

  private static long covered(List<Label> labels) {
    return labels.stream().filter(Label::isUnderEllipsis).count();
  }

  private static List<Label> labels(String term, int covered) {
    List<Label> labels = new ArrayList<>();
    for (int i = 0; i < term.length(); i++) {
      if (term.charAt(i) != '.') {
        labels.add(new Label(term.charAt(i)));
      } else if (i == term.indexOf('.')) {
        labels.addAll(ellipsis(covered));
      }
    }
    return labels;
  }

  private static List<Label> ellipsis(int covered) {
    List<Label> labels = new ArrayList<>();
    for (int i = -covered; i < 0; i++) {
      labels.add(new Label(i));
    }
    return labels;
  }

  // Without a right side: what the ellipses cover, then the letters that occur once, in order.
  private static List<Label> implied(List<List<Label>> operands, int covered) {
    Map<Label, Integer> count = new TreeMap<>();
    operands.forEach(labels -> labels.forEach(label -> count.merge(label, 1, Integer::sum)));
    List<Label> result = ellipsis(covered);
    count.forEach(
        (label, times) -> {
          if (times == 1 && !label.isUnderEllipsis()) {
            result.add(label);
          }
        });
    return result;
  }

  private static boolean isSound(List<List<Label>> operands, List<Label> result) {
    Map<Label, Integer> seen = new HashMap<>();
    for (Label label : result) {
      boolean given = operands.stream().anyMatch(labels -> labels.contains(label));
      if (!given || seen.merge(label, 1, Integer::sum) > 1) {
        return false;
      }
    }
    return true;
  }

  /** Labels that the result or an operand from that position on still has. */
  List<Label> neededFrom(int operand) {
    List<Label> needed = new ArrayList<>(result);
    operands.subList(operand, operands.size()).forEach(needed::addAll);
    return needed;
  }
}
