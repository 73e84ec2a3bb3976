// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Dimensions as ONNX files and callers write them. */
package org.mindconverter.frontend.onnx.dims;
