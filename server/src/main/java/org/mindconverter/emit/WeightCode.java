// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.mindconverter.ir.Tensor;
import org.mindconverter.ir.WeightExpression;
import org.mindconverter.op.Dtypes;
import org.mindconverter.op.References;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * A parameter read in the open, as code: the layout is changed in the script, so that the parameter
 * stays the source's own and trains as it did there.
 */
final class WeightCode {
  private WeightCode() {}

  /** Whether that is what a class keeps, as it is: it is read where it is used. */
  static boolean isAttribute(PyExpr e) {
    return e instanceof References.ConstRef
        || (e instanceof References.WeightRef w && w.weight() instanceof WeightExpression.Base);
  }

  static PyExpr of(WeightExpression weight, Function<Tensor, PyExpr> base) {
    if (weight instanceof WeightExpression.Base b) {
      return base.apply(b.tensor());
    }
    if (weight instanceof WeightExpression.Transposed t) {
      return Py.method(of(t.of(), base), "transpose", Py.ints(t.axes()));
    }
    if (weight instanceof WeightExpression.Reshaped r) {
      return Py.method(of(r.of(), base), "reshape", Py.ints(r.dims()));
    }
    if (weight instanceof WeightExpression.Sliced s) {
      List<PyExpr> subscripts = new ArrayList<>();
      for (int axis = 0; axis < s.axis(); axis++) {
        subscripts.add(Py.all());
      }
      subscripts.add(
          Py.range(Optional.of(Py.num(s.start())), Optional.of(Py.num(s.start() + s.length()))));
      return new PyExpr.Index(of(s.of(), base), subscripts);
    }
    if (weight instanceof WeightExpression.Concatenated c) {
      List<PyExpr> parts = c.parts().stream().map(p -> of(p, base)).toList();
      return Py.call("ops.cat", Py.tuple(parts), Py.num(c.axis()));
    }
    if (weight instanceof WeightExpression.Converted c) {
      return Py.call("ops.cast", of(c.of(), base), Dtypes.of(c.element()));
    }
    throw new AssertionError(weight);
  }
}
