// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.mindconverter.convert.ConversionSink;
import org.mindconverter.convert.ConversionSink.Phase;
import org.mindconverter.convert.ConversionSummary;
import org.mindconverter.convert.ModelConverter;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.request.ConversionOptions;
import org.mindconverter.request.ModelFiles;

/** A converter that works, and asks its sink now and then, until it is opened. */
public final class Gate implements ModelConverter {
  private final AtomicInteger working = new AtomicInteger();
  private volatile boolean open;

  @Override
  public ConversionSummary convert(ModelFiles files, ConversionOptions options, ConversionSink sink)
      throws ConversionException, IOException {
    working.incrementAndGet();
    try {
      while (!open) {
        sink.progress(Phase.MAPPING, 0, 0);
        Eventually.pause(Duration.ofMillis(5));
      }
      return Fakes.SUMMARY;
    } finally {
      working.decrementAndGet();
    }
  }

  public void open() {
    open = true;
  }

  /** Conversions that have begun and not ended. */
  public int working() {
    return working.get();
  }

  public void awaitWorking(int count) {
    Eventually.holds(() -> working.get() == count);
  }
}
