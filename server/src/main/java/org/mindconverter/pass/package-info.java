// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Steps from the graph as read to the graph as written: each takes a graph and gives a graph. */
package org.mindconverter.pass;
