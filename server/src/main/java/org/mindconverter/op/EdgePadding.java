// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.op;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.mindconverter.fold.NumericTensor;
import org.mindconverter.ir.Dim;
import org.mindconverter.ir.Shape;
import org.mindconverter.python.Py;
import org.mindconverter.python.PyExpr;

/** Padding with a tensor's own elements: mirrored, its edges repeated, or wrapped around. */
record EdgePadding(Mode mode, Shape shape) {
  enum Mode {
    REFLECT,
    EDGE,
    WRAP
  }

  static EdgePadding of(String mode, Shape shape) throws Refusal {
    return switch (mode) {
      case "reflect" -> new EdgePadding(Mode.REFLECT, shape);
      case "edge" -> new EdgePadding(Mode.EDGE, shape);
      case "wrap" -> new EdgePadding(Mode.WRAP, shape);
      default -> throw new Refusal("attribute 'mode' of '%s' is not known".formatted(mode));
    };
  }

  Lowered pad(PyExpr x, List<Padding.Width> widths) throws Refusal {
    PyExpr cropped = Padding.cropped(x, widths);
    Optional<String> function = functionMode(widths);
    if (function.isPresent()) {
      List<PyExpr> flat = new ArrayList<>();
      for (Padding.Width width : widths.subList(widths.size() == 4 ? 2 : widths.size() - 1, widths.size())) {
        flat.add(0, number(width.behind()));
        flat.add(0, number(width.before()));
      }
      return Lowered.of(
          Py.call("ops.pad", cropped, Py.tuple(flat)).with("mode", Py.text(function.get())));
    }
    Lowered.Steps steps = new Lowered.Steps();
    PyExpr result = cropped;
    for (int axis = 0; axis < widths.size(); axis++) {
      if (!widths.get(axis).addsNothing()) {
        result = axis(steps, result, axis, widths);
        result = steps.add("padded", result);
      }
    }
    return steps.result(result);
  }
}
