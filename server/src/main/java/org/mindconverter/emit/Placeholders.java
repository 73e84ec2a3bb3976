// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.mindconverter.ir.Attribute;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Node;
import org.mindconverter.ir.OpId;
import org.mindconverter.ir.Operand;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.op.Cell;
import org.mindconverter.op.Knowledge;
import org.mindconverter.op.Lowered;
import org.mindconverter.op.References;
import org.mindconverter.python.Identifiers;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;
import org.mindconverter.python.PyStmt;

/**
 * What stands in for operators without a mapping: a cell that carries all that is known of the
 * operator, constructs, and raises when it is reached, saying what to write there.
 */
final class Placeholders {
  private static final String BASE = "Placeholder";

  private Placeholders() {}

  /** The node as a call of such a cell. */
  static Lowered lowered(Node node, Knowledge known) {
    Cell cell =
        Cell.of(
                namespace(node.op()) + "." + typeName(node.op()),
                Identifiers.snakeCase(typeName(node.op())))
            .arg("input_shape", shapes(inputTypes(node, known)))
            .arg("output_shape", shapes(outputTypes(node, known)))
            .arg("output_dtype", dtypes(outputTypes(node, known)));
    for (Map.Entry<String, Attribute> a : node.attributes().byName().entrySet()) {
      cell = cell.arg(attributeName(a.getKey()), literal(a.getValue()));
    }
    References.CellCall call = cell.call(inputs(node).toArray(PyExpr[]::new));
    if (node.outputs().size() == 1) {
      return Lowered.of(call);
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr all = steps.add("outputs", call);
    List<PyExpr> results = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      results.add(Py.index(all, Py.num(i)));
    }
    return steps.results(results);
  }

  private static String attributeName(String name) {
    String mangled = Identifiers.mangle(name, "attribute");
    return mangled.startsWith("input_shape") || mangled.startsWith("output_")
        ? mangled + "_"
        : mangled;
  }

  /** The domain as a name: {@code onnx}, {@code com_microsoft}. */
  private static String namespace(OpId op) {
    return op.domain().isEmpty() ? "onnx" : Identifiers.mangle(op.domain(), "domain");
  }

  private static String typeName(OpId op) {
    return Identifiers.mangle(op.type(), "Operator");
  }

  private static List<PyExpr> inputs(Node node) {
    List<PyExpr> inputs = new ArrayList<>();
    for (Operand operand : node.inputs()) {
      if (operand instanceof Operand.Use use) {
        inputs.add(new References.ValueRef(use.value()));
      } else if (operand instanceof Operand.Weight weight) {
        inputs.add(new References.WeightRef(weight.expression()));
      } else if (operand instanceof Operand.Constant c && c.tensor().element().isMindSpore()) {
        inputs.add(new References.ConstRef(c.tensor()));
      } else {
        inputs.add(Py.none());
      }
    }
    return inputs;
  }

  private static List<TensorType> inputTypes(Node node, Knowledge known) {
    return node.inputs().stream().map(known::type).toList();
  }

  private static List<TensorType> outputTypes(Node node, Knowledge known) {
    return node.outputs().stream()
        .map(o -> o.map(v -> known.type(new Operand.Use(v))).orElse(TensorType.UNKNOWN))
        .toList();
  }

  // One tensor: its shape; several: a tuple of shapes.
  private static PyExpr shapes(List<TensorType> types) {
    List<PyExpr> shapes = types.stream().map(t -> shape(t.shape())).toList();
    return shapes.size() == 1 ? shapes.get(0) : Py.tuple(shapes);
  }

  private static PyExpr shape(Optional<Shape> shape) {
    return shape
        .map(s -> Py.tuple(s.dims().stream().map(Placeholders::dim).toList()))
        .orElse(Py.none());
  }

  private static PyExpr dim(Dim dim) {
    return dim.size().isPresent() ? Py.num(dim.size().getAsLong()) : Py.none();
  }

  private static PyExpr dtypes(List<TensorType> types) {
    List<PyExpr> names = types.stream().map(t -> Py.text(t.element().lowerName())).toList();
    return names.size() == 1 ? names.get(0) : Py.tuple(names);
  }

  private static PyExpr literal(Attribute attribute) {
    if (attribute instanceof Attribute.Int a) {
      return Py.num(a.value());
    }
    if (attribute instanceof Attribute.Real a) {
      return Py.num(a.value());
    }
    if (attribute instanceof Attribute.Text a) {
      return Py.text(a.value());
    }
    if (attribute instanceof Attribute.Ints a) {
      return Py.ints(a.values());
    }
    if (attribute instanceof Attribute.Reals a) {
      return Py.tuple(a.values().stream().map(v -> Py.num(v.floatValue())).toList());
    }
    if (attribute instanceof Attribute.Texts a) {
      return Py.tuple(a.values().stream().map(Py::text).toList());
    }
    if (attribute instanceof Attribute.Const a) {
      return Py.text("tensor " + a.value().type());
    }
    if (attribute instanceof Attribute.SubGraph a) {
      return Py.text("graph of %d nodes".formatted(a.value().nodes().size()));
    }
    return Py.text(((Attribute.Other) attribute).kind());
  }

  /** The classes that the placeholders of these nodes need, for the top of the script. */
  static List<PyStmt> classes(List<LoweredNode> nodes) {
    SortedMap<String, SortedSet<String>> byDomain = new TreeMap<>();
    for (LoweredNode node : nodes) {
      if (node.refusal().isPresent()) {
        OpId op = node.node().op();
        byDomain.computeIfAbsent(namespace(op), n -> new TreeSet<>()).add(typeName(op));
      }
    }
    if (byDomain.isEmpty()) {
      return List.of();
    }
    List<PyStmt> classes = new ArrayList<>();
    classes.add(base());
    byDomain.forEach((domain, types) -> classes.add(namespaceClass(domain, types)));
    return classes;
  }

  private static PyStmt namespaceClass(String domain, SortedSet<String> types) {
    List<PyStmt> body = new ArrayList<>();
    body.add(new PyStmt.Docstring("Operators of the source that were not converted."));
    for (String type : types) {
      PyStmt doc = new PyStmt.Docstring("Write here what %s computes.".formatted(type));
      body.add(new PyStmt.ClassDef(type, List.of(Py.name(BASE)), List.of(doc)));
    }
    return new PyStmt.ClassDef(domain, List.of(), body);
  }

  private static PyStmt base() {
    PyExpr self = Py.name("self");
    PyStmt init =
        new PyStmt.Function(
            "__init__",
            List.of(
                PyStmt.Parameter.of("self"),
                PyStmt.Parameter.of("input_shape"),
                PyStmt.Parameter.of("output_shape"),
                PyStmt.Parameter.of("output_dtype"),
                PyStmt.Parameter.rest("attributes")),
            List.of(
                new PyStmt.Do(Py.method(Py.call("super"), "__init__")),
                assign(self, "input_shape"),
                assign(self, "output_shape"),
                assign(self, "output_dtype"),
                assign(self, "attributes")));
    PyExpr message =
        Py.text("not converted: write here what the report says this operator computes");
    PyStmt construct =
        new PyStmt.Function(
            "construct",
            List.of(PyStmt.Parameter.of("self"), PyStmt.Parameter.variadic("inputs")),
            List.of(new PyStmt.Raise(Py.call("NotImplementedError", message))));
    return new PyStmt.ClassDef(
        BASE,
        List.of(Py.name("nn.Cell")),
        List.of(
            new PyStmt.Docstring("Stands in for an operator; raises when it is reached."),
            init,
            construct));
  }

  private static PyStmt assign(PyExpr self, String name) {
    return PyStmt.Assign.of(new PyExpr.Member(self, name), Py.name(name));
  }
}
