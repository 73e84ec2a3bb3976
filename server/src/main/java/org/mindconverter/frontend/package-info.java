// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Readers of model formats: bytes become a graph, tensors stay where they are. */
package org.mindconverter.frontend;
