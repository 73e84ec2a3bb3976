// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

/**
 * Computes small constants at conversion time, exactly as ONNX defines each operator.
 *
 * <p>A kernel is a pure function of tensors. It refuses, by {@link
 * org.mindconverter.fold.FoldException}, operands that do not fit, results that ONNX leaves open,
 * and results of more than {@link org.mindconverter.fold.NumericTensor#MOST_ELEMENTS}; nothing else
 * is thrown, whatever the operands. Real results are computed as doubles and rounded once.
 */
package org.mindconverter.fold;
