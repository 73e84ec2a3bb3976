// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import org.mindconverter.python.PyExpr;

/** A place at which instances have different literals. */
record Hole(int id) implements PyExpr.Reference {}
