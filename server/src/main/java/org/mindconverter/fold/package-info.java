// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/** Computes small constants at conversion time, exactly as ONNX defines each operator. */
package org.mindconverter.fold;
