// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.diag;

/** How much a finding matters. */
public enum Severity {
  /** Something was added that the source did not hold. */
  INSERTED,
  /** Something was converted. */
  CONVERTED,
  /** The result holds, but differs from what the reader may expect. */
  WARNING,
  /** Something was not converted; a placeholder stands in its place. */
  UNCONVERTED
}
