// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.List;
import org.mindconverter.python.PyExpr;

/**
 * A tuple that grows by what each cell of a list makes of all that is in it so far.
 *
 * @param list of cells
 * @param first what is in it at the start
 */
record Growth(PyExpr list, List<PyExpr> first) implements PyExpr.Reference {
  Growth {
    first = List.copyOf(first);
  }
}
