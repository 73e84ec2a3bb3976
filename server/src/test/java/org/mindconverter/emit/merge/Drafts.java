// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyPrinter;
import org.mindconverter.python.PyStmt;

/** Classes to be merged, spelled shortly, and the script that comes of them. */
final class Drafts {
  private static final PyExpr SELF = Py.name("self");

  private final List<ClassDraft> drafts = new ArrayList<>();

  void add(String wanted, PyStmt.ClassDef definition) {
    drafts.add(new ClassDraft(wanted, new ClassDocs("pkg." + wanted + ".", ""), definition));
  }

  int size() {
    return drafts.size();
  }

  static PyStmt member(String name, PyExpr value) {
    return PyStmt.Assign.of(new PyExpr.Member(SELF, name), value);
  }

  static PyStmt let(String name, PyExpr value) {
    return PyStmt.Assign.of(Py.name(name), value);
  }

  static PyExpr self(String member, String... arguments) {
    return Py.method(SELF, member, names(arguments));
  }

  static PyExpr[] names(String... names) {
    return List.of(names).stream().map(Py::name).toArray(PyExpr[]::new);
  }

  static PyExpr conv(long in, long out, long kernel, long stride) {
    PyExpr.Call conv = Py.call("nn.Conv2d", Py.num(in), Py.num(out));
    conv = conv.with("kernel_size", Py.num(kernel));
    conv = stride == 1 ? conv : conv.with("stride", Py.num(stride));
    return kernel == 1
        ? conv.with("pad_mode", Py.text("valid"))
        : conv.with("pad_mode", Py.text("pad")).with("padding", Py.num(kernel / 2));
  }

  static PyStmt.ClassDef definition(
      String name, List<PyStmt> members, List<String> inputs, List<PyStmt> work) {
    List<PyStmt> init = new ArrayList<>();
    init.add(ClassBody.CALL_OF_SUPER);
    init.addAll(members);
    List<PyStmt.Parameter> parameters = new ArrayList<>();
    parameters.add(PyStmt.Parameter.of("self"));
    inputs.forEach(i -> parameters.add(PyStmt.Parameter.of(i)));
    return new PyStmt.ClassDef(
        name,
        List.of(Py.name("nn.Cell")),
        List.of(
            new PyStmt.Function("__init__", List.of(PyStmt.Parameter.of("self")), init),
            new PyStmt.Function("construct", parameters, work)));
  }

  /** The script of the drafts and of a root that keeps one of each in a list. */
  String merged(String... kept) {
    PyExpr list =
        Py.call(
            "nn.CellList", Py.list(List.of(kept).stream().map(k -> (PyExpr) Py.call(k)).toList()));
    PyStmt.ClassDef root =
        definition(
            "Net",
            List.of(member("list", list)),
            List.of("x"),
            List.of(new PyStmt.Return(Py.name("x"))));
    MergedClasses classes =
        ClassMerging.of(
            drafts,
            new ClassDraft("Net", new ClassDocs("", ""), root),
            Set.of(),
            Set.of("training"));
    return PyPrinter.print(List.copyOf(classes.definitions())).text();
  }

  static PyStmt result(String name) {
    return new PyStmt.Return(Py.name(name));
  }
}
