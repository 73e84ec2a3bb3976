// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Carries conversions over gRPC: frames in, frames out. */
package org.mindconverter.rpc;
