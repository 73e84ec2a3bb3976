// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

/** Text that may hold anything a model's author wrote, made fit for one line on a terminal. */
final class PrintableText {
  private static final String ELLIPSIS = "...";

  private PrintableText() {}

  /**
   * The text with what does not print as itself escaped, cut to a length.
   *
   * <p>Besides control characters these are format characters (which reorder or hide what stands
   * around them), line separators, unpaired surrogates and what Unicode has not assigned.
   */
  static String of(String text, int maxChars) {
    StringBuilder out = new StringBuilder(Math.min(text.length(), maxChars));
    int lastFit = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      append(out, c);
      if (out.length() > maxChars) {
        return out.substring(0, lastFit) + ELLIPSIS;
      }
      if (out.length() <= maxChars - ELLIPSIS.length()) {
        lastFit = out.length();
      }
    }
    return out.toString();
  }

  private static void append(StringBuilder out, int c) {
    if (isPrintable(c)) {
      out.appendCodePoint(c);
    } else {
      out.append(c > 0xFFFF ? "\\U%08x".formatted(c) : "\\u%04x".formatted(c));
    }
  }

  private static boolean isPrintable(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }
}
