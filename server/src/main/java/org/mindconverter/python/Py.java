// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Short ways to write expressions. */
public final class Py {
  private Py() {}

  /** {@code True} or {@code False}. */
  public static PyExpr bool(boolean value) {
    return new PyExpr.Keyword(value ? PyExpr.Keyword.Word.TRUE : PyExpr.Keyword.Word.FALSE);
  }

  /** {@code None}. */
  public static PyExpr none() {
    return new PyExpr.Keyword(PyExpr.Keyword.Word.NONE);
  }

  /** A whole number. */
  public static PyExpr num(long value) {
    return new PyExpr.Int(value);
  }

  /** A real number: the shortest decimal that is that float32 again. */
  public static PyExpr num(float value) {
    return real(value, text -> Float.parseFloat(text) == value, 9);
  }

  /** A real number: the shortest decimal that is that float64 again. */
  public static PyExpr num(double value) {
    return real(value, text -> Double.parseDouble(text) == value, 17);
  }

  // Not Float.toString: before JDK 19 its digits are not always the fewest.
  private static PyExpr real(double value, Predicate<String> same, int digits) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      String word = Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
      return call("float", new PyExpr.Text(word));
    }
    if (value == 0) {
      return new PyExpr.Real(1 / value < 0 ? "-0.0" : "0.0");
    }
    BigDecimal exact = new BigDecimal(value);
    for (int precision = 1; precision < digits; precision++) {
      BigDecimal rounded = exact.round(new MathContext(precision));
      if (same.test(rounded.toString())) {
        return new PyExpr.Real(spell(rounded));
      }
    }
    return new PyExpr.Real(spell(exact.round(new MathContext(digits))));
  }

  /** As Python's repr does: plain between 1e-4 and 1e16, else with an exponent of two digits. */
  private static String spell(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    int exponent = stripped.precision() - stripped.scale() - 1;
    if (exponent >= -4 && exponent < 16) {
      String plain = stripped.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = stripped.unscaledValue().abs().toString();
    String mantissa = digits.length() == 1 ? digits : digits.charAt(0) + "." + digits.substring(1);
    String sign = stripped.signum() < 0 ? "-" : "";
    String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : "" + Math.abs(exponent);
    return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + power;
  }

  /** Text. */
  public static PyExpr text(String value) {
    return new PyExpr.Text(value);
  }

  /** A dotted name that we wrote ourselves, such as {@code ops.relu}. */
  public static PyExpr name(String dotted) {
    String[] parts = dotted.split("\\.", -1);
    PyExpr e = new PyExpr.Name(parts[0]);
    for (int i = 1; i < parts.length; i++) {
      e = new PyExpr.Member(e, parts[i]);
    }
    return e;
  }

  /** {@code function(arguments)}. */
  public static PyExpr.Call call(String function, PyExpr... arguments) {
    return call(name(function), arguments);
  }

  /** {@code callee(arguments)}. */
  public static PyExpr.Call call(PyExpr callee, PyExpr... arguments) {
    return new PyExpr.Call(callee, Arrays.stream(arguments).map(PyExpr.Argument::of).toList());
  }

  /** {@code target.method(arguments)}. */
  public static PyExpr.Call method(PyExpr target, String method, PyExpr... arguments) {
    return call(new PyExpr.Member(target, method), arguments);
  }

  /** {@code (elements)}. */
  public static PyExpr tuple(List<PyExpr> elements) {
    return new PyExpr.Tuple(elements);
  }

  /** {@code (elements)}. */
  public static PyExpr tuple(PyExpr... elements) {
    return new PyExpr.Tuple(List.of(elements));
  }

  /** {@code (a, b)} of whole numbers. */
  public static PyExpr ints(List<? extends Number> values) {
    return tuple(values.stream().map(v -> num(v.longValue())).toList());
  }

  /** {@code [elements]}. */
  public static PyExpr list(List<PyExpr> elements) {
    return new PyExpr.Sequence(elements);
  }

  /** {@code left operator right}. */
  public static PyExpr binary(PyExpr left, PyExpr.Operator operator, PyExpr right) {
    return new PyExpr.Binary(operator, left, right);
  }

  /** {@code left + right}. */
  public static PyExpr plus(PyExpr left, PyExpr right) {
    return binary(left, PyExpr.Operator.PLUS, right);
  }

  /** {@code left - right}. */
  public static PyExpr minus(PyExpr left, PyExpr right) {
    return binary(left, PyExpr.Operator.MINUS, right);
  }

  /** {@code left * right}. */
  public static PyExpr times(PyExpr left, PyExpr right) {
    return binary(left, PyExpr.Operator.TIMES, right);
  }

  /** {@code left / right}. */
  public static PyExpr divide(PyExpr left, PyExpr right) {
    return binary(left, PyExpr.Operator.DIVIDE, right);
  }

  /** {@code -operand}. */
  public static PyExpr negative(PyExpr operand) {
    return new PyExpr.Unary(PyExpr.Prefix.MINUS, operand);
  }

  /** {@code target[subscripts]}. */
  public static PyExpr index(PyExpr target, PyExpr... subscripts) {
    return new PyExpr.Index(target, List.of(subscripts));
  }

  /** {@code start:stop}; an empty side is left out. */
  public static PyExpr range(Optional<PyExpr> start, Optional<PyExpr> stop) {
    return new PyExpr.Range(start, stop, Optional.empty());
  }

  /** {@code :}. */
  public static PyExpr all() {
    return new PyExpr.Range(Optional.empty(), Optional.empty(), Optional.empty());
  }
}
