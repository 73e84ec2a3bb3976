// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** A small blocking client of the MindConverter service. */
package org.mindconverter.client;
