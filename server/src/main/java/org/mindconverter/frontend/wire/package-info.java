// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** The protobuf wire format of untrusted files of any size. */
package org.mindconverter.frontend.wire;
