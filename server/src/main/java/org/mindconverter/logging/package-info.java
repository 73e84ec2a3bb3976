// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Writes the log, one JSON object a line. */
package org.mindconverter.logging;
