// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a list of strings as Python prints it: {@code ['', 'layer1', "it's"]}. */
final class PythonStrings {
  private static final int MOST = 256;

  private final String text;
  private int at;

  private PythonStrings(String text) {
    this.text = text;
  }

  /** The strings; nothing when the text is anything else. */
  static Optional<List<String>> parse(String text) {
    return new PythonStrings(text.strip()).list();
  }

  private Optional<List<String>> list() {
    List<String> items = new ArrayList<>();
    if (!take('[')) {
      return Optional.empty();
    }
    while (!take(']')) {
      Optional<String> item = string();
      if (item.isEmpty() || items.size() == MOST) {
        return Optional.empty();
      }
      items.add(item.get());
      if (!take(',')) {
        return take(']') && at == text.length() ? Optional.of(items) : Optional.empty();
      }
      take(' ');
    }
    return at == text.length() ? Optional.of(items) : Optional.empty();
  }

  private Optional<String> string() {
    char quote = at < text.length() ? text.charAt(at) : 0;
    if (quote != '\'' && quote != '"') {
      return Optional.empty();
    }
    StringBuilder item = new StringBuilder();
    for (at++; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == quote) {
        at++;
        return Optional.of(item.toString());
      }
      if (c == '\\' && ++at < text.length()) {
        // Module paths and class names hold no other escapes than that of a quote or backslash.
        c = text.charAt(at);
      }
      item.append(c);
    }
    return Optional.empty();
  }

  private boolean take(char c) {
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }
}
