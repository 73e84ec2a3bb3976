// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Makes one class of those that differ only in what a constructor can be told.
 *
 * <p>Works on the script's syntax alone: classes are taken apart ({@code ClassBody}), laid over each
 * other ({@code Overlay}), and what differs becomes parameters ({@code ConstructorParameters}).
 */
package org.mindconverter.emit.merge;
