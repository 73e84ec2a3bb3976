// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import java.io.IOException;
import java.io.OutputStream;
import org.mindconverter.convert.ConversionSink;
import org.mindconverter.convert.WeightRow;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.Finding;

/** Has everything made, and keeps nothing. Does not know whether anybody has cancelled. */
public class Discarding implements ConversionSink {
  @Override
  public void file(OutputKind kind, String path, long size, FileContent content)
      throws IOException, ConversionException {
    content.writeTo(OutputStream.nullOutputStream());
  }

  @Override
  public void finding(Finding finding) {
    // nobody reads it
  }

  @Override
  public void weight(WeightRow row) {
    // likewise
  }

  @Override
  public void progress(Phase phase, long done, long total) {
    // likewise
  }
}
