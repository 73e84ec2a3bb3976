// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.client;

import com.google.protobuf.ByteString;
import com.google.rpc.ErrorInfo;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import org.mindconverter.v1.ConversionSummary;
import org.mindconverter.v1.ConvertResponse;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;
import org.mindconverter.v1.Phase;
import org.mindconverter.v1.Progress;
import org.mindconverter.v1.ReportEntry;
import org.mindconverter.v1.WeightMapping;
import org.mindconverter.v1.WeightTensor;

/** Frames of answers. */
final class Frames {
  private Frames() {}

  static ConvertResponse file(FileKind kind, String path, long size) {
    FileHeader header =
        FileHeader.newBuilder().setKind(kind).setPath(path).setSizeBytes(size).build();
    return ConvertResponse.newBuilder().setFile(header).build();
  }

  static ConvertResponse chunk(String text) {
    return ConvertResponse.newBuilder().setChunk(ByteString.copyFromUtf8(text)).build();
  }

  static ConvertResponse progress() {
    Progress progress = Progress.newBuilder().setPhase(Phase.PHASE_MAPPING).setDone(1).build();
    return ConvertResponse.newBuilder().setProgress(progress).build();
  }

  static ConvertResponse finding(String message) {
    return ConvertResponse.newBuilder()
        .setReportEntry(ReportEntry.newBuilder().setMessage(message))
        .build();
  }

  static ConvertResponse weight(String name) {
    WeightMapping mapping =
        WeightMapping.newBuilder().addConverted(WeightTensor.newBuilder().setName(name)).build();
    return ConvertResponse.newBuilder().setWeightMapping(mapping).build();
  }

  static ConvertResponse summary(long placeholders) {
    ConversionSummary summary =
        ConversionSummary.newBuilder()
            .setConvertedOperators(3)
            .setPlaceholderOperators(placeholders)
            .build();
    return ConvertResponse.newBuilder().setSummary(summary).build();
  }

  static StatusRuntimeException malformedModel() {
    ErrorInfo info =
        ErrorInfo.newBuilder()
            .setReason("MALFORMED_MODEL")
            .setDomain("mindconverter")
            .putMetadata("code", "1000001")
            .putMetadata("origin", "conv1")
            .putMetadata("remedy", "export it again")
            .build();
    return StatusProto.toStatusRuntimeException(
        com.google.rpc.Status.newBuilder()
            .setCode(com.google.rpc.Code.INVALID_ARGUMENT_VALUE)
            .setMessage("the tensor is cut short")
            .addDetails(com.google.protobuf.Any.pack(info))
            .build());
  }
}
