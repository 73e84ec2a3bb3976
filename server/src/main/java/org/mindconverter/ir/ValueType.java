// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.ir;

/** What is known of a value before a run: a tensor, or what holds tensors. */
public sealed interface ValueType permits TensorType, ListType, OptionalType {}
