// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.DimExpression;
import org.mindconverter.ir.ListType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.ValueType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** A dimension that only a run tells, as code. */
final class DimCode {
  private final Function<DimExpression, Optional<PyExpr>> carried;

  private DimCode(Function<DimExpression, Optional<PyExpr>> carried) {
    this.carried = carried;
  }

  /**
   * The code of a dimension.
   *
   * @param carried what reads a dimension where some value carries it; every symbol has one
   */
  static PyExpr of(DimExpression e, Function<DimExpression, Optional<PyExpr>> carried) {
    return new DimCode(carried).expression(e);
  }

  /** What a value tells of dimensions that only a run tells, and how. */
  static Map<DimExpression, PyExpr> carriedBy(PyExpr value, ValueType type) {
    Map<DimExpression, PyExpr> carried = new LinkedHashMap<>();
    if (type instanceof ListType list && list.length() instanceof Dim.Symbolic length) {
      carried.put(length.expression(), Py.call("len", value));
    }
    Shape shape = type instanceof TensorType t ? t.shape().orElse(Shape.SCALAR) : Shape.SCALAR;
    for (int axis = shape.rank() - 1; axis >= 0; axis--) {
      if (shape.dim(axis) instanceof Dim.Symbolic s) {
        carried.put(s.expression(), Py.index(new PyExpr.Member(value, "shape"), Py.num(axis)));
      }
    }
    return carried;
  }

  private PyExpr expression(DimExpression e) {
    Optional<PyExpr> whole = carried.apply(e);
    if (whole.isPresent()) {
      return whole.get();
    }
    if (e.soleSymbol().isPresent()) {
      throw new IllegalStateException("no value carries the dimension '%s'".formatted(e));
    }
    PyExpr sum = null;
    for (Map.Entry<DimExpression.Product, Long> term : e.terms().entrySet()) {
      long factor = term.getValue();
      boolean subtract = sum != null && factor < 0;
      PyExpr product = product(term.getKey(), subtract ? -factor : factor);
      sum = sum == null ? product : subtract ? Py.minus(sum, product) : Py.plus(sum, product);
    }
    return sum == null ? Py.num(0) : sum;
  }

  private PyExpr product(DimExpression.Product product, long factor) {
    List<PyExpr> factors = new ArrayList<>();
    for (DimExpression.Atom atom : product.atoms()) {
      factors.add(atom(atom));
    }
    if (factor != 1 || factors.isEmpty()) {
      factors.add(Py.num(factor));
    }
    return factors.stream().reduce(Py::times).orElseThrow();
  }

  private PyExpr atom(DimExpression.Atom atom) {
    if (atom instanceof DimExpression.Symbol s) {
      return expression(DimExpression.symbol(s.name()));
    }
    DimExpression.Binary b = (DimExpression.Binary) atom;
    PyExpr left = expression(b.left());
    PyExpr right = expression(b.right());
    return switch (b.operation()) {
      case FLOOR_DIV -> Py.binary(left, PyExpr.Operator.FLOOR_DIVIDE, right);
      case MOD -> Py.binary(left, PyExpr.Operator.MODULO, right);
      case MIN -> Py.call("min", left, right);
      case MAX -> Py.call("max", left, right);
    };
  }
}
