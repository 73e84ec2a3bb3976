// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** ONNX models as graphs of the IR. */
package org.mindconverter.frontend.onnx;
