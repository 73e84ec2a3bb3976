// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.diag;

/** Every kind of finding. A constant's name is the wire contract ({@code ReportEntry.code}). */
public enum FindingCode {
  /** An import was written into the script. */
  IMPORT_INSERTED,
  /** An operator was converted. */
  OPERATOR_CONVERTED,
  /** An operator became a placeholder. */
  OPERATOR_UNCONVERTED,
  /** A dimension or value of the exported example is fixed in the script. */
  VALUE_BAKED,
  /** A weight of the source does not stand in the checkpoint. */
  WEIGHT_DROPPED,
  /** The network has no parameters, so that no checkpoint is written. */
  NO_CHECKPOINT,
  /** Training behaviour of the source is not in the model. */
  TRAINING_LOST,
  /** Something about the result that its reader should know. */
  NOTE
}
