// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Starts the daemon: reads its settings and wires its parts. */
package org.mindconverter;
