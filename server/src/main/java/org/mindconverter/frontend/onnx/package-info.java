// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** The ONNX format: the only place that knows its field numbers. */
package org.mindconverter.frontend.onnx;
