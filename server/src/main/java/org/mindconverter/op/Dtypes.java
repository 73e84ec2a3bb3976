// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Element types as scripts spell them. */
public final class Dtypes {
  private Dtypes() {}

  /** {@code ms.float32} and its like. */
  public static PyExpr of(ElementType element) {
    if (!element.isMindSpore()) {
      throw new IllegalArgumentException("MindSpore has no tensors of " + element.lowerName());
    }
    return Py.name("ms." + (element == ElementType.BOOL ? "bool_" : element.lowerName()));
  }
}
