// SPDX-FileCopyrightText: The MindConverter authors
// SPDX-License-Identifier: Apache-2.0

package org.mindconverter.testing;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.mindconverter.v1.ConversionSpec;
import org.mindconverter.v1.ConvertRequest;
import org.mindconverter.v1.FileHeader;
import org.mindconverter.v1.FileKind;
import org.mindconverter.v1.ModelFormat;
import org.mindconverter.v1.SourceWeight;
import org.mindconverter.v1.SourceWeights;

/** Frames that a client sends. */
public final class Frames {
  private Frames() {}

  public static ConvertRequest spec() {
    return spec("net");
  }

  public static ConvertRequest spec(String name) {
    return ConvertRequest.newBuilder()
        .setSpec(
            ConversionSpec.newBuilder().setModelFormat(ModelFormat.MODEL_FORMAT_ONNX).setName(name))
        .build();
  }

  public static ConvertRequest weights(String... names) {
    SourceWeights.Builder weights = SourceWeights.newBuilder();
    for (String name : names) {
      weights.addWeights(SourceWeight.newBuilder().setName(name).setDataType("float32"));
    }
    return ConvertRequest.newBuilder().setSourceWeights(weights).build();
  }

  public static ConvertRequest model(String path) {
    return file(path, FileKind.FILE_KIND_MODEL);
  }

  public static ConvertRequest model(String path, long size) {
    return ConvertRequest.newBuilder()
        .setFile(model(path).getFile().toBuilder().setSizeBytes(size))
        .build();
  }

  public static ConvertRequest external(String path) {
    return file(path, FileKind.FILE_KIND_EXTERNAL_DATA);
  }

  public static ConvertRequest file(String path, FileKind kind) {
    return ConvertRequest.newBuilder()
        .setFile(FileHeader.newBuilder().setPath(path).setKind(kind))
        .build();
  }

  public static ConvertRequest chunk(byte... bytes) {
    return ConvertRequest.newBuilder().setChunk(ByteString.copyFrom(bytes)).build();
  }

  public static ConvertRequest empty() {
    return ConvertRequest.getDefaultInstance();
  }

  /** Bytes in chunks of that size, the last one shorter. */
  public static List<ConvertRequest> chunks(byte[] bytes, int size) {
    List<ConvertRequest> chunks = new ArrayList<>();
    for (int from = 0; from < bytes.length; from += size) {
      int length = Math.min(size, bytes.length - from);
      chunks.add(
          ConvertRequest.newBuilder().setChunk(ByteString.copyFrom(bytes, from, length)).build());
    }
    return chunks;
  }

  /** A whole upload of a small model. */
  public static ConvertRequest[] upload() {
    return new ConvertRequest[] {spec(), model("net.onnx"), chunk((byte) 1, (byte) 2, (byte) 3)};
  }
}
