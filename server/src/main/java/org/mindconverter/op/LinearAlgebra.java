// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.Shape;
import org.mindconverter.ir.TensorType;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Products of matrices, and the linear layers made of them. */
final class LinearAlgebra {
  private static final List<Integer> SWAPPED = List.of(1, 0);
  // Unsigned products and their sums are the signed ones, read otherwise.
  private static final Kernel PRODUCTS = Kernel.NUMBERS.wrapping();

  private LinearAlgebra() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("Gemm").infer(LinearAlgebra::inferGemm).since(7, 9, 11, 13).lower(LinearAlgebra::gemm);
    ops.onnx("MatMul")
        .infer(LinearAlgebra::inferMatMul)
        .since(1, 9, 13)
        .lower(LinearAlgebra::matMul);
    ops.internal("Linear").infer(LinearAlgebra::inferLinear).since(1).lower(LinearAlgebra::linear);
  }

  private static List<TensorType> inferGemm(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    Shape a = node.shape(0).get();
    Shape b = node.shape(1).get();
    if (a.rank() != 2 || b.rank() != 2) {
      throw node.malformed("operands of %s and %s are no matrices".formatted(a, b));
    }
    Dim rows = a.dim(node.integer("transA", 0) != 0 ? 1 : 0);
    Dim columns = b.dim(node.integer("transB", 0) != 0 ? 0 : 1);
    return List.of(TensorType.of(node.element(0), new Shape(List.of(rows, columns))));
  }

  private static Lowered gemm(NodeReading node) throws Refusal {
    boolean transA = node.integer("transA", 0) != 0;
    boolean transB = node.integer("transB", 0) != 0;
    float alpha = node.real("alpha", 1);
    float beta = node.real("beta", 1);
    boolean linear =
        !transA
            && alpha == 1
            && (beta == 1 || !node.has(2))
            && node.isWeight(1)
            && isFloat(node.element(0))
            && (!node.has(2) || isRow(node));
    if (linear) {
      WeightExpression stored = node.weight(1);
      WeightExpression weight = transB ? stored : stored.transposed(SWAPPED);
      PyExpr x = node.value(0);
      PyExpr transposed =
          transB ? node.value(1) : Py.method(node.value(1), "transpose", Py.ints(SWAPPED));
      return dense(node, x, weight, transposed, node.has(2));
    }
    Operands operands = Operands.of(node, PRODUCTS);
    PyExpr a = transposedIf(transA, operands.tensor(0));
    PyExpr b = transposedIf(transB, operands.tensor(1));
    PyExpr product =
        node.shape(0).dim(transA ? 0 : 1).is(0)
            ? zeros(node, operands)
            : Py.call("ops.matmul", a, b);
    PyExpr scaled = alpha == 1 ? product : Py.times(product, scalar(node, alpha));
    if (!node.has(2)) {
      return Lowered.of(operands.back(scaled));
    }
    PyExpr c = operands.tensor(2);
    PyExpr addend = beta == 1 ? c : Py.times(c, scalar(node, beta));
    return Lowered.of(operands.back(Py.plus(scaled, addend)));
  }

  // What MindSpore has no kernel run for is as its memory held it.
  private static PyExpr zeros(NodeReading node, Operands operands) throws Refusal {
    List<PyExpr> sizes = node.outputShape(0).dims().stream().map(NodeReading::dim).toList();
    return Py.call("ops.zeros", Py.tuple(sizes), Dtypes.of(operands.computing()));
  }

  private static PyExpr scalar(NodeReading node, float value) throws Refusal {
    if (isFloat(node.element(0)) || value != Math.rint(value)) {
      return Py.num(value);
    }
    return Py.num((long) value);
  }

  private static PyExpr transposedIf(boolean wanted, PyExpr matrix) {
    return wanted ? Py.method(matrix, "transpose", Py.ints(SWAPPED)) : matrix;
  }

  private static boolean isFloat(ElementType element) {
    return element == ElementType.FLOAT32 || element == ElementType.FLOAT16;
  }

  private static boolean isRow(NodeReading node) throws Refusal {
    if (!node.isWeight(2) || node.rank(2) != 1) {
      return false;
    }
    return node.shape(2).dim(0).equals(node.outputShape(0).dim(1));
  }

  /** {@code nn.Dense}: weight laid out as (outputs, inputs). */
  private static Lowered dense(
      NodeReading node, PyExpr x, WeightExpression weight, PyExpr open, boolean bias)
      throws Refusal {
    if (!isFloat(weight.element())) {
      return product(node, open, bias);
    }
    Cell cell = Cell.of("nn.Dense", "dense").arg(weight.dims().get(1)).arg(weight.dims().get(0));
    cell = bias ? cell : cell.arg("has_bias", Py.bool(false));
    cell = cell.typed(weight.element()).parameter("weight", weight);
    if (!bias) {
      return Lowered.of(cell.call(x).or(Py.call("ops.dense", x, open)));
    }
    return Lowered.of(
        cell.parameter("bias", node.weight(2))
            .call(x)
            .or(Py.call("ops.dense", x, open, node.value(2))));
  }

  private static Lowered product(NodeReading node, PyExpr open, boolean bias) throws Refusal {
    Operands operands = Operands.of(node, PRODUCTS);
    PyExpr columns = Py.method(open, "transpose", Py.ints(SWAPPED));
    PyExpr weight = Kernel.cast(columns, node.element(1), operands.computing());
    PyExpr product = Py.call("ops.matmul", operands.tensor(0), weight);
    return Lowered.of(operands.back(bias ? Py.plus(product, operands.tensor(2)) : product));
  }

  private static List<TensorType> inferLinear(NodeFacts node) {
    Optional<Shape> input = node.shape(0);
    Dim outputs = node.shape(1).orElseThrow().dim(0);
    return List.of(new TensorType(node.element(0), input.map(s -> s.with(-1, outputs))));
  }

  private static Lowered linear(NodeReading node) throws Refusal {
    return dense(node, node.value(0), node.weight(1), node.value(1), node.has(2));
  }

  private static List<TensorType> inferMatMul(NodeFacts node) throws ConversionException {
    if (node.shape(0).isEmpty() || node.shape(1).isEmpty()) {
      return List.of(new TensorType(node.element(0), Optional.empty()));
    }
    return List.of(TensorType.of(node.element(0), product(node, 0, 1)));
  }

  /** The shape of a product of matrices, whose operands' ranks are known. */
  static Shape product(NodeFacts node, int left, int right) throws ConversionException {
    Shape a = node.shape(left).get();
    Shape b = node.shape(right).get();
    if (a.rank() == 0 || b.rank() == 0) {
      throw node.malformed("an operand is a scalar");
    }
    List<Dim> rows = a.rank() == 1 ? List.of() : List.of(a.dim(-2));
    List<Dim> columns = b.rank() == 1 ? List.of() : List.of(b.dim(-1));
    Optional<Shape> batch = Shape.broadcast(batch(a), batch(b));
    if (batch.isEmpty()) {
      throw node.malformed("operands of shapes %s and %s do not fit".formatted(a, b));
    }
    List<Dim> dims = new ArrayList<>(batch.get().dims());
    dims.addAll(rows);
    dims.addAll(columns);
    return new Shape(dims);
  }

  private static Shape batch(Shape shape) {
    return new Shape(shape.dims().subList(0, Math.max(0, shape.rank() - 2)));
  }

  private static Lowered matMul(NodeReading node) throws Refusal {
    Operands operands = Operands.of(node, PRODUCTS);
    PyExpr a = operands.tensor(0);
    PyExpr b = operands.tensor(1);
    boolean empty = node.type(0).shape().map(shape -> shape.dim(-1).is(0)).orElse(false);
    return Lowered.of(operands.back(empty ? zeros(node, operands) : Py.call("ops.matmul", a, b)));
  }
}
