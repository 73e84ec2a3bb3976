// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** The messages of an ONNX file: the only place that knows their field numbers. */
package org.mindconverter.frontend.onnx.file;
