// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Streams weights into MindSpore checkpoints; nobody else knows the checkpoint's format. */
package org.mindconverter.emit.checkpoint;
