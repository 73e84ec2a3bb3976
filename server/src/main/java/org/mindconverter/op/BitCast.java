// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import static org.mindconverter.ir.ElementType.BOOL;

import java.util.List;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.ElementType;
import org.mindconverter.ir.TensorType;

/**
 * ONNX's BitCast. Between whole numbers of one width MindSpore's casts keep the bits. Those of real
 * numbers it shows by {@code Tensor.view}, which does not compile: they are refused.
 */
final class BitCast {
  private BitCast() {}

  static void register(OperatorCatalog.Builder ops) {
    ops.onnx("BitCast").infer(BitCast::infer).since(26).lower(BitCast::lower);
  }

  private static List<TensorType> infer(NodeFacts node) throws ConversionException {
    long number = node.integer("to", 0);
    ElementType to =
        ElementType.ofOnnx(number)
            .orElseThrow(() -> node.malformed("there is no element type " + number));
    return List.of(node.type(0).withElement(to));
  }

  private static Lowered lower(NodeReading node) throws Refusal {
    node.without("to", "it is the output's type");
    ElementType from = node.element(0);
    ElementType to = node.outputType(0).element();
    // A truth value is one byte; not every byte is one.
    boolean whole = (from.isInteger() || from == BOOL) && to.isInteger();
    boolean kept = from == to || (whole && from.isMindSpore() && to.isMindSpore());
    if (!kept || from.bytes() != to.bytes()) {
      throw new Refusal("the bits of %s as %s".formatted(from.lowerName(), to.lowerName()));
    }
    return Lowered.of(Kernel.cast(node.value(0), from, to));
  }
}
