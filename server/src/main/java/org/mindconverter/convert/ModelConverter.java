// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.io.IOException;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;

/** Turns a stored model into MindSpore files. The seam between the service and the work. */
@FunctionalInterface
public interface ModelConverter {
  /**
   * Converts one model; blocks until the sink has taken everything.
   *
   * @throws ConversionException the model or an option is at fault, or the caller has gone
   */
  ConversionSummary convert(ModelFiles files, ConversionOptions options, ConversionSink sink)
      throws ConversionException, IOException;
}
