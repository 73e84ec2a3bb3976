// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Python source as trees: names, literals, expressions, statements, and the one printer. */
package org.mindconverter.python;
