// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.List;
import org.mindconverter.python.PyExpr;

/**
 * All cells of a list called one after the other, each on what the one before makes.
 *
 * @param list of cells
 * @param first what the first one takes
 * @param others further arguments, the same for all
 */
record Loop(PyExpr list, PyExpr first, List<PyExpr> others) implements PyExpr.Reference {
  Loop {
    others = List.copyOf(others);
  }
}
