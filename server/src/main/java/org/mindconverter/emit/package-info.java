// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** From lowered nodes to the network's classes, names, script and checkpoint. */
package org.mindconverter.emit;
