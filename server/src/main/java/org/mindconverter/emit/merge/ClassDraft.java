// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.Objects;
import org.mindconverter.python.PyStmt;

/**
 * A class as one structure of a module needs it: its constructor takes nothing.
 *
 * @param wanted the name that its source's class has; drafts of one name may become one class
 * @param about what its docstring says; empty for none. May differ between drafts of one class
 * @param definition under a name of its own, by which other drafts construct it
 */
public record ClassDraft(String wanted, String about, PyStmt.ClassDef definition) {
  /** Absence is no value. */
  public ClassDraft {
    Objects.requireNonNull(wanted);
    Objects.requireNonNull(about);
    Objects.requireNonNull(definition);
  }
}
