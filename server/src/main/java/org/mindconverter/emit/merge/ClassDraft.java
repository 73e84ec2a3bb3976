// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.Objects;
import org.mindconverter.python.PyStmt;

/**
 * A class as one structure of a module needs it: its constructor takes nothing.
 *
 * @param wanted the name that its source's class has; drafts of one name may become one class
 * @param docs what it says of itself. May differ between drafts of one class
 * @param definition under a name of its own, by which other drafts construct it
 */
public record ClassDraft(String wanted, ClassDocs docs, PyStmt.ClassDef definition) {
  /** Absence is no value. */
  public ClassDraft {
    Objects.requireNonNull(wanted);
    Objects.requireNonNull(docs);
    Objects.requireNonNull(definition);
  }
}
