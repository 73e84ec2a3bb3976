// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.PyExpr;

/** What lowered expressions speak of before names are decided. */
public final class References {
  private References() {}

  /** An expression with its references replaced, inside of cells' arguments too. */
  public static PyExpr rewritten(PyExpr e, Function<PyExpr.Reference, PyExpr> replacement) {
    return e.replacing(
        reference -> {
          if (reference instanceof CellCall c) {
            return replacement.apply(
                new CellCall(
                    c.cell(),
                    c.arguments().stream().map(a -> rewritten(a, replacement)).toList(),
                    c.functional().map(f -> rewritten(f, replacement))));
          }
          return replacement.apply(reference);
        });
  }

  /** Whether an expression reads that variable. */
  static boolean reads(PyExpr e, Temporary variable) {
    boolean[] found = {false};
    rewritten(
        e,
        reference -> {
          found[0] |= reference.equals(variable);
          return reference;
        });
    return found[0];
  }

  /** A value of the graph. */
  public record ValueRef(String value) implements PyExpr.Reference {}

  /** A constant tensor. */
  public record ConstRef(Tensor tensor) implements PyExpr.Reference {}

  /** A parameter or buffer, read in the open rather than inside of a cell. */
  public record WeightRef(WeightExpression weight) implements PyExpr.Reference {}

  /** A dimension that only a run tells: becomes {@code x.shape[i]} of a value that carries it. */
  public record DimRef(Dim dim) implements PyExpr.Reference {}

  /** An intermediate result inside of one node. */
  public record Temporary(String hint, int number) implements PyExpr.Reference {}

  /**
   * A cell at work.
   *
   * @param functional the same without a cell, where there is such a form: taken when the cell has
   *     no natural place in its class
   */
  public record CellCall(Cell cell, List<PyExpr> arguments, Optional<PyExpr> functional)
      implements PyExpr.Reference {
    /** Copies. */
    public CellCall {
      Objects.requireNonNull(cell);
      arguments = List.copyOf(arguments);
      Objects.requireNonNull(functional);
    }

    /** The same, with a form that needs no cell. */
    public CellCall or(PyExpr form) {
      return new CellCall(cell, arguments, Optional.of(form));
    }
  }
}
