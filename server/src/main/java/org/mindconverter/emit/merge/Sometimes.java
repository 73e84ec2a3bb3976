// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.Set;
import org.mindconverter.python.PyExpr;

/**
 * A member of a chain that not all instances have.
 *
 * @param absentIn the instances without it
 */
record Sometimes(PyExpr inner, Set<Integer> absentIn) implements PyExpr.Reference {
  Sometimes {
    absentIn = Set.copyOf(absentIn);
  }
}
