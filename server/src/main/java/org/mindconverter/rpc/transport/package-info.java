// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** The port, and what a client may do to it. */
package org.mindconverter.rpc.transport;
