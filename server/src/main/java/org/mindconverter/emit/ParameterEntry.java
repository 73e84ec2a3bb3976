// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit;

import java.util.Objects;
import org.mindconverter.ir.WeightExpression;

/**
 * A parameter of the network.
 *
 * @param name as MindSpore will call it, from the class or network that it is seen from
 * @param trained whether MindSpore trains it as it is constructed
 */
record ParameterEntry(String name, WeightExpression value, boolean trained) {
  ParameterEntry {
    Objects.requireNonNull(name);
    Objects.requireNonNull(value);
  }

  /** The same as seen from where its owner is the attribute of that path. */
  ParameterEntry below(String path) {
    return new ParameterEntry(path + "." + name, value, trained);
  }
}
