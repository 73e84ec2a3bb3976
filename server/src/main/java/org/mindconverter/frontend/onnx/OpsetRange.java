// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.frontend.onnx;

import java.util.OptionalInt;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;

/** The versions of the standard operators that are known. A newer one may mean something else. */
final class OpsetRange {
  private static final int OLDEST = 7;
  private static final int NEWEST = 28;

  private OpsetRange() {}

  /**
   * Refuses a version that is not known.
   *
   * @throws ConversionException UNSUPPORTED_VERSION
   */
  static void check(OptionalInt version, String origin) throws ConversionException {
    if (version.isEmpty() || version.getAsInt() < OLDEST || version.getAsInt() > NEWEST) {
      String used = version.isPresent() ? "opset " + version.getAsInt() : "no stated opset";
      throw new ConversionException(
          ErrorCode.UNSUPPORTED_VERSION,
          origin,
          "the model uses %s of the standard operators; this reader knows %d to %d"
              .formatted(used, OLDEST, NEWEST),
          "convert the model with onnx.version_converter, or export it at another opset");
    }
  }
}
