// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

/** The one way from foreign text to a Python string: quoted, ASCII only, nothing left to end it. */
final class Literals {
  private Literals() {}

  /** A string literal in double quotes, on one line. */
  static String quoted(String text) {
    return '"' + escaped(text, false) + '"';
  }

  /** The inside of a string in three double quotes; line breaks stay. */
  static String docstring(String text) {
    return escaped(text, true);
  }

  private static String escaped(String text, boolean document) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      switch (c) {
        case '\\' -> out.append("\\\\");
        case '"' -> out.append(document && standsAlone(text, i) ? "\"" : "\\\"");
        case '\n' -> out.append(document ? "\n" : "\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> appendPlain(out, c);
      }
    }
    return out.toString();
  }

  // A quote inside of a document may stay as it is where it can be no part of the closing three.
  private static boolean standsAlone(String text, int behind) {
    boolean quoteBefore = behind >= 2 && text.charAt(behind - 2) == '"';
    return behind < text.length() && text.charAt(behind) != '"' && !quoteBefore;
  }

  private static void appendPlain(StringBuilder out, int c) {
    if (c >= 0x20 && c < 0x7f) {
      out.append((char) c);
    } else if (c < 0x100) {
      out.append("\\x").append(hex(c, 2));
    } else if (c < 0x10000) {
      out.append("\\u").append(hex(c, 4));
    } else {
      out.append("\\U").append(hex(c, 8));
    }
  }

  private static String hex(int c, int digits) {
    String text = Integer.toHexString(c);
    return "0".repeat(digits - text.length()) + text;
  }
}
