// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend;

import java.io.IOException;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.ir.Graph;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;

/** Turns a stored model of one format into a graph. */
@FunctionalInterface
public interface ModelReader {
  /**
   * Reads the model's structure. Its tensors stay in the files, which must neither change nor go
   * away while the graph is in use.
   *
   * @throws ConversionException the model or an option is at fault, or the caller has gone
   */
  Graph read(ModelFiles files, ConversionOptions options) throws ConversionException, IOException;
}
