// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads out of the source lines that led to a call what each module on the way calls its result:
 * {@code out} of {@code out = self.conv1(x)}. Hints for names; where lines and modules do not match
 * one for one there are none. Of the lines nothing else is kept: they hold paths of somebody's
 * machine.
 */
final class SourceVariables {
  private static final Pattern FRAME =
      Pattern.compile("\\s*File \"([^\"]*)\", line \\d+, in (\\w+)\\s*");
  private static final Pattern ASSIGNMENT =
      Pattern.compile(
          "([A-Za-z_]\\w*(?:\\s*,\\s*[A-Za-z_]\\w*)*)\\s*(?::[^=()]*)?[-+*/|&@]?=(?!=).*");
  private static final Pattern FRAMEWORK = Pattern.compile(".*[/\\\\]torch[/\\\\](nn|_).*");
  private static final int LONGEST_TRACE = 1 << 16;

  private SourceVariables() {}

  /**
   * What each module calls its result, from the outermost module on.
   *
   * @param modules how many modules the call is in
   * @return one text each, several names with commas between; empty where nothing is known
   */
  static List<String> of(String stackTrace, int modules) {
    List<Frame> frames =
        stackTrace.length() > LONGEST_TRACE ? List.of() : frames(stackTrace.split("\n", -1));
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).function.equals("forward")) {
        starts.add(i);
      }
    }
    if (starts.size() != modules) {
      return Collections.nCopies(modules, "");
    }
    List<String> variables = new ArrayList<>();
    for (int i = 0; i < modules; i++) {
      boolean innermost = i + 1 == modules;
      variables.add(
          innermost
              ? firstAssigned(frames.subList(starts.get(i), frames.size()))
              : assigned(frames.get(starts.get(i + 1) - 1)));
    }
    return variables;
  }

  private static List<Frame> frames(String[] lines) {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i + 1 < lines.length; i++) {
      Matcher frame = FRAME.matcher(lines[i]);
      if (frame.matches()) {
        frames.add(new Frame(frame.group(1), frame.group(2), lines[i + 1].strip()));
      }
    }
    return frames;
  }

  // A forward may hand everything to a function of its own.
  private static String firstAssigned(List<Frame> frames) {
    for (Frame frame : frames) {
      String variable = FRAMEWORK.matcher(frame.file).matches() ? "" : assigned(frame);
      if (!variable.isEmpty()) {
        return variable;
      }
    }
    return "";
  }

  private static String assigned(Frame frame) {
    Matcher assignment = ASSIGNMENT.matcher(frame.code);
    return assignment.matches() ? assignment.group(1).replaceAll("\\s", "") : "";
  }

  private record Frame(String file, String function, String code) {}
}
