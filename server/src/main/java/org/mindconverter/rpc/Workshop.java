// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.rpc;

import java.util.Objects;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.metrics.ConversionMetrics;
import org.mindconverter.rpc.upload.Limits;
import org.mindconverter.rpc.upload.Spool;

/** What all calls share. */
public record Workshop(
    ModelConverter converter,
    Spool spool,
    WorkerPool pool,
    Limits limits,
    ConversionMetrics metrics) {
  public Workshop {
    Objects.requireNonNull(converter);
    Objects.requireNonNull(spool);
    Objects.requireNonNull(pool);
    Objects.requireNonNull(limits);
    Objects.requireNonNull(metrics);
  }
}
