// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc.upload;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.ErrorCode;
import org.mindconverter.request.SourceWeight;
import org.mindconverter.v1.SourceWeights;

/** The source's weights as they arrive, few enough to be kept on the heap. */
final class SourceWeightList {
  private final List<SourceWeight> weights = new ArrayList<>();
  private long bytes;

  void add(SourceWeights frame) throws ConversionException {
    if (frame.getWeightsCount() > Limits.MAX_SOURCE_WEIGHTS_PER_FRAME) {
      throw tooMany("in one frame", Limits.MAX_SOURCE_WEIGHTS_PER_FRAME);
    }
    bytes += frame.getSerializedSize();
    if (bytes > Limits.MAX_SOURCE_WEIGHT_BYTES
        || weights.size() + frame.getWeightsCount() > Limits.MAX_SOURCE_WEIGHTS) {
      throw tooMany("in all", Limits.MAX_SOURCE_WEIGHTS);
    }
    for (org.mindconverter.v1.SourceWeight weight : frame.getWeightsList()) {
      weights.add(OptionsReader.weight(weight));
    }
  }

  List<SourceWeight> list() {
    return Collections.unmodifiableList(weights);
  }

  private static ConversionException tooMany(String where, int limit) {
    return new ConversionException(
        ErrorCode.LIMIT_EXCEEDED,
        "source_weights",
        "the source has too many weights %s".formatted(where),
        "send at most %d entries and %d bytes of them, or none"
            .formatted(limit, Limits.MAX_SOURCE_WEIGHT_BYTES));
  }
}
