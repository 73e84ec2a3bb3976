// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import java.util.List;
import org.mindconverter.convert.SupportedOperator;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.v1.Capabilities;
import org.mindconverter.v1.ModelFormat;

/** Puts what the server is into its answer to GetCapabilities. */
public final class ServerFacts {
  private ServerFacts() {}

  /** The answer. */
  public static Capabilities of(String version, Limits limits, List<SupportedOperator> operators) {
    Capabilities.Builder facts =
        Capabilities.newBuilder()
            .setServerVersion(version)
            .setMaxChunkBytes(Limits.MAX_CHUNK_BYTES)
            .setMaxUploadBytes(limits.maxUploadBytes())
            .addFormats(ModelFormat.MODEL_FORMAT_ONNX);
    for (SupportedOperator operator : operators) {
      facts.addOperators(
          org.mindconverter.v1.SupportedOperator.newBuilder()
              .setDomain(operator.domain())
              .setType(operator.type())
              .addAllSinceVersions(operator.sinceVersions()));
    }
    return facts.build();
  }
}
