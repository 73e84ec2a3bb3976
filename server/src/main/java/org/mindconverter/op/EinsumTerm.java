// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.op.EinsumEquation.Label;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * A tensor in an Einsum whose axes have labels.
 *
 * @param dims as many as labels
 */
record EinsumTerm(PyExpr value, List<Label> labels, List<Dim> dims, ElementType element) {
  private static final Dim ONE = Dim.of(1);

  EinsumTerm {
    labels = List.copyOf(labels);
    dims = List.copyOf(dims);
  }

  private EinsumTerm with(PyExpr newValue, List<Label> newLabels) {
    return new EinsumTerm(newValue, newLabels, newLabels.stream().map(this::dim).toList(), element);
  }

  private Dim dim(Label label) {
    return dims.get(labels.indexOf(label));
  }

  /** Of axes with the same label, only where their positions are equal. */
  EinsumTerm onDiagonals() {
    EinsumTerm term = this;
    for (Label label : labels) {
      while (term.labels.indexOf(label) != term.labels.lastIndexOf(label)) {
        term = term.onDiagonal(term.labels.indexOf(label), term.labels.lastIndexOf(label));
      }
    }
    return term;
  }

  private EinsumTerm onDiagonal(int first, int second) {
    List<Label> rest = new ArrayList<>(labels);
    List<Dim> sizes = new ArrayList<>(dims);
    rest.remove(second);
    sizes.remove(second);
    rest.add(rest.remove(first));
    sizes.add(sizes.remove(first));
    PyExpr diagonal = Py.call("ops.diagonal", value, Py.num(0), Py.num(first), Py.num(second));
    return new EinsumTerm(diagonal, rest, sizes, element);
  }

  /** Summed over the axes that neither list names. */
  EinsumTerm summedExcept(List<Label> needed, List<Label> alsoNeeded) {
    List<Label> kept = new ArrayList<>();
    List<Integer> summed = new ArrayList<>();
    for (int axis = 0; axis < labels.size(); axis++) {
      if (needed.contains(labels.get(axis)) || alsoNeeded.contains(labels.get(axis))) {
        kept.add(labels.get(axis));
      } else {
        summed.add(axis);
      }
    }
    if (summed.isEmpty()) {
      return this;
    }
    PyExpr axes = summed.size() == 1 ? Py.num(summed.get(0)) : Py.ints(summed);
    return with(inOwnType(Py.method(value, "sum", axes)), kept);
  }

  // Sums of narrow whole numbers come out as int64.
  private PyExpr inOwnType(PyExpr sum) {
    return element.isInteger() && element != ElementType.INT64
        ? Py.method(sum, "astype", Dtypes.of(element))
        : sum;
  }

  /** With the axes in that order. */
  EinsumTerm inOrder(List<Label> order) {
    if (order.equals(labels)) {
      return this;
    }
    List<Integer> axes = order.stream().map(labels::indexOf).toList();
    return with(Py.method(value, "transpose", Py.ints(axes)), order);
  }

  /** The product, summed over common labels that are not needed any more. */
  EinsumTerm times(EinsumTerm other, List<Label> needed, Lowered.Steps steps) throws Refusal {
    List<Label> both = labels.stream().filter(other.labels::contains).toList();
    List<Label> contracted = both.stream().filter(label -> !needed.contains(label)).toList();
    List<Label> batch = both.stream().filter(needed::contains).toList();
    List<Label> mine = labels.stream().filter(label -> !both.contains(label)).toList();
    List<Label> others = other.labels.stream().filter(label -> !both.contains(label)).toList();
    List<Label> joined = joined(batch, mine, others);
    List<Dim> sizes = new ArrayList<>();
    for (Label label : joined) {
      sizes.add(labels.contains(label) ? larger(label, other) : other.dim(label));
    }
    if (contracted.isEmpty()) {
      PyExpr product =
          Py.times(
              roomAt(-1, others.size(), inOrder(joined(batch, mine, List.of())).value),
              roomAt(
                  batch.size(),
                  batch.isEmpty() ? 0 : mine.size(),
                  other.inOrder(joined(batch, others, List.of())).value));
      return new EinsumTerm(product, joined, sizes, element);
    }
    for (Label label : contracted) {
      if (!dim(label).equals(other.dim(label)) && label.isUnderEllipsis()) {
        throw new Refusal("attribute 'equation' sums over stretched axes");
      }
    }
    // Without a batch the right side is one matrix, which takes any number of rows on the left.
    boolean rows = batch.isEmpty() && !mine.isEmpty();
    PyExpr left = rows ? rows(mine, contracted) : matrices(batch, mine, contracted);
    PyExpr product = Py.call("ops.matmul", left, other.matrices(batch, contracted, others));
    boolean done = others.size() == 1 && (rows || mine.size() == 1);
    return new EinsumTerm(
        done ? product : Reshape.to(steps.add("product", product), sizes), joined, sizes, element);
  }

  private static List<Label> joined(List<Label> a, List<Label> b, List<Label> c) {
    List<Label> all = new ArrayList<>(a);
    all.addAll(b);
    all.addAll(c);
    return all;
  }

  private Dim larger(Label label, EinsumTerm other) {
    Dim own = dim(label);
    return other.labels.contains(label)
        ? Shape.broadcast(new Shape(List.of(own)), new Shape(List.of(other.dim(label))))
            .map(shape -> shape.dim(0))
            .orElse(own)
        : own;
  }

  // (batch, rows, columns), with several axes in one where there are several.
  private PyExpr matrices(List<Label> batch, List<Label> rows, List<Label> columns) {
    EinsumTerm ordered = inOrder(joined(batch, rows, columns));
    if (rows.size() == 1 && columns.size() == 1) {
      return ordered.value;
    }
    List<Dim> sizes = new ArrayList<>(batch.stream().map(this::dim).toList());
    sizes.add(product(rows));
    sizes.add(product(columns));
    return Reshape.between(ordered.value, ordered.dims, sizes);
  }

  // (rows…, columns), with the columns in one axis.
  private PyExpr rows(List<Label> rows, List<Label> columns) {
    EinsumTerm ordered = inOrder(joined(rows, columns, List.of()));
    List<Dim> sizes = new ArrayList<>(rows.stream().map(this::dim).toList());
    sizes.add(product(columns));
    return Reshape.between(ordered.value, ordered.dims, sizes);
  }

  private Dim product(List<Label> axes) {
    return axes.stream().map(this::dim).reduce(ONE, Dim::times);
  }

  private static PyExpr roomAt(int axis, int count, PyExpr x) {
    PyExpr result = x;
    for (int i = 0; i < count; i++) {
      result = Py.method(result, "expand_dims", Py.num(axis));
    }
    return result;
  }
}
