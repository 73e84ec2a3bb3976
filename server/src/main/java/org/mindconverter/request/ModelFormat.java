// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.request;

/** Formats of models that can be read. */
public enum ModelFormat {
  /** ONNX ModelProto. */
  ONNX;

  /** The label value in metrics. */
  public String label() {
    return "onnx";
  }
}
