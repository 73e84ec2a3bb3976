// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.python;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Prints trees as source: four spaces, double quotes, lines of at most 100 characters wherever a
 * bracket lets a line break.
 */
public final class PyPrinter {
  private static final String STEP = "    ";

  private final StringBuilder out = new StringBuilder();
  private final Map<Integer, PrintedModule.Position> places = new HashMap<>();
  private final ExpressionPrinter expressions = new ExpressionPrinter(out, this::record);
  private int line = 1;
  private int counted;

  private PyPrinter() {}

  /** The source of a module. */
  public static PrintedModule print(List<PyStmt> module) {
    PyPrinter printer = new PyPrinter();
    printer.topLevel(module);
    return new PrintedModule(printer.out.toString(), printer.places);
  }

  private void record(int mark) {
    for (; counted < out.length(); counted++) {
      if (out.charAt(counted) == '\n') {
        line++;
      }
    }
    int column = out.length() - (out.lastIndexOf("\n") + 1);
    places.putIfAbsent(mark, new PrintedModule.Position(line, column));
  }

  private void topLevel(List<PyStmt> module) {
    PyStmt last = null;
    for (PyStmt statement : module) {
      boolean block = statement instanceof PyStmt.ClassDef || last instanceof PyStmt.ClassDef;
      if (block) {
        out.append("\n\n");
      } else if (last instanceof PyStmt.Docstring || startsImports(last, statement)) {
        out.append('\n');
      }
      statement(statement, "");
      last = statement;
    }
  }

  // The standard library's imports stand apart from those of packages.
  private static boolean startsImports(PyStmt last, PyStmt statement) {
    return isImport(last) != isImport(statement) && last != null;
  }

  private static boolean isImport(PyStmt statement) {
    return statement instanceof PyStmt.Import || statement instanceof PyStmt.ImportFrom;
  }

  private void statement(PyStmt s, String indent) {
    if (s instanceof PyStmt.ClassDef c) {
      classDef(c, indent);
    } else if (s instanceof PyStmt.Function f) {
      function(f, indent);
    } else if (s instanceof PyStmt.If i) {
      conditional(i, indent);
    } else if (s instanceof PyStmt.For f) {
      out.append(indent).append("for ");
      out.append(flat(f.target() instanceof PyExpr.Tuple t ? t.elements() : List.of(f.target())));
      out.append(" in ");
      expressions.write(f.iterable(), indent, 1);
      out.append(":\n");
      block(f.body(), indent + STEP);
    } else if (s instanceof PyStmt.While w) {
      out.append(indent).append("while ");
      expressions.write(w.condition(), indent, 1);
      out.append(":\n");
      block(w.body(), indent + STEP);
    } else {
      simple(s, indent);
    }
  }

  private void simple(PyStmt s, String indent) {
    out.append(indent);
    if (s instanceof PyStmt.Assign a) {
      writeTargets(a, indent);
      out.append(" = ");
      if (a.targets().size() > 1) {
        writeTuple(a.value(), indent);
      } else {
        expressions.writeAssigned(a.value(), indent);
      }
    } else if (s instanceof PyStmt.Return r) {
      out.append("return ");
      writeTuple(r.value(), indent);
    } else if (s instanceof PyStmt.Raise r) {
      out.append("raise ");
      expressions.write(r.value(), indent, 0);
    } else if (s instanceof PyStmt.Do d) {
      expressions.write(d.value(), indent, 0);
    } else if (s instanceof PyStmt.Import i) {
      out.append("import ").append(i.module());
      i.alias().ifPresent(alias -> out.append(" as ").append(alias));
    } else if (s instanceof PyStmt.ImportFrom i) {
      out.append("from ").append(i.module()).append(" import ");
      out.append(String.join(", ", i.names()));
    } else if (s instanceof PyStmt.Break) {
      out.append("break");
    } else if (s instanceof PyStmt.Docstring d) {
      docstring(d.text(), indent);
    } else {
      throw new AssertionError(s);
    }
    out.append('\n');
  }

  private void writeTargets(PyStmt.Assign a, String indent) {
    String flat = flat(a.targets());
    int used = indent.length() + flat.length() + " = ".length();
    if (a.targets().size() == 1
        || used + ExpressionPrinter.widthOfStart(a.value()) <= ExpressionPrinter.WIDTH) {
      out.append(flat);
      return;
    }
    out.append("(\n");
    a.targets()
        .forEach(
            t -> out.append(indent).append(STEP).append(ExpressionPrinter.flat(t)).append(",\n"));
    out.append(indent).append(')');
  }

  private static String flat(List<PyExpr> expressions) {
    return expressions.stream().map(ExpressionPrinter::flat).collect(Collectors.joining(", "));
  }

  // `return a, b` needs no brackets while it fits on its line.
  private void writeTuple(PyExpr value, String indent) {
    if (value instanceof PyExpr.Tuple t && t.elements().size() > 1) {
      String flat = flat(t.elements());
      int used = out.length() - (out.lastIndexOf("\n") + 1);
      if (used + flat.length() <= ExpressionPrinter.WIDTH) {
        out.append(flat);
        return;
      }
    }
    expressions.writeAssigned(value, indent);
  }

  private void docstring(String text, String indent) {
    String inner = Literals.docstring(text).stripTrailing();
    if (!inner.contains("\n")) {
      out.append("\"\"\"").append(inner).append("\"\"\"");
      return;
    }
    out.append("\"\"\"");
    String[] lines = inner.split("\n", -1);
    for (int i = 0; i < lines.length; i++) {
      String body = lines[i].stripTrailing();
      out.append(i == 0 || body.isEmpty() ? body : indent + body).append('\n');
    }
    out.append(indent).append("\"\"\"");
  }

  private void classDef(PyStmt.ClassDef c, String indent) {
    out.append(indent).append("class ").append(c.name());
    if (!c.bases().isEmpty()) {
      out.append('(');
      out.append(flat(c.bases()));
      out.append(')');
    }
    out.append(":\n");
    String inner = indent + STEP;
    boolean first = true;
    for (PyStmt s : c.body()) {
      if (!first) {
        out.append('\n');
      }
      statement(s, inner);
      first = false;
    }
  }

  private void function(PyStmt.Function f, String indent) {
    String head = indent + "def " + f.name() + "(";
    List<String> parameters = f.parameters().stream().map(PyPrinter::parameter).toList();
    String flat = head + String.join(", ", parameters) + "):";
    if (flat.length() <= ExpressionPrinter.WIDTH) {
      out.append(flat).append('\n');
    } else {
      out.append(head).append('\n');
      parameters.forEach(p -> out.append(indent).append(STEP).append(p).append(",\n"));
      out.append(indent).append("):\n");
    }
    block(f.body(), indent + STEP);
  }

  private static String parameter(PyStmt.Parameter p) {
    return p.kind().prefix()
        + p.name()
        + p.defaultValue().map(e -> "=" + ExpressionPrinter.flat(e)).orElse("");
  }

  private void conditional(PyStmt.If i, String indent) {
    out.append(indent).append("if ");
    expressions.write(i.condition(), indent, 1);
    out.append(":\n");
    block(i.body(), indent + STEP);
    if (!i.otherwise().isEmpty()) {
      out.append(indent).append("else:\n");
      block(i.otherwise(), indent + STEP);
    }
  }

  private void block(List<PyStmt> body, String indent) {
    if (body.isEmpty()) {
      out.append(indent).append("pass\n");
    }
    body.forEach(s -> statement(s, indent));
  }
}
