// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.FLOAT16;
import static org.mindconverter.ir.ElementType.FLOAT32;
import static org.mindconverter.ir.ElementType.FLOAT64;
import static org.mindconverter.ir.ElementType.INT16;
import static org.mindconverter.ir.ElementType.INT32;
import static org.mindconverter.ir.ElementType.INT64;
import static org.mindconverter.ir.ElementType.INT8;
import static org.mindconverter.ir.ElementType.UINT8;
import static org.mindconverter.ir.ElementType.UNDEFINED;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.mindconverter.ir.ElementType;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/**
 * The element types that a function of MindSpore's computes on CPU. Operands of another type are
 * computed in a wider one, and the result is cast back.
 */
final class Kernel {
  /** What functions of real numbers take. */
  static final Kernel REALS = of(FLOAT16, FLOAT32, FLOAT64);

  /** What most functions of any numbers take. */
  static final Kernel NUMBERS = REALS.and(INT8, INT16, INT32, INT64, UINT8);

  private final Set<ElementType> types;
  private final boolean wrapping;

  private Kernel(Set<ElementType> types, boolean wrapping) {
    this.types = types;
    this.wrapping = wrapping;
  }

  static Kernel of(ElementType first, ElementType... others) {
    return new Kernel(EnumSet.of(first, others), false);
  }

  /** With more types. */
  Kernel and(ElementType... more) {
    Set<ElementType> all = EnumSet.copyOf(types);
    all.addAll(List.of(more));
    return new Kernel(all, wrapping);
  }

  /** For functions whose results do not depend on what the highest bit means, as a sum's. */
  Kernel wrapping() {
    return new Kernel(types, true);
  }

  /** Whether it takes that type as it is. */
  boolean has(ElementType element) {
    return types.contains(element);
  }

  /** The type that elements of that type are computed in. */
  ElementType computing(ElementType element) throws Refusal {
    if (types.contains(element) || element == UNDEFINED) {
      return element;
    }
    ElementType wider = wider(element);
    if (!types.contains(wider)) {
      throw new Refusal("MindSpore does not compute it for " + element.lowerName());
    }
    return wider;
  }

  private ElementType wider(ElementType element) {
    return switch (element) {
      case FLOAT16, BFLOAT16 -> FLOAT32;
      case INT8, INT16, UINT8, UINT16 -> INT32;
      case INT32, UINT32 -> INT64;
      case UINT64 -> wrapping ? INT64 : UNDEFINED;
      default -> UNDEFINED;
    };
  }

  /** A function of the first input, with a result of the input's type. */
  PyExpr apply(NodeReading node, Function function) throws Refusal {
    ElementType element = node.type(0).element();
    ElementType computing = computing(element);
    PyExpr result = function.of(cast(node.value(0), element, computing));
    return cast(result, computing, element);
  }

  /** The expression, of one type, as elements of the other. */
  static PyExpr cast(PyExpr e, ElementType from, ElementType to) {
    return from == to ? e : Py.method(e, "astype", Dtypes.of(to));
  }

  /** An expression of an expression. */
  @FunctionalInterface
  interface Function {
    PyExpr of(PyExpr x) throws Refusal;
  }
}
