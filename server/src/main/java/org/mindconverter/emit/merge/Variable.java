// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import org.mindconverter.python.PyExpr;

/** A value of {@code construct} by its number: what it is called must not tell classes apart. */
record Variable(int id) implements PyExpr.Reference {}
