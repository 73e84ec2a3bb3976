// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import io.grpc.StatusException;
import io.grpc.stub.BlockingClientCall;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.mindconverter.v1.ConversionSummary;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.FileKind;
import org.mindconverter.v1.ReportEntry;
import org.mindconverter.v1.WeightMapping;

/** Takes a conversion's frames in, and tells whether they make a whole. */
final class Answer {
  private final OutputFolder output;
  private final List<ReportEntry> report = new ArrayList<>();
  private final List<WeightMapping> weightMap = new ArrayList<>();
  private Optional<ConversionSummary> summary = Optional.empty();

  Answer(OutputFolder output) {
    this.output = output;
  }

  /** Reads to the end of the call. */
  void receive(BlockingClientCall<ConvertRequest, ConvertResponse> call)
      throws IOException, InterruptedException, StatusException, ConversionFailedException {
    while (call.hasNext()) {
      take(call.read());
    }
  }

  /** Puts the files at their places, now that nothing can fail any more but the disk. */
  ConversionResult finish() throws IOException, ConversionFailedException {
    ConversionSummary outcome =
        summary.orElseThrow(() -> Failures.broken("", "the answer ended without its summary"));
    Path script =
        output
            .place(FileKind.FILE_KIND_SCRIPT)
            .orElseThrow(() -> Failures.broken("", "the answer holds no script"));
    Optional<Path> checkpoint = output.place(FileKind.FILE_KIND_CHECKPOINT);
    output.publish();
    return new ConversionResult(script, checkpoint, report, weightMap, outcome);
  }

  private void take(ConvertResponse frame) throws IOException, ConversionFailedException {
    switch (frame.getFrameCase()) {
      case FILE -> output.open(frame.getFile());
      case CHUNK -> output.write(frame.getChunk());
      case REPORT_ENTRY -> report.add(frame.getReportEntry());
      case WEIGHT_MAPPING -> weightMap.add(frame.getWeightMapping());
      case SUMMARY -> summary = Optional.of(frame.getSummary());
      case PROGRESS, FRAME_NOT_SET -> {
        // Progress has no reader here; a frame that is not known yet comes from a newer server.
      }
    }
  }
}
