// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What may stand as a name in Python, and the one way from foreign text to a name. */
public final class Identifiers {
  private static final Pattern VALID = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final int LONGEST = 80;

  private static final Set<String> KEYWORDS =
      Set.of(
          "False",
          "None",
          "True",
          "and",
          "as",
          "assert",
          "async",
          "await",
          "break",
          "class",
          "continue",
          "def",
          "del",
          "elif",
          "else",
          "except",
          "finally",
          "for",
          "from",
          "global",
          "if",
          "import",
          "in",
          "is",
          "lambda",
          "nonlocal",
          "not",
          "or",
          "pass",
          "raise",
          "return",
          "try",
          "while",
          "with",
          "yield");

  // Names that generated code uses itself, and built-ins that it would be cruel to hide.
  private static final Set<String> TAKEN =
      Set.of(
          "self",
          "cls",
          "super",
          "ms",
          "nn",
          "ops",
          "np",
          "mint",
          "Tensor",
          "Parameter",
          "float",
          "int",
          "bool",
          "str",
          "list",
          "tuple",
          "dict",
          "set",
          "len",
          "range",
          "print",
          "abs",
          "min",
          "max",
          "sum",
          "round",
          "pow",
          "all",
          "any",
          "zip",
          "map",
          "type",
          "object",
          "slice",
          "filter",
          "sorted",
          "input",
          "iter",
          "next",
          "hash",
          "id",
          "match",
          "case",
          "eval",
          "exec",
          "open",
          "compile",
          "vars",
          "dir",
          "repr",
          "format",
          "property",
          "onnx");

  private Identifiers() {}

  /** Whether the text can stand as a name that holds no foreign text. */
  public static boolean isValid(String text) {
    return VALID.matcher(text).matches() && !KEYWORDS.contains(text);
  }

  static void require(String text) {
    if (!isValid(text)) {
      throw new IllegalArgumentException("not an identifier: " + text);
    }
  }

  /**
   * A name out of any text: letters, digits and underscores of ASCII, no keyword, no name that
   * generated code uses itself, no leading underscore, at most 80 characters.
   *
   * @param fallback a valid name, for text that nothing is left of
   */
  public static String mangle(String text, String fallback) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length() && out.length() < LONGEST; i++) {
      char c = text.charAt(i);
      boolean plain = c < 128 && Character.isLetterOrDigit(c);
      if (plain) {
        out.append(c);
      } else if (out.length() > 0 && out.charAt(out.length() - 1) != '_') {
        out.append('_');
      }
    }
    while (out.length() > 0 && out.charAt(out.length() - 1) == '_') {
      out.setLength(out.length() - 1);
    }
    if (out.length() == 0) {
      return fallback;
    }
    String name = Character.isDigit(out.charAt(0)) ? fallback + "_" + out : out.toString();
    return KEYWORDS.contains(name) || TAKEN.contains(name) ? name + "_" : name;
  }

  /** The same, but names that only hide a built-in stay: for attributes, which hide nothing. */
  public static String mangleAttribute(String text, String fallback) {
    return isValid(text) && !text.startsWith("_") ? text : mangle(text, fallback);
  }

  /** {@code MatMul} as {@code mat_mul}, {@code GRU} as {@code gru}. */
  public static String snakeCase(String type) {
    String plain = type.replace("NaN", "Nan");
    return plain.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
  }
}
