// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.emit.merge;

import java.util.Set;
import org.mindconverter.python.PyExpr;

/**
 * Tells whether optional parts are there.
 *
 * @param name of the argument that says it, or under which {@code construct} reads it
 * @param condition in {@code __init__}: that argument, or what other arguments tell
 * @param isArgument whether it is an argument of its own
 * @param absentIn instances without the parts
 * @param stored whether {@code construct} reads it
 */
record Switch(
    String name, PyExpr condition, boolean isArgument, Set<Integer> absentIn, boolean stored) {}
