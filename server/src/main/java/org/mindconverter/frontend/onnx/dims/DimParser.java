// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx.dims;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.mindconverter.ir.DimExpression;

/**
 * Reads expressions over dimensions as torch's exporter writes them: {@code 2*s0}, {@code s77 + 1},
 * {@code ((s6*s81)//s33)}, {@code Min(64, s50)}.
 *
 * <p>Sums and differences need spaces around their sign: {@code batch-size} is one symbol.
 */
final class DimParser {
  private static final int MOST_TOKENS = 24;
  private static final int LONGEST_TEXT = 256;
  private static final Pattern TOKEN =
      Pattern.compile("[0-9]{1,18}|[A-Za-z_][A-Za-z0-9_]*| [+-] |//|[*%(),-]| ");

  private final Matcher tokens;
  private final Map<String, DimExpression> frozen;
  private String token = "";
  private int end;
  private int count;

  private DimParser(String text, Map<String, DimExpression> frozen) {
    this.tokens = TOKEN.matcher(text);
    this.frozen = frozen;
    advance();
  }

  /**
   * The expression; nothing when the text is none, or is too long to be one.
   *
   * @param frozen what symbols stand for
   */
  static Optional<DimExpression> parse(String text, Map<String, DimExpression> frozen) {
    if (text.length() > LONGEST_TEXT) {
      return Optional.empty();
    }
    try {
      DimParser parser = new DimParser(text, frozen);
      DimExpression sum = parser.sum();
      return parser.end == text.length() && parser.token.isEmpty()
          ? Optional.of(sum)
          : Optional.empty();
    } catch (NotAnExpression | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private DimExpression sum() {
    DimExpression sum = product();
    while (token.equals(" + ") || token.equals(" - ")) {
      boolean minus = token.equals(" - ");
      advance();
      DimExpression next = product();
      sum = sum.plus(minus ? next.times(DimExpression.of(-1)) : next);
    }
    return sum;
  }

  private DimExpression product() {
    DimExpression product = factor();
    while (token.equals("*") || token.equals("//") || token.equals("%")) {
      String operator = token;
      advance();
      DimExpression next = factor();
      if (!operator.equals("*") && next.equals(DimExpression.of(0))) {
        throw new NotAnExpression();
      }
      product =
          switch (operator) {
            case "*" -> product.times(next);
            case "//" -> product.floorDiv(next);
            default -> product.mod(next);
          };
    }
    return product;
  }

  private DimExpression factor() {
    String first = token;
    advance();
    if (first.equals("-")) {
      return factor().times(DimExpression.of(-1));
    }
    if (first.equals("(")) {
      DimExpression inner = sum();
      expect(")");
      return inner;
    }
    if (first.isEmpty() || !Character.isUnicodeIdentifierPart(first.charAt(0))) {
      throw new NotAnExpression();
    }
    if (Character.isDigit(first.charAt(0))) {
      return DimExpression.of(Long.parseLong(first));
    }
    if (token.equals("(")) {
      return call(first);
    }
    return frozen.getOrDefault(first, DimExpression.symbol(first));
  }

  private DimExpression call(String function) {
    advance();
    DimExpression a = sum();
    expect(",");
    if (token.equals(" ")) {
      advance();
    }
    DimExpression b = sum();
    expect(")");
    return switch (function) {
      case "Min" -> a.min(b);
      case "Max" -> a.max(b);
      case "Mod" -> a.mod(b);
      default -> throw new NotAnExpression();
    };
  }

  private void expect(String wanted) {
    if (!token.equals(wanted)) {
      throw new NotAnExpression();
    }
    advance();
  }

  private void advance() {
    if (++count > MOST_TOKENS) {
      throw new NotAnExpression();
    }
    tokens.region(end, tokens.regionEnd());
    token = tokens.lookingAt() ? tokens.group() : "";
    end += token.length();
  }

  /** The text is a name, not an expression. */
  private static final class NotAnExpression extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private NotAnExpression() {
      super("not an expression", null, false, false);
    }
  }
}
