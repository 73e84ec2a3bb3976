// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.convert;

import java.io.IOException;
import java.io.OutputStream;
import org.mindconverter.diag.ConversionException;
import org.mindconverter.diag.Finding;

/**
 * Where the results of a conversion go, in the order they are made. For one thread.
 *
 * <p>Every method may block until its receiver keeps up, and throws {@link ConversionException}
 * once the caller has cancelled or its deadline has passed.
 */
public interface ConversionSink {
  /**
   * Takes one whole file.
   *
   * @param path relative to the output folder
   * @param size bytes that {@code content} will write; negative when not known
   */
  void file(OutputKind kind, String path, long size, FileContent content)
      throws IOException, ConversionException;

  /** Takes a finding. */
  void finding(Finding finding) throws IOException, ConversionException;

  /** Takes what became of one weight. */
  void weight(WeightRow row) throws IOException, ConversionException;

  /**
   * Takes how far the work is.
   *
   * @param total steps in all; 0 when unknown
   */
  void progress(Phase phase, long done, long total) throws IOException, ConversionException;

  /** What an output file is. */
  enum OutputKind {
    /** The network, UTF-8 Python source. */
    SCRIPT,
    /** The MindSpore checkpoint. */
    CHECKPOINT
  }

  /** What is being done. */
  enum Phase {
    /** Reading the model. */
    READING,
    /** Simplifying the graph and mapping operators. */
    MAPPING,
    /** Writing the checkpoint. */
    WRITING
  }

  /** Writes a file's bytes. */
  @FunctionalInterface
  interface FileContent {
    /** Writes all of them; does not close. */
    void writeTo(OutputStream out) throws IOException, ConversionException;
  }
}
