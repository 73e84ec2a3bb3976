// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.logging;

/** A flat JSON object that is being written. */
final class JsonLine {
  private final StringBuilder out = new StringBuilder("{");

  /** Adds a member: a number or a truth value as itself, everything else as its text. */
  void member(String name, Object value) {
    if (out.length() > 1) {
      out.append(',');
    }
    quote(name);
    out.append(':');
    if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      quote(String.valueOf(value));
    }
  }

  /** The whole object. */
  String close() {
    return out.append('}').toString();
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        default -> {
          if (isPlain(c)) {
            out.append(c);
          } else {
            out.append("\\u%04x".formatted((int) c));
          }
        }
      }
    }
    out.append('"');
  }

  // Beyond ASCII everything is escaped: no terminal can then be led astray by what a log holds.
  private static boolean isPlain(char c) {
    return c >= ' ' && c < 0x7f;
  }
}
