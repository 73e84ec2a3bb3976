// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.fold.Scattering;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Operators that write elements at tables of positions. */
final class Scatters {
  private Scatters() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("ScatterND")
        .infer(TypeRules::sameAsFirst)
        .fold(Scatters::foldTuples)
        .since(11, 13, 16, 18)
        .lower(Scatters::scatterTuples);
    ops.onnx("ScatterElements")
        .infer(TypeRules::sameAsFirst)
        .since(11, 13, 16, 18)
        .lower(Scatters::scatterElements);
    // Since opset 11 it is ScatterElements' old name, with the same meaning.
    ops.onnx("Scatter").infer(TypeRules::sameAsFirst).since(9).lower(Scatters::scatterElements);
  }

  private static Optional<List<NumericTensor>> foldTuples(NodeFacts node) {
    Optional<NumericTensor> x = node.constant(0);
    Optional<NumericTensor> positions = node.constant(1);
    Optional<NumericTensor> updates = node.constant(2);
    Optional<Scattering.Onto> onto = onto(node.text("reduction", "none"));
    return x.isPresent() && positions.isPresent() && updates.isPresent() && onto.isPresent()
        ? Optional.of(
            List.of(Scattering.scatterNd(x.get(), positions.get(), updates.get(), onto.get())))
        : Optional.empty();
  }

  private static Optional<Scattering.Onto> onto(String reduction) {
    return switch (reduction) {
      case "none" -> Optional.of(Scattering.Onto.REPLACE);
      case "add" -> Optional.of(Scattering.Onto.ADD);
      case "mul" -> Optional.of(Scattering.Onto.MULTIPLY);
      case "max" -> Optional.of(Scattering.Onto.MAXIMUM);
      case "min" -> Optional.of(Scattering.Onto.MINIMUM);
      default -> Optional.empty();
    };
  }

  private static Lowered scatterTuples(NodeReading node) throws Refusal {
    String function = function(node);
    int length = Math.toIntExact(node.size(1, -1));
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = node.value(0);
    PyExpr fronts = Positions.fromTheFront(node, 1, node.shape(0).dims().subList(0, length), steps);
    return steps.result(Py.call(function, x, fronts, node.value(2)));
  }

  private static String function(NodeReading node) throws Refusal {
    String reduction = node.text("reduction", "none");
    if (!reduction.equals("none") && node.element(0) == ElementType.BOOL) {
      throw new Refusal("attribute 'reduction' of '%s' on truth values".formatted(reduction));
    }
    return switch (reduction) {
      case "none" -> "ops.tensor_scatter_update";
      case "add", "mul", "max", "min" -> "ops.tensor_scatter_" + reduction;
      default -> throw new Refusal("attribute 'reduction' of '%s'".formatted(reduction));
    };
  }

  private static Lowered scatterElements(NodeReading node) throws Refusal {
    Shape data = node.shape(0);
    int axis = node.axis(node.integer("axis", 0), data.rank());
    String reduction = node.text("reduction", "none");
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr x = node.value(0);
    PyExpr fronts = Positions.fromTheFront(node, 1, List.of(data.dim(axis)), steps);
    PyExpr updates = node.value(2);
    if (reduction.equals("none")) {
      return steps.result(Py.call("ops.tensor_scatter_elements", x, fronts, updates, Py.num(axis)));
    }
    if (reduction.equals("add") && node.element(0) != ElementType.BOOL) {
      return steps.result(
          Py.call("ops.tensor_scatter_elements", x, fronts, updates, Py.num(axis))
              .with("reduction", Py.text("add")));
    }
    PyExpr tuples = steps.add("indices", tuples(node, axis, fronts));
    return steps.result(Py.call(function(node), x, tuples, updates));
  }

  // tensor_scatter_elements only writes and adds; its relatives want one position per axis.
  private static PyExpr tuples(NodeReading node, int axis, PyExpr fronts) throws Refusal {
    List<Dim> dims = node.shape(1).dims();
    List<PyExpr> columns = new ArrayList<>();
    for (int i = 0; i < dims.size(); i++) {
      columns.add(
          i == axis
              ? Py.method(fronts, "expand_dims", Py.num(-1))
              : Positions.along(dims, i, node.element(1)));
    }
    return columns.size() == 1 ? columns.get(0) : Py.call("ops.cat", Py.tuple(columns), Py.num(-1));
  }
}
