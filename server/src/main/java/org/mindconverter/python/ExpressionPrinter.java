// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Writes expressions: on one line where they fit, else broken inside of their brackets. */
final class ExpressionPrinter {
  static final int WIDTH = 100;

  private static final int ATOM = 20;
  private static final int CONDITIONAL = 2;
  private static final String STEP = "    ";

  private final StringBuilder out;
  private final IntConsumer marks;
  private int brackets;

  /**
   * Writes behind what stands in the builder.
   *
   * @param marks told of every marked expression just before it is written
   */
  ExpressionPrinter(StringBuilder out, IntConsumer marks) {
    this.out = out;
    this.marks = marks;
  }

  /** The expression on one line. */
  static String flat(PyExpr e) {
    StringBuilder text = new StringBuilder();
    new ExpressionPrinter(text, mark -> {}).writeFlat(e);
    return text.toString();
  }

  /** How much of the expression stands on its first line wherever that breaks in its brackets. */
  static int widthOfStart(PyExpr e) {
    String flat = flat(e);
    int bracket = lacksBrackets(e) ? 0 : flat.indexOf('(');
    return bracket < 0 ? flat.length() : bracket + 1;
  }

  /**
   * Writes the expression at the current end.
   *
   * @param indent of the statement that it stands in
   * @param behind characters that must still fit behind it
   */
  void write(PyExpr e, String indent, int behind) {
    int column = out.length() - (out.lastIndexOf("\n") + 1);
    if (column + flat(e).length() + behind <= WIDTH) {
      writeFlat(e);
    } else {
      writeBroken(e, indent, behind);
    }
  }

  /**
   * Writes what is assigned or returned: in brackets of its own where it has none to be broken in.
   */
  void writeAssigned(PyExpr e, String indent) {
    int column = out.length() - (out.lastIndexOf("\n") + 1);
    if (column + flat(e).length() <= WIDTH || !lacksBrackets(e)) {
      write(e, indent, 0);
      return;
    }
    String inner = indent + STEP;
    out.append("(\n").append(inner);
    brackets++;
    write(e, inner, 0);
    brackets--;
    out.append('\n').append(indent).append(')');
  }

  private static boolean lacksBrackets(PyExpr e) {
    if (e instanceof PyExpr.Marked m) {
      return lacksBrackets(m.inner());
    }
    if (e instanceof PyExpr.Index i) {
      return lacksBrackets(i.target());
    }
    return e instanceof PyExpr.Name
        || e instanceof PyExpr.Binary
        || e instanceof PyExpr.Unary
        || e instanceof PyExpr.Conditional
        || (e instanceof PyExpr.Member m && lacksBrackets(m.target()));
  }

  private void writeBroken(PyExpr e, String indent, int behind) {
    if (e instanceof PyExpr.Marked m) {
      marks.accept(m.mark());
      writeBroken(m.inner(), indent, behind);
    } else if (e instanceof PyExpr.Call c && !c.arguments().isEmpty()) {
      writeOperand(c.callee(), ATOM, indent, 1);
      out.append("(\n");
      brackets++;
      for (PyExpr.Argument a : c.arguments()) {
        out.append(indent).append(STEP);
        a.name().ifPresent(n -> out.append(n).append('='));
        write(a.value(), indent + STEP, 1);
        out.append(",\n");
      }
      brackets--;
      out.append(indent).append(')');
    } else if (e instanceof PyExpr.Tuple t && !t.elements().isEmpty()) {
      writeElements(t.elements(), '(', ')', indent);
    } else if (e instanceof PyExpr.Sequence s && !s.elements().isEmpty()) {
      writeElements(s.elements(), '[', ']', indent);
    } else if (e instanceof PyExpr.Dict d) {
      writeEntries(d, indent);
    } else if (e instanceof PyExpr.Binary b) {
      writeBrokenBinary(b, indent, behind);
    } else if (e instanceof PyExpr.Member m) {
      writeOperand(m.target(), ATOM, indent, m.name().length() + 1 + behind);
      out.append('.').append(m.name());
    } else {
      writeBrokenRare(e, indent, behind);
    }
  }

  // Inside of brackets a line starts with each operator that groups like the outermost one.
  private void writeBrokenBinary(PyExpr.Binary b, String indent, int behind) {
    int onTheLeft = onTheLeft(b.operator());
    if (b.left() instanceof PyExpr.Binary left && precedence(left) == onTheLeft) {
      writeBrokenBinary(left, indent, 0);
    } else {
      writeOperand(b.left(), onTheLeft, indent, 0);
    }
    out.append(brackets > 0 ? "\n" + indent : " ").append(b.operator().symbol()).append(' ');
    writeOperand(b.right(), b.operator().precedence() + 1, indent, behind);
  }

  private void writeBrokenRare(PyExpr e, String indent, int behind) {
    if (e instanceof PyExpr.Unary u) {
      out.append(u.prefix().symbol());
      boolean bare = u.prefix() == PyExpr.Prefix.UNPACK && !(u.operand() instanceof PyExpr.Unary);
      writeOperand(u.operand(), bare ? 0 : u.prefix().precedence(), indent, behind);
    } else if (e instanceof PyExpr.Conditional c) {
      String ending = " if " + flat(c.condition()) + " else " + flat(c.otherwise());
      writeOperand(c.value(), CONDITIONAL + 1, indent, ending.length() + behind);
      out.append(ending);
    } else if (e instanceof PyExpr.Index i) {
      String ending =
          i.subscripts().stream()
              .map(ExpressionPrinter::flat)
              .collect(Collectors.joining(", ", "[", "]"));
      writeOperand(i.target(), ATOM, indent, ending.length() + behind);
      out.append(ending);
    } else {
      writeFlat(e);
    }
  }

  private void writeOperand(PyExpr e, int atLeast, String indent, int behind) {
    if (precedence(e) < atLeast) {
      out.append('(');
      write(e, indent, 1 + behind);
      out.append(')');
    } else {
      write(e, indent, behind);
    }
  }

  // Powers group from the right, and comparisons in a row would all have to hold.
  private static int onTheLeft(PyExpr.Operator operator) {
    return switch (operator) {
      case POWER, EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER, GREATER_EQUAL, IS, IS_NOT ->
          operator.precedence() + 1;
      case TIMES,
          MATMUL,
          DIVIDE,
          FLOOR_DIVIDE,
          MODULO,
          PLUS,
          MINUS,
          SHIFT_LEFT,
          SHIFT_RIGHT,
          BIT_AND,
          BIT_XOR,
          BIT_OR ->
          operator.precedence();
    };
  }

  private void writeElements(List<PyExpr> elements, char open, char close, String indent) {
    out.append(open).append('\n');
    brackets++;
    if (elements.stream().allMatch(ExpressionPrinter::isNumber)) {
      writeNumbers(elements, indent + STEP);
    } else {
      for (PyExpr element : elements) {
        out.append(indent).append(STEP);
        writeElement(element, indent + STEP);
      }
    }
    brackets--;
    out.append(indent).append(close);
  }

  // A comprehension takes no comma behind it.
  private void writeElement(PyExpr element, String indent) {
    if (element instanceof PyExpr.Comprehension c) {
      write(c.element(), indent, 0);
      out.append('\n').append(indent).append("for ").append(c.variable()).append(" in ");
      write(c.iterable(), indent, 0);
      out.append('\n');
    } else {
      write(element, indent, 1);
      out.append(",\n");
    }
  }

  private static boolean isNumber(PyExpr e) {
    return e instanceof PyExpr.Int
        || e instanceof PyExpr.Real
        || e instanceof PyExpr.Keyword
        || (e instanceof PyExpr.Unary u && isNumber(u.operand()));
  }

  // Tables of numbers fill their lines: one number a line would bury the code around them.
  private void writeNumbers(List<PyExpr> numbers, String indent) {
    StringBuilder line = new StringBuilder(indent);
    for (PyExpr number : numbers) {
      String text = flat(number) + ",";
      boolean first = line.length() == indent.length();
      if (!first && line.length() + 1 + text.length() > WIDTH) {
        out.append(line).append('\n');
        line.setLength(indent.length());
        first = true;
      }
      line.append(first ? "" : " ").append(text);
    }
    out.append(line).append('\n');
  }

  private void writeEntries(PyExpr.Dict dict, String indent) {
    out.append("{\n");
    brackets++;
    for (PyExpr.Dict.Entry entry : dict.entries()) {
      out.append(indent).append(STEP);
      write(entry.key(), indent + STEP, 1);
      out.append(": ");
      write(entry.value(), indent + STEP, 1);
      out.append(",\n");
    }
    brackets--;
    out.append(indent).append('}');
  }

  private void writeFlat(PyExpr e) {
    if (e instanceof PyExpr.Marked m) {
      marks.accept(m.mark());
      writeFlat(m.inner());
    } else if (e instanceof PyExpr.Name n) {
      out.append(n.id());
    } else if (e instanceof PyExpr.Int i) {
      out.append(i.value());
    } else if (e instanceof PyExpr.Real r) {
      out.append(r.text());
    } else if (e instanceof PyExpr.Text t) {
      out.append(Literals.quoted(t.value()));
    } else if (e instanceof PyExpr.Keyword k) {
      out.append(k.word().text());
    } else if (e instanceof PyExpr.Reference r) {
      throw new AssertionError("nobody named " + r);
    } else {
      writeFlatCompound(e);
    }
  }

  private void writeFlatCompound(PyExpr e) {
    if (e instanceof PyExpr.Member m) {
      writeTight(m.target(), ATOM);
      out.append('.').append(m.name());
    } else if (e instanceof PyExpr.Call c) {
      writeTight(c.callee(), ATOM);
      out.append('(');
      writeArguments(c.arguments());
      out.append(')');
    } else if (e instanceof PyExpr.Index i) {
      writeTight(i.target(), ATOM);
      out.append('[');
      writeJoined(i.subscripts());
      out.append(']');
    } else if (e instanceof PyExpr.Binary b) {
      writeTight(b.left(), onTheLeft(b.operator()));
      out.append(' ').append(b.operator().symbol()).append(' ');
      writeTight(b.right(), b.operator().precedence() + 1);
    } else if (e instanceof PyExpr.Unary u) {
      out.append(u.prefix().symbol());
      writeTight(u.operand(), u.prefix().precedence());
    } else if (e instanceof PyExpr.Conditional c) {
      writeTight(c.value(), CONDITIONAL + 1);
      out.append(" if ");
      writeTight(c.condition(), CONDITIONAL + 1);
      out.append(" else ");
      writeTight(c.otherwise(), CONDITIONAL);
    } else {
      writeFlatGroup(e);
    }
  }

  private void writeFlatGroup(PyExpr e) {
    if (e instanceof PyExpr.Tuple t) {
      out.append('(');
      writeJoined(t.elements());
      out.append(t.elements().size() == 1 ? ",)" : ")");
    } else if (e instanceof PyExpr.Sequence s) {
      out.append('[');
      writeJoined(s.elements());
      out.append(']');
    } else if (e instanceof PyExpr.Dict d) {
      out.append('{');
      out.append(
          d.entries().stream()
              .map(x -> flat(x.key()) + ": " + flat(x.value()))
              .collect(Collectors.joining(", ")));
      out.append('}');
    } else if (e instanceof PyExpr.Range r) {
      r.start().ifPresent(this::writeFlat);
      out.append(':');
      r.stop().ifPresent(this::writeFlat);
      r.step()
          .ifPresent(
              step -> {
                out.append(':');
                writeFlat(step);
              });
    } else if (e instanceof PyExpr.Comprehension c) {
      writeFlat(c.element());
      out.append(" for ").append(c.variable()).append(" in ");
      writeTight(c.iterable(), CONDITIONAL + 1);
    } else if (e instanceof PyExpr.Formatted f) {
      out.append("f\"").append(f.prefix()).append('{');
      writeFlat(f.value());
      out.append("}\"");
    } else {
      throw new AssertionError(e);
    }
  }

  private void writeArguments(List<PyExpr.Argument> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      arguments.get(i).name().ifPresent(n -> out.append(n).append('='));
      writeFlat(arguments.get(i).value());
    }
  }

  private void writeJoined(List<PyExpr> elements) {
    for (int i = 0; i < elements.size(); i++) {
      out.append(i == 0 ? "" : ", ");
      writeFlat(elements.get(i));
    }
  }

  private void writeTight(PyExpr e, int atLeast) {
    boolean parentheses = precedence(e) < atLeast;
    out.append(parentheses ? "(" : "");
    writeFlat(e);
    out.append(parentheses ? ")" : "");
  }

  private static int precedence(PyExpr e) {
    if (e instanceof PyExpr.Binary b) {
      return b.operator().precedence();
    }
    if (e instanceof PyExpr.Unary u) {
      return u.prefix().precedence();
    }
    if (e instanceof PyExpr.Conditional) {
      return CONDITIONAL;
    }
    if (e instanceof PyExpr.Marked m) {
      return precedence(m.inner());
    }
    // A method of a negative number or of a plain integer needs brackets.
    boolean negative = e instanceof PyExpr.Int i && i.value() < 0;
    boolean negativeReal = e instanceof PyExpr.Real r && r.text().startsWith("-");
    return negative || negativeReal ? PyExpr.Prefix.MINUS.precedence() : ATOM;
  }
}
