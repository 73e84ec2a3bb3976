// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.FLOAT64;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** The operator Det: determinants of square matrices in the last two axes. */
final class Determinant {
  private static final Kernel KERNEL = Kernel.of(FLOAT32, FLOAT64);

  private Determinant() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Det").infer(Determinant::infer).since(11, 22).lower(Determinant::lower);
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Shape shape = node.shape(0).get();
    if (shape.rank() < 2) {
      throw node.malformed("an input of shape %s holds no matrix".formatted(shape));
    }
    Shape batch = new Shape(shape.dims().subList(0, shape.rank() - 2));
    return List.of(TensorType.of(node.element(0), batch));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    int rank = node.rank(0);
    Shape shape = node.shape(0);
    if (shape.dim(-1).size().isEmpty() && shape.dim(-2).size().isEmpty()) {
      throw new Refusal("matrices whose size only a run tells");
    }
    boolean single = shape.dim(-1).is(1) || shape.dim(-2).is(1);
    if (single) {
      // ops.det takes no matrix of one element.
      List<PyExpr> only = new ArrayList<>(Collections.nCopies(rank, Py.all()));
      only.set(rank - 2, Py.num(0));
      only.set(rank - 1, Py.num(0));
      return Lowered.of(new PyExpr.Index(node.value(0), only));
    }
    return Lowered.of(KERNEL.apply(node, x -> Py.call("ops.det", x)));
  }
}
