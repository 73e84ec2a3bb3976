// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

/** Names expressions in messages. */
public final class ExpressionText {
  private ExpressionText() {}

  /** The sign of an operator, {@code index} or {@code value}. */
  public static String sign(PyExpr e) {
    if (e instanceof PyExpr.Binary b) {
      return b.operator().symbol();
    }
    if (e instanceof PyExpr.Unary u) {
      return u.prefix().symbol().strip();
    }
    if (e instanceof PyExpr.Index) {
      return "index";
    }
    return "value";
  }

  /** The expression on one line. */
  public static String flat(PyExpr e) {
    return ExpressionPrinter.flat(e);
  }
}
